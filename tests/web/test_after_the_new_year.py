"""After the classes began anew: what is of last year says so, and nobody is told what is not so."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from checkin.domain.decisions import DecisionKind
from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.services import class_years
from checkin.services.class_years import NextClass
from checkin.storage import decisions, flags, leases, released, staff
from checkin.storage.database import db
from tests.web.conftest import Cast, HeldClock, SignIn
from tests.web.living import ENGLISH, words
from tests.web.page_checks import PageClient, page_of
from tests.web.test_running_page import lines

AUGUST = date(2027, 8, 30)
MORNING = datetime(2027, 8, 30, 6, tzinfo=UTC)
NOVEMBER = date(2026, 11, 20)


@pytest.fixture
def flag(app: Flask, cast: Cast, clock: HeldClock) -> int:
    """Live a round and a flag of Zon, and begin the new year: Zon anew, Maan ends."""
    with app.app_context():
        round = Round(cast.zon, NOVEMBER, Moment.CHECK_OUT)
        told = Released(12, 14, 9, Light.MANY, Why.SHOWN)
        released.add_round(cast.school, round, told, clock.instant, None)
        numbers = {"since": "2026-11-17"}
        id = flags.add_flag(
            cast.school, cast.zon, "sustained-rise", NOVEMBER, 3.0, numbers, clock.instant
        )
        inge = cast.people["inge"]
        look = DecisionKind.LOOK
        decisions.add(cast.school, "k", "2026-W48", look, inge, clock.instant, classroom=cast.zon)
        by = staff.find_person(cast.people["adam"])
        assert by is not None
        chosen = [
            NextClass(cast.zon, True, False, "Zon", 14, True),
            NextClass(cast.maan, False, True, "", 0, False),
        ]
        class_years.plan_year(by, chosen, AUGUST, clock.instant)
        db.session.commit()
        clock.instant = MORNING
        assert class_years.carry_out_due(MORNING) == 1
    return id


@pytest.fixture
def inge(flag: int, sign_in: SignIn) -> PageClient:
    return sign_in("inge")


def test_the_care_team_is_not_told_to_begin_what_is_done(inge: PageClient) -> None:
    assert "No class has begun yet" not in words(inge, "/home")


def test_a_flag_of_a_class_that_ended_is_not_its_namesakes(
    inge: PageClient, flag: int, sign_in: SignIn
) -> None:
    for address in ("/flags", f"/flags/{flag}", "/review"):
        assert "Zon (ended on 30 August 2027)" in words(inge, address), address
    assert "Zon (ended on 30 August 2027)" in words(sign_in("tess"), f"/flags/{flag}")


def test_a_decision_about_it_neither(inge: PageClient) -> None:
    assert "Zon (ended on 30 August 2027)" in words(inge, "/review/2026-W48/decisions")


def test_its_days_carry_their_year(inge: PageClient, flag: int) -> None:
    assert "20 November 2026" in words(inge, f"/flags/{flag}") + words(inge, "/flags")
    assert "Nov 2026" in words(inge, "/flags")


def test_days_of_this_school_year_carry_none(inge: PageClient) -> None:
    told = words(inge, "/home")
    assert "Monday 30 August" in told
    assert "Monday 30 August 2027" not in told


@pytest.mark.parametrize("asked", ["", "?weeks=4"])
def test_the_page_of_a_class_that_ended_has_no_future(
    flag: int, sign_in: SignIn, cast: Cast, clock: HeldClock, asked: str
) -> None:
    clock.instant = MORNING + timedelta(days=7)
    for id in (cast.zon, cast.maan):
        told = words(sign_in("inge"), f"/classrooms/{id}/trend{asked}")
        assert "This class ended on 30 August 2027: it has no rounds any more" in told
        for future in ("comes when", "comes at the end", "next school day", "Opens at", "yet"):
            assert future not in told, future


def test_its_last_weeks_are_shown_and_not_those_after(
    app: Flask, flag: int, cast: Cast, sign_in: SignIn, clock: HeldClock
) -> None:
    with app.app_context():
        round = Round(cast.zon, date(2027, 8, 20), Moment.CHECK_OUT)
        told = Released(12, 14, 9, Light.MANY, Why.SHOWN)
        released.add_round(cast.school, round, told, clock.instant, None)
        db.session.commit()
    clock.instant = MORNING + timedelta(days=70)
    page = page_of(sign_in("inge").get(f"/classrooms/{cast.zon}/trend?weeks=4", headers=ENGLISH))
    names = page.xpath("//*[local-name()='svg']/*[local-name()='title']/text()")
    assert any("many heavy cards" in name for name in names)


def test_the_new_class_looks_ahead(app: Flask, cast: Cast, inge: PageClient) -> None:
    told = words(inge, f"/classrooms/{cast.elsewhere + 1}/trend")
    assert "ended" not in told
    assert "The first one comes when" in told


def test_a_class_that_has_yet_to_begin_says_so(
    app: Flask, cast: Cast, clock: HeldClock, sign_in: SignIn
) -> None:
    adam = sign_in("adam")
    form = {"name": "Komeet", "stay": "8", "pupils": "6", "day": "2026-11-25"}
    adam.post(f"/classrooms/{cast.zon}/split", data=form, headers=ENGLISH)
    told = words(sign_in("inge"), f"/classrooms/{cast.elsewhere + 1}/trend")
    assert "This class begins on 25 November 2026" in told
    assert "ended" not in told


def keep_house(app: Flask, now: datetime) -> None:
    with app.app_context():
        leases.take("housekeeping", "somebody", now, now + timedelta(seconds=90))


def test_what_is_nine_months_old_is_not_in_order_without_a_word(
    app: Flask, flag: int, sign_in: SignIn
) -> None:
    keep_house(app, MORNING)
    badge, told = lines(sign_in("hanna"))["Closing the rounds"]
    assert badge == "worth a look"
    assert "Monday 23 November 2026" in told
    assert "school days, without a round." in told


def test_after_a_holiday_it_is_in_order_and_says_why(
    app: Flask, cast: Cast, flag: int, sign_in: SignIn, clock: HeldClock
) -> None:
    with app.app_context():
        round = Round(cast.zon, AUGUST, Moment.CHECK_IN)
        told = Released(12, 14, 9, Light.MANY, Why.SHOWN)
        released.add_round(cast.school, round, told, MORNING, None)
        db.session.commit()
    page = sign_in("adam")
    free = {"kind": "holiday", "first": "2027-08-31", "last": "2027-09-12", "label": "Vrij"}
    assert page.post("/calendar/days", data=free, headers=ENGLISH).status_code == 303
    clock.instant = MORNING + timedelta(days=10)
    keep_house(app, clock.instant)
    badge, told = lines(sign_in("hanna"))["Closing the rounds"]
    assert badge == "in order"
    assert "Since then there was no school: a holiday." in told
