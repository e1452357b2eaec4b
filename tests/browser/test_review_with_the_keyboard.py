"""The weekly review is done with the keyboard alone, fits thirty classes, and ends on one sheet."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from checkin.domain.cards import CardSet
from checkin.domain.decisions import LONGEST_LINE, DecisionKind
from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.services import class_loop, deciding, meeting
from checkin.services.deciding import NewDecision
from checkin.services.setting_up import ordinary_week
from checkin.services.signing_in import list_staff, sign_in
from checkin.storage import flags, released, schools
from checkin.storage.database import db
from tests.browser.conftest import TABLET, Served
from tests.school import MONDAY, PASSWORD, at

A_SCREEN = TABLET["height"]


def raise_flag(served: Served, classroom: int, pattern: str = "sustained-rise") -> int:
    numbers = {"share_now": 0.6, "share_usual": 0.2, "days": 4, "usual_days": 30}
    since = {"since": "2026-11-17"}
    id = flags.add_flag(
        served.school.id, classroom, pattern, MONDAY, 4.2, {**numbers, **since}, at(8)
    )
    db.session.commit()
    return id


@pytest.fixture
def inge(served: Served, chromium: Browser) -> Iterator[Page]:
    """The browser of the care team, signed in; what a page complains of fails."""
    context = chromium.new_context(viewport=TABLET, locale="en-GB", base_url=served.url)
    session = sign_in("inge@school.example", PASSWORD, served.clock())
    context.add_cookies([{"name": "checkin_session", "value": session, "url": served.url}])
    said: list[str] = []
    context.on("console", lambda message: said.append(message.text))
    context.on("weberror", lambda error: said.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert said == []


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.name || ''")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_it_goes_from_begin_to_list_without_a_mouse(served: Served, inge: Page) -> None:
    room, other = served.school.classrooms
    first, second, third = (
        raise_flag(served, room),
        raise_flag(served, other),
        raise_flag(served, other, "slow-drift"),
    )
    inge.goto("/review")
    expect(inge.locator("[data-keys]")).to_be_visible()
    press(inge, "j")
    assert focused(inge) == f"flag-{first}"
    press(inge, "ArrowDown", "j", "j")
    assert focused(inge) == f"flag-{third}"
    press(inge, "ArrowUp", "k", "k")
    assert focused(inge) == f"flag-{first}"

    press(inge, "d")
    assert focused(inge) == "kind"
    press(inge, "t")
    expect(inge.locator(f"#flag-{first} input[value=teacher]")).to_be_checked()
    press(inge, "Tab")
    assert focused(inge) == f"who-flag-{first}"
    inge.keyboard.type("Omar")
    inge.locator(f"#note-flag-{first}").focus()
    inge.keyboard.type("jkd: letters are letters here")
    press(inge, "Enter")
    inge.wait_for_url(f"**/review#flag-{second}")
    assert focused(inge) == f"flag-{second}"
    told = inge.locator(f"#flag-{first} .decided-line")
    expect(told).to_contain_text("Talk with the teacher: jkd: letters are letters here (Omar)")

    press(inge, "d", "Escape")
    assert focused(inge) == f"flag-{second}"
    expect(inge.locator(f"#flag-{second} details")).not_to_have_attribute("open", "")
    press(inge, "a")
    inge.wait_for_url(f"**/review#flag-{third}")
    assert focused(inge) == f"flag-{third}"
    asked: list[str] = []
    inge.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    press(inge, "e")
    assert asked == ["End this review now?"]
    expect(inge).to_have_url(re.compile("/review"))
    inge.once("dialog", lambda dialog: dialog.accept())
    press(inge, "e")
    inge.wait_for_url("**/review/2026-W48/decisions")
    expect(inge.locator("tbody tr")).to_have_count(1)

    served.clock.now += timedelta(days=7)
    session = sign_in("inge@school.example", PASSWORD, served.clock())
    inge.context.add_cookies([{"name": "checkin_session", "value": session, "url": served.url}])
    inge.goto("/review")
    press(inge, "k")
    assert focused(inge) == "decision-1"
    press(inge, "c")
    inge.wait_for_url("**/review#decided")
    expect(inge.locator("#decision-1")).to_contain_text("Carried on")


def a_school_of(served: Served, classes: int) -> list[int]:
    """Return the classes of a school, with four weeks of lights and a line of their teacher."""
    school = served.school
    rooms = list(school.classrooms)
    for n in range(classes - len(rooms)):
        room = schools.add_classroom(
            school.id,
            f"ISK onderbouw {n + 1}b",
            12,
            CardSet.SIX,
            ["nl"],
            date(2026, 8, 31),
            ordinary_week(),
        )
        rooms.append(room)
    by = list_staff(school.id)[0]
    for room in rooms:
        for n in range(1, 28):
            day = MONDAY - timedelta(days=n)
            if day.isoweekday() <= 5:
                for moment in Moment:
                    result = Released(12, 14, 5, Light.SOME, Why.SHOWN)
                    round = Round(room, day, moment)
                    released.add_round(school.id, round, result, at(15, 0, day), None)
        line = "Elke dag na de pauze samen bewogen en daarna samen rustig begonnen."
        class_loop.write(schools.get_classroom(room), line, by, served.clock())
    db.session.commit()
    return rooms


def decide_about(served: Served, rooms: list[int]) -> None:
    """Decide something long about every class, as a talkative team would."""
    inge = next(p for p in list_staff(served.school.id) if p.in_care_team)
    words = "Samen met de conciërge kijken bij het hek en daarna met de leerkracht bespreken wat"
    for n, room in enumerate(rooms):
        flag = flags.find_flag(raise_flag(served, room))
        note = f"{n} {words} helpt bij het begin"[:LONGEST_LINE]
        new = NewDecision(DecisionKind.PARENTS, inge.id, MONDAY + timedelta(days=7), note)
        deciding.decide(new, inge, served.clock(), flag)
    meeting.end(inge, served.clock())


@pytest.mark.parametrize("classes", [10, 30])
def test_it_shows_every_class_and_prints_on_one_sheet(
    served: Served, inge: Page, classes: int
) -> None:
    rooms = a_school_of(served, classes)
    inge.goto("/review")
    strips = inge.locator(".strips")
    assert inge.locator(".strip").count() == classes
    assert strips.bounding_box()["height"] <= A_SCREEN
    assert inge.evaluate("document.documentElement.scrollWidth") == TABLET["width"]
    decide_about(served, rooms)
    for language in ("nl", "en"):
        inge.context.add_cookies([{"name": "lang", "value": language, "url": served.url}])
        inge.goto("/review/2026-W48/decisions?print=1")
        assert inge.locator("html").get_attribute("lang") == language
        assert inge.locator("tbody tr").count() == classes
        paper = inge.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1, language
