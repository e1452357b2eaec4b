"""The structure prints on one A4, also with many roles and long names; its forms fit a phone."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, BrowserContext

from checkin.domain.structure import DEFAULT_STRUCTURE, AcuteCard, Structure, StructureRole
from checkin.services import signing_in, structuring
from checkin.storage import structures
from checkin.storage.database import db
from tests.browser.conftest import Served
from tests.browser.test_axe import complaints
from tests.school import MONDAY, PASSWORD, at

PHONE = {"width": 390, "height": 844}
PAPER = {"width": 703, "height": 1031}
"""What is between the margins of its sheet, in the pixels of a page."""
DRAFTED = ("roles", "levels", "steps", "meetings", "routes", "referrals", "acute", "vision")
PAGES = ("", "/versions", "/versions/1", "/absences", "/draft", *(f"/draft/{s}" for s in DRAFTED))
LONG_NAME = "Anna-Magdalena van den Oudenhoven-Kuijpers de Wit"


@pytest.fixture
def inge(served: Served, chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=PHONE, locale="en-GB")
    session = signing_in.sign_in("inge@school.example", PASSWORD, served.clock())
    context.add_cookies([{"name": "checkin_session", "value": session, "url": served.url}])
    yield context
    context.close()


def long_structure(names: int = 2) -> Structure:
    """Return twelve roles with long names."""
    roles = (
        *DEFAULT_STRUCTURE.roles,
        StructureRole("orthopedagoog", "Orthopedagoog of gedragswetenschapper"),
        StructureRole("ouderconsulent", "Ouderconsulent en contact met sleutelpersonen"),
    )
    long = ", ".join([LONG_NAME] * names)
    named = tuple(replace(role, named=long, named_deputy=LONG_NAME) for role in roles)
    return replace(DEFAULT_STRUCTURE, roles=named)


def fullest_structure() -> Structure:
    """Return more names still, with about as much text as fits into the fields."""
    structure = long_structure(names=3)
    levels = (replace(one, content=one.content * 3) for one in structure.levels)
    return replace(
        structure,
        vision=structure.vision * 3,
        levels=tuple(levels),
        acute=AcuteCard(structure.acute.lines * 2),
    )


def bare_structure() -> Structure:
    """Return one role, one level and one step: what is least."""
    role, level, step = (
        DEFAULT_STRUCTURE.roles[2],
        DEFAULT_STRUCTURE.levels[1],
        DEFAULT_STRUCTURE.steps[1],
    )
    return Structure("", (role,), (replace(level, role="ib"),), (replace(step, escalates_to=""),))


@pytest.mark.parametrize(
    ("structure", "points"),
    [
        (DEFAULT_STRUCTURE, 8.5),
        (long_structure(), 7),
        (fullest_structure(), 5),
        (bare_structure(), 11),
    ],
    ids=["default", "long", "fullest", "bare"],
)
def test_it_prints_on_one_page_as_large_as_fits(
    served: Served, inge: BrowserContext, structure: Structure, points: float
) -> None:
    structures.add_version(served.school.id, structure, MONDAY, None)
    db.session.commit()
    page = inge.new_page()
    page.goto(f"{served.url}/structure?print=1")
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.emulate_media(media="print")
    size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.sheet')).fontSize)")
    assert size * 3 / 4 > points - 0.1
    shown = page.locator(".sheet-roles").inner_text()
    assert all(holder in shown for role in structure.roles for holder in role.named.split(", "))
    page.set_viewport_size(PAPER)
    for part in page.locator(".sheet table, .sheet-acute").all():
        box = part.bounding_box()  # half of a border of a table lies outside its box
        assert box["x"] > 1
        assert box["x"] + box["width"] < PAPER["width"] - 1
    page.close()


def test_its_pages_fit_a_phone_and_axe_finds_nothing(served: Served, inge: BrowserContext) -> None:
    person = next(p for p in signing_in.list_staff(served.school.id) if p.name == "Inge")
    structuring.begin_draft(person, at(9))
    page, found = inge.new_page(), []
    for path in PAGES:
        page.goto(f"{served.url}/structure{path}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], path
        found += complaints(page, path)
    assert found == []
    page.close()


def test_a_mistake_in_a_folded_part_is_unfolded_and_marked(
    served: Served, inge: BrowserContext
) -> None:
    person = next(p for p in signing_in.list_staff(served.school.id) if p.name == "Inge")
    structuring.begin_draft(person, at(9))
    page = inge.new_page()
    page.goto(f"{served.url}/structure/draft/steps")
    summary = page.locator("details.part summary").nth(1)
    summary.focus()
    page.keyboard.press("Enter")
    days = page.get_by_label("Within how many school days").nth(1)
    days.fill("soon")
    page.keyboard.press("Enter")  # saves, as in every form
    page.locator(".notice.is-wrong").wait_for()
    assert days.input_value() == "soon"
    assert days.get_attribute("aria-invalid") == "true"
    assert days.is_visible()
    assert not page.get_by_label("Within how many school days").nth(0).is_visible()
    found = complaints(page, "a mistake")
    assert found == []
    page.close()
