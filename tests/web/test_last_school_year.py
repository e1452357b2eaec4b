"""In a new school year the one before can still be reported and taken along, as it is kept."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask

from checkin.domain.release import Light
from checkin.storage import schools
from checkin.storage.database import db
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, add_light, words
from tests.web.page_checks import PageClient, page_of
from tests.web.test_exports import table

LAST_SPRING = date(2027, 5, 10)
STOPPED = "//section[@aria-labelledby='stopped']"


@pytest.fixture
def a_year_on(app: Flask, cast: Cast, clock: HeldClock) -> Callable[[str], None]:
    """Zon had lights, and stopped before the summer: it is September, a year on."""
    add_light(app, cast.zon, LAST_SPRING, Light.MANY)
    with app.app_context():
        schools.close_classroom(cast.zon, date(2027, 7, 10))
        db.session.commit()

    def go_to(day: str) -> None:
        clock.instant = datetime.fromisoformat(f"{day}T08:00:00").replace(tzinfo=UTC)

    go_to("2027-09-06")
    return go_to


def links(client: PageClient, within: str = "") -> list[str]:
    return page_of(client.get("/export", headers=ENGLISH)).xpath(f"{within}//main//a/@href")


def test_the_report_of_a_class_that_stopped_has_its_rounds(
    a_year_on: Callable[[str], None], cast: Cast, sign_in: SignIn
) -> None:
    inge = sign_in("inge")
    told = words(inge, f"/classrooms/{cast.zon}/report?period=last-year")
    assert "31 August 2026 to 9 July 2027" in told
    assert "This class ended on 10 July 2027." in told
    assert "1 of " in told
    assert "many heavy cards" in told


def test_days_after_a_class_ended_are_no_missing_rounds(
    a_year_on: Callable[[str], None], app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    with app.app_context():
        schools.close_classroom(cast.zon, date(2026, 9, 5))  # after its first week
        db.session.commit()
    told = words(sign_in("inge"), f"/classrooms/{cast.zon}/report?period=last-year")
    assert "No round was held in this period" in told
    add_light(app, cast.zon, date(2026, 9, 1), Light.FEW)
    told = words(sign_in("inge"), f"/classrooms/{cast.zon}/report?period=last-year")
    assert "1 of 10 rounds were held." in told


def test_its_lights_can_be_taken_along(
    a_year_on: Callable[[str], None], cast: Cast, sign_in: SignIn
) -> None:
    address = f"/classrooms/{cast.zon}/lights.csv?period=last-year"
    assert table(sign_in("tess"), address)[1:] == [
        ["Zon", "2027-05-10", "Check-in", "many heavy cards", "12"]
    ]


def test_the_page_leads_to_it(
    a_year_on: Callable[[str], None], cast: Cast, sign_in: SignIn
) -> None:
    inge = sign_in("inge")
    assert f"/classrooms/{cast.zon}/report?period=last-year" in links(inge)
    assert "/export?period=last-year" in links(inge)
    assert "Zon from 31 August 2026, ended on 10 July 2027" in words(inge, "/export", STOPPED)


@pytest.mark.parametrize(("name", "sees"), [("tess", True), ("omar", False), ("hanna", False)])
def test_a_class_that_stopped_is_shown_to_nobody_else_than_before(
    a_year_on: Callable[[str], None], cast: Cast, sign_in: SignIn, name: str, sees: bool
) -> None:
    client = sign_in(name)
    assert bool(page_of(client.get("/export", headers=ENGLISH)).xpath(STOPPED)) is sees
    answer = client.get(f"/classrooms/{cast.zon}/report?period=last-year")
    assert (answer.status_code == 200) is sees


def test_what_is_kept_no_longer_is_not_offered(
    a_year_on: Callable[[str], None], cast: Cast, sign_in: SignIn
) -> None:
    a_year_on("2028-07-31")
    assert page_of(sign_in("inge").get("/export", headers=ENGLISH)).xpath(STOPPED)
    a_year_on("2028-08-01")
    assert not page_of(sign_in("inge").get("/export", headers=ENGLISH)).xpath(STOPPED)


def test_a_class_that_is_planned_has_not_stopped(app: Flask, cast: Cast, sign_in: SignIn) -> None:
    with app.app_context():
        schools.close_classroom(cast.zon, date(2026, 8, 31))  # as one that has yet to begin
        db.session.commit()
    assert not page_of(sign_in("inge").get("/export", headers=ENGLISH)).xpath(STOPPED)


def test_the_first_year_of_a_school_offers_none_before_it(cast: Cast, sign_in: SignIn) -> None:
    assert "last school year" not in words(sign_in("inge"), "/export")


def test_the_school_is_reported_over_that_year_alone(
    a_year_on: Callable[[str], None], app: Flask, cast: Cast, sign_in: SignIn
) -> None:
    add_light(app, cast.maan, date(2027, 8, 30), Light.FEW)
    hanna = sign_in("hanna")
    weeks = [row[0] for row in table(hanna, "/school/lights.csv?period=last-year")[1:]]
    assert (weeks[0], weeks[-1]) == ("2027-W19", "2027-W30")
    told = words(hanna, "/school/report?period=last-year")
    assert "1 August 2026 to 31 July 2027" in told
    assert "closed more than a year ago is forgotten" in told
    assert "closed more than a year ago" not in words(hanna, "/school/report?period=10")


def test_the_page_of_a_class_shows_that_year(
    a_year_on: Callable[[str], None], cast: Cast, sign_in: SignIn
) -> None:
    tess = sign_in("tess")
    (stopped,) = page_of(tess.get("/export", headers=ENGLISH)).xpath(f"{STOPPED}//h3//a/@href")
    assert stopped == f"/classrooms/{cast.zon}/trend?from=2026-08-31&to=2027-07-09"
    assert "many heavy cards" in words(tess, stopped)
    page = page_of(tess.get(f"/classrooms/{cast.zon}/trend", headers=ENGLISH))
    (year,) = page.xpath("//a[normalize-space()='last school year']/@href")
    assert "many heavy cards" in words(tess, year.partition("#")[0])


def test_late_in_a_year_all_of_the_one_before_is_still_there(
    a_year_on: Callable[[str], None], cast: Cast, sign_in: SignIn
) -> None:
    a_year_on("2028-06-05")
    assert table(sign_in("hanna"), "/school/lights.csv?period=last-year")[1][0] == "2027-W19"
