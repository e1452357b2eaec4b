"""It reports a term on paper: what was released, how care went, and what it cannot mean."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from checkin.domain.calendar import DayOff, Span
from checkin.domain.cards import CardSet
from checkin.domain.flags import FlagState, Step
from checkin.domain.release import Light
from checkin.domain.rounds import Moment
from checkin.services.report_periods import period_of
from checkin.storage import flags, schools, timetables
from checkin.storage.database import db
from tests.web.conftest import MONDAY_MORNING, OPENINGS, Cast, SignIn
from tests.web.living import ENGLISH, MONDAY, add_flag, add_light, add_week, noon, words
from tests.web.page_checks import PageClient, page_of

LAST_WEEK = MONDAY - timedelta(weeks=1)


def page(classroom: int, period: str = "10") -> str:
    return f"/classrooms/{classroom}/report?period={period}"


@pytest.fixture
def lived(app: Flask, cast: Cast) -> None:
    """A week of zon: few and many by turns, one withheld, and a week picture."""
    for n, light in enumerate((Light.FEW, Light.MANY, Light.FEW, Light.WITHHELD)):
        add_light(app, cast.zon, LAST_WEEK + timedelta(days=n), light)
    add_week(app, cast.zon, "2026-W47", {"happy": "60%", "sad": "<10%"})


@pytest.fixture
def tess(sign_in: SignIn) -> PageClient:
    return sign_in("tess")


def test_counts_the_lights_of_a_week(lived: None, cast: Cast, tess: PageClient) -> None:
    rows = words(tess, page(cast.zon), "//section[@aria-labelledby='lights']//tbody/tr")
    assert rows == "week 47 2 – 1 1 week 48 – – – –"


def test_draws_what_it_counts(lived: None, cast: Cast, tess: PageClient) -> None:
    drawn = page_of(tess.get(page(cast.zon), headers=ENGLISH))
    bars = drawn.xpath("//*[contains(@class, 'is-lights')]//*[local-name()='rect']/@class")
    assert sorted(bars) == ["bar-few", "bar-few", "bar-many", "bar-withheld"]
    happy = drawn.xpath("//*[contains(@class, 'is-share') and @aria-label='happy']")[0]
    heights = [float(h) for h in happy.xpath(".//*[local-name()='rect']/@height")]
    assert heights == [36.0, 36.0]  # 60 % of 60
    sad = drawn.xpath("//*[contains(@class, 'is-share') and @aria-label='sad']")[0]
    assert [float(h) for h in sad.xpath(".//*[local-name()='rect']/@height")] == [6.0, 0.0]


def test_needs_no_script_to_be_drawn(lived: None, cast: Cast, tess: PageClient) -> None:
    drawn = page_of(tess.get(page(cast.zon), headers=ENGLISH))
    assert not drawn.xpath("//*[@data-week-chart]")


def test_says_how_many_took_part(lived: None, cast: Cast, tess: PageClient) -> None:
    told = words(tess, page(cast.zon), "//section[@aria-labelledby='taking-part']")
    # Three of twelve and one of three, of fourteen pupils each.
    assert "4 of 90 rounds were held. In those, 70 of 100 children tapped." in told
    assert "1 light is withheld. Fewer than 7 cards: with so few" in told


def test_counts_no_round_of_a_holiday_as_missing(
    app: Flask, lived: None, cast: Cast, tess: PageClient
) -> None:
    with app.app_context():
        days = Span(date(2026, 10, 17), date(2026, 10, 25), DayOff.HOLIDAY, "Herfst")
        timetables.add_days_off(cast.school, [days])
        db.session.commit()
    told = words(tess, page(cast.zon))
    assert "4 of 80 rounds were held" in told


def test_says_so_when_there_is_nothing(cast: Cast, tess: PageClient) -> None:
    told = words(tess, page(cast.zon))
    assert "No round was held in this period, so there is nothing to report." in told
    assert "What these figures cannot mean" in told


def test_says_when_a_class_began_within_the_period(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    with app.app_context():
        ster = schools.add_classroom(
            cast.school, "Ster", 14, CardSet.EIGHT, ["nl"], LAST_WEEK, OPENINGS
        )
        db.session.commit()
    add_light(app, ster, LAST_WEEK, Light.FEW, Moment.CHECK_OUT)
    told = words(sign_in("inge"), page(ster, "year"))
    assert "This class began on 16 November 2026" in told
    assert "1 of 10 rounds were held" in told


@pytest.mark.parametrize(
    ("period", "first"),
    [("10", date(2026, 9, 21)), ("13", date(2026, 8, 31)), ("year", date(2026, 8, 1))],
)
def test_reports_ten_weeks_thirteen_or_the_year(
    app: Flask, cast: Cast, period: str, first: date
) -> None:
    with app.app_context():
        assert period_of(cast.school, period, MONDAY_MORNING) == (first, MONDAY)


def test_says_how_care_went_in_the_class(app: Flask, cast: Cast, tess: PageClient) -> None:
    add_flag(app, cast, raised_on=LAST_WEEK)
    told = words(tess, page(cast.zon), "//section[@aria-labelledby='process']")
    assert "flags brought before the care team or a teacher 1" in told


def test_reports_the_school_without_a_class(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    add_flag(app, cast, raised_on=LAST_WEEK)
    for n in range(3):
        add_light(app, cast.zon, LAST_WEEK + timedelta(days=n), Light.MANY)
    told = words(sign_in("hanna"), "/school/report")
    assert "flags brought before the care team or a teacher 1" in told
    assert not [name for name in ("Zon", "Maan") if name in told]
    assert "What these figures cannot mean" in told


@pytest.mark.parametrize(
    ("name", "address", "status"),
    [
        ("hanna", "/classrooms/{}/report", 403),
        ("adam", "/classrooms/{}/report", 403),
        ("omar", "/classrooms/{}/report", 403),
        ("otto", "/classrooms/{}/report", 404),
        ("inge", "/classrooms/{}/report", 200),
        ("tess", "/school/report", 403),
        ("adam", "/school/report", 403),
        ("inge", "/school/report", 200),
    ],
)
def test_shows_it_to_whom_the_trend_is_shown(
    cast: Cast, sign_in: SignIn, name: str, address: str, status: int
) -> None:
    assert sign_in(name).get(address.format(cast.zon)).status_code == status


def weeks_in(page: Any, section: str, xpath: str = "//tbody/tr/th[1]") -> list[str]:
    place = f"//section[@aria-labelledby='{section}']"
    return [" ".join(one.text_content().split()) for one in page.xpath(place + xpath)]


@pytest.fixture
def holiday(app: Flask, cast: Cast) -> None:
    """An autumn holiday in week 43, lights and week pictures in the weeks around it."""
    with app.app_context():
        days = Span(date(2026, 10, 17), date(2026, 10, 25), DayOff.HOLIDAY, "Herfstvakantie")
        timetables.add_days_off(cast.school, [days])
        db.session.commit()
    for week in (42, 44):
        add_week(app, cast.zon, f"2026-W{week}", {"happy": "60%"})
        add_light(app, cast.zon, date.fromisocalendar(2026, week, 1), Light.FEW)


def test_a_holiday_keeps_its_place_and_is_named(
    holiday: None, cast: Cast, tess: PageClient
) -> None:
    drawn = page_of(tess.get(page(cast.zon), headers=ENGLISH))
    order = [f"week {n}" for n in range(42, 49)]
    assert weeks_in(drawn, "lights") == order
    assert weeks_in(drawn, "weeks") == order[:3]
    assert "Herfstvakantie" in weeks_in(drawn, "lights", "//tbody/tr/td[1]")
    axis = "//*[contains(@class, 'is-lights')]//*[local-name()='text']"
    assert weeks_in(drawn, "lights", axis) == [str(n) for n in range(42, 49)]
    assert len(weeks_in(drawn, "lights", "//*[@class='bar-off']")) == 1
    assert "No school (grey): week 43 Herfstvakantie." in words(tess, page(cast.zon))


def test_the_school_has_the_same_order_and_names_what_is_to_come(
    app: Flask, cast: Cast, holiday: None, sign_in: SignIn
) -> None:
    hanna = sign_in("hanna")
    for address in ("/school/report?period=13", "/school/trend?weeks=13"):
        drawn = page_of(hanna.get(address, headers=ENGLISH))
        assert weeks_in(drawn, "weeks") == [f"week {n}" for n in range(42, 47)]
        assert "Herfstvakantie" in weeks_in(drawn, "weeks", "//tbody/tr/td[1]")
        told = words(hanna, address)
        assert "The figures of week 47 come on Monday 30 November" in told


def test_each_column_of_how_care_went_has_a_heading(
    app: Flask, cast: Cast, tess: PageClient
) -> None:
    flag = add_flag(app, cast, raised_on=LAST_WEEK)
    with app.app_context():
        flags.add_step(
            flag, Step.ACKNOWLEDGED, FlagState.ACKNOWLEDGED, noon(LAST_WEEK), cast.people["tess"]
        )
        db.session.commit()
    columns = "//section[@aria-labelledby='process']//*[@class='report-columns']/*"
    drawn = page_of(tess.get(page(cast.zon), headers=ENGLISH)).xpath(columns)
    assert [one.xpath("./h3")[0].text_content() for one in drawn] == [
        "Flags",
        "Steps of the care structure",
    ]
