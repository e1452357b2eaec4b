"""A term report comes out of a printer, or as a PDF, with its charts and all of its columns."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page

from checkin.domain.access import Role
from checkin.domain.feelings import Feeling
from checkin.domain.release import Light, Released, WeekPicture, Why
from checkin.domain.rounds import Moment, Round, week_of
from checkin.services import signing_in
from checkin.storage import released
from checkin.storage.database import db
from tests.browser.conftest import Served
from tests.school import MONDAY, PASSWORD

A4 = (210, 297)
PAPER = {"width": 688, "height": 1016}
"""What is between the margins of a sheet of A4, in the pixels of a page."""


def test_a_term_prints_on_a_few_sheets_with_its_charts(served: Served, chromium: Browser) -> None:
    _live_a_term(served)
    roles = [Role.IB]
    signing_in.add_staff(served.school.id, "ib@school.example", "Ib", PASSWORD, roles)
    # Without a script there is no chart but what the server drew.
    context = chromium.new_context(viewport=PAPER, locale="en", java_script_enabled=False)
    session = signing_in.sign_in("ib@school.example", PASSWORD, served.clock())
    context.add_cookies([{"name": "checkin_session", "value": session, "url": served.url}])
    page = context.new_page()
    page.emulate_media(media="print")
    for period, most in (("13", 3), ("year", 3)):
        page.goto(f"{served.url}/classrooms/{served.school.classrooms[0]}/report?period={period}")
        assert page.get_by_role("img", name="Lights by week").locator("rect").count() == 120
        assert not _cut_off(page)
        _is_on_paper(page, most)
        assert _broken_words(page) == []
    page.goto(f"{served.url}/classrooms/{served.school.classrooms[0]}/trend?weeks=13")
    assert page.locator(".shares thead th").count() == 1 + 9
    assert not _cut_off(page)
    assert page.locator("h2").first.evaluate("e => getComputedStyle(e).breakAfter") == "avoid"
    _is_on_paper(page, most=3)
    page.goto(f"{served.url}/school/report?period=13")
    assert not _cut_off(page)
    _is_on_paper(page, most=1)
    context.close()
    context = chromium.new_context(viewport=PAPER, locale="nl-NL", java_script_enabled=False)
    context.add_cookies([{"name": "checkin_session", "value": session, "url": served.url}])
    page = context.new_page()
    page.emulate_media(media="print")
    for path in ("report", "trend?weeks=13"):
        page.goto(f"{served.url}/classrooms/{served.school.classrooms[0]}/{path}")
        assert page.locator(".shares thead").get_by_text("enthousiast").count() == 1
        assert _broken_words(page) == []
    context.close()


def _cut_off(page: Page) -> list[str]:
    """Name what is wider than the paper."""
    found = []
    for box in page.locator(".table-box, .report-chart, .lights, main").all():
        if not box.is_visible():
            continue
        place = box.bounding_box()
        inner = box.locator("th, td").last
        edge = inner.bounding_box() if inner.count() else place
        assert place is not None
        assert edge is not None
        for one in (place, edge):
            if one["x"] < -1 or one["x"] + one["width"] > PAPER["width"] + 1:
                found.append(f"{box.get_attribute('class')}: {one}")
    return found


def _broken_words(page: Page) -> list[str]:
    """Name the cards above a table of shares whose word is broken, or sticks out of its column."""
    return page.locator(".shares thead th:not(:first-child)").evaluate_all(
        """(cells) => cells.flatMap((cell) => {
          const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
          while (texts.nextNode()) {
            for (const [word] of texts.currentNode.data.matchAll(/[^ \\n]+/g)) {
              const range = document.createRange();
              const at = texts.currentNode.data.indexOf(word);
              range.setStart(texts.currentNode, at);
              range.setEnd(texts.currentNode, at + word.length);
              const lines = range.getClientRects(), edge = cell.getBoundingClientRect().right;
              if (lines.length > 1 || lines[0]?.right > edge) found.push(word);
            }
          }
          return found;
        })"""
    )


def _is_on_paper(page: Page, most: int) -> None:
    paper = page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= most
    boxes = re.findall(rb"MediaBox \[0 0 ([\d.]+) ([\d.]+)", paper)
    assert {tuple(round(float(side) / 72 * 25.4) for side in box) for box in boxes} == {A4}


def _live_a_term(served: Served) -> None:
    """Twelve weeks of ten rounds with a picture each, the widest card set there is."""
    room = served.school.classrooms[0]
    served.change_classroom(card_set=8, started_on=MONDAY - timedelta(weeks=14))
    shares = {feeling.value: "<10%" for feeling in Feeling} | {"happy": "60%"}
    for week in range(1, 13):
        monday = MONDAY - timedelta(weeks=week)
        for n in range(10):
            day, moment = monday + timedelta(days=n // 2), tuple(Moment)[n % 2]
            noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
            result = Released(12, 14, 1, Light.FEW, Why.SHOWN)
            released.add_round(served.school.id, Round(room, day, moment), result, noon, None)
        released.add_week(served.school.id, room, week_of(monday), WeekPicture(shares, None))
    db.session.commit()
