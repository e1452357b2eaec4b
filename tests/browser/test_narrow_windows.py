"""At 320 pixels, which is a laptop at 400 %, no page of the staff is wider than its window."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from checkin.domain.access import Role
from checkin.domain.decisions import DecisionKind
from checkin.services import deciding, signing_in
from checkin.storage import factors
from checkin.storage.database import db
from tests.adversary.places import ALL, build_place
from tests.browser.conftest import serving
from tests.browser.test_axe import STAFF
from tests.school import MONDAY, PASSWORD, SmallSchool

LONG = "Johanna van den Bergh-Mohammadzadeh"
NARROW = {"width": 320, "height": 640}
PAGES = (
    *STAFF,
    "/account",
    "/calendar",
    "/calendar/import",
    "/calendar/region",
    "/classrooms/1",
    "/classrooms/new",
    "/classrooms/1/report",
    "/export",
    "/first-day",
    "/help",
    "/help/ict",
    "/help/teacher",
    "/import",
    "/mail",
    "/running",
    "/school/report",
    "/school/trend",
    "/staff",
    "/staff/factors",
    "/staff/factors/rule",
    "/structure/versions",
    "/talk",
    "/talk/settings",
    "/who-sees-what",
)
TOO_WIDE = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .filter((one) => !one.closest(".table-box, .strip-box"))
  .map((one) => `${one.localName}.${one.className} ${one.textContent.trim().slice(0, 20)}`)
  .slice(0, 3)"""
IS_READ = """() => document.querySelectorAll("details").forEach((one) => { one.open = true; })"""


@pytest.fixture
def alma(tmp_path: Path, chromium: Browser) -> Iterator[Page]:
    """Let somebody who may see everything look through a narrow window."""
    place = build_place(tmp_path / "place")
    with place.opened() as school, serving(school.app) as url:
        _decide_something(school)
        context = chromium.new_context(locale="nl-NL", base_url=url, viewport=NARROW)
        cookies = place.cookies[ALL].items()
        context.add_cookies([{"name": name, "value": its, "url": url} for name, its in cookies])
        yield context.new_page()
        context.close()


def _decide_something(school: SmallSchool) -> None:
    """Let a colleague with a long name have something to do: a table with words in each column."""
    roles = [Role.IB, Role.HEAD, Role.ADMIN]
    who = signing_in.add_staff(school.id, "long@school.example", LONG, PASSWORD, roles)
    alma = next(one for one in signing_in.list_staff(school.id) if one.name == ALL)
    due_on, note = MONDAY + timedelta(days=7), "Samen met de vertrouwenspersoon kijken"
    new = deciding.NewDecision(DecisionKind.TEACHER, who, due_on, note)
    deciding.decide(new, alma, school.clock(), about=school.classrooms[0])
    factors.add_authenticator(school.id, who, "Telefoon", b"x", 1, MONDAY)
    db.session.commit()


def test_no_page_of_the_staff_is_wider_than_its_window(alma: Page) -> None:
    found = {}
    for path in PAGES:
        answer = alma.goto(path)
        assert answer.status == 200, path
        alma.evaluate(IS_READ)
        if alma.evaluate("document.documentElement.scrollWidth") > NARROW["width"]:
            found[path] = alma.evaluate(TOO_WIDE)
    assert found == {}


def test_a_label_stands_above_its_words_and_leaves_them_room(alma: Page) -> None:
    alma.goto("/flags/1")
    for label, words in zip(
        alma.locator(".facts dt").all(), alma.locator(".facts dd").all(), strict=True
    ):
        if label.is_visible():
            above, below = label.bounding_box(), words.bounding_box()
            assert below["y"] >= above["y"] + above["height"]
            assert below["width"] > NARROW["width"] / 2
