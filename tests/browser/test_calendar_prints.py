"""The calendar of a school year comes out of a printer on one A4, and nothing beside it."""

import re
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from checkin.domain.calendar import DayOff
from checkin.domain.calendar_days import make_day
from checkin.services import calendars, signing_in
from tests.adversary.places import ALL, build_place
from tests.browser.conftest import serving
from tests.school import at

A4_ON_ITS_SIDE = (297, 210)


def test_a_year_is_one_sheet_without_lists_and_forms(tmp_path: Path, chromium: Browser) -> None:
    place = build_place(tmp_path / "place")
    with place.opened() as school, serving(school.app) as url:
        adam = next(one for one in signing_in.list_staff(school.id) if one.name == ALL)
        tenths = [date(2026, 12, 10), *(date(2027, month, 10) for month in range(1, 7))]
        days = [make_day(DayOff.STUDY_DAY, day, day, "Studiedag van het team") for day in tenths]
        calendars.add_days(adam, days, at(7))
        context = chromium.new_context(locale="nl-NL", base_url=url)
        cookies = place.cookies[ALL].items()
        context.add_cookies([{"name": name, "value": its, "url": url} for name, its in cookies])
        page = context.new_page()
        page.goto("/calendar?year=2026")
        paper = page.pdf(prefer_css_page_size=True)
        page.emulate_media(media="print")
        shown = [one.get_attribute("id") for one in page.locator("h2:visible").all()]
        context.close()
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    boxes = re.findall(rb"MediaBox \[0 0 ([\d.]+) ([\d.]+)", paper)
    assert {tuple(round(float(side) / 72 * 25.4) for side in box) for box in boxes} == {
        A4_ON_ITS_SIDE
    }
    assert shown == ["glance"]
