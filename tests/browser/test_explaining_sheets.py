"""The sheets that explain a light fit on one A4; the school's chart draws beside its table."""

import re
from datetime import date, timedelta

from playwright.sync_api import Browser

from checkin.domain.cards import CardSet
from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.services.setting_up import ordinary_week
from checkin.services.signing_in import sign_in
from checkin.storage import released, schools
from checkin.storage.database import db
from tests.browser.conftest import Served
from tests.school import MONDAY, PASSWORD, at

PHONE = {"width": 390, "height": 844}
SHEETS = ("/how-it-works", "/how-it-works/pictures")


def test_each_sheet_prints_on_one_page_and_fits_a_phone(served: Served, chromium: Browser) -> None:
    for locale in ("nl-NL", "en-GB"):
        context = chromium.new_context(viewport=PHONE, locale=locale)
        page = context.new_page()
        for sheet in SHEETS:
            page.goto(served.url + sheet)
            assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], sheet
            paper = page.pdf(format="A4", prefer_css_page_size=True)
            assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1, (sheet, locale)
        context.close()


def test_the_school_is_drawn_from_lights_of_three_classrooms(
    served: Served, chromium: Browser
) -> None:
    _live(served, weeks=3)
    context = chromium.new_context(locale="en-GB")
    session = sign_in("inge@school.example", PASSWORD, served.clock())
    context.add_cookies([{"name": "checkin_session", "value": session, "url": served.url}])
    page, said = context.new_page(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{served.url}/school/trend")
    page.locator(".school-chart .main-svg").first.wait_for()
    assert page.locator(".school-shares tbody tr").count() == 3
    assert [text for text in said if "Content Security Policy" in text] == []
    context.close()


def _live(served: Served, weeks: int) -> None:
    """Give three classrooms a light in each round of some weeks that are published."""
    school = served.school
    third = schools.add_classroom(
        school.id, "Ster", 12, CardSet.SIX, ["nl"], date(2026, 8, 31), ordinary_week()
    )
    for classroom in (*school.classrooms, third):
        for n in range(7 * weeks):
            day = MONDAY - timedelta(days=8 + n)
            result = Released(12, 14, 2, Light.FEW, Why.SHOWN)
            if day.isoweekday() <= 5:
                for moment in Moment:
                    round = Round(classroom, day, moment)
                    released.add_round(school.id, round, result, at(15, day=day), None)
    db.session.commit()
