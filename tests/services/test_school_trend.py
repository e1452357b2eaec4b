"""The school over weeks: published a school week later, once, from lights that were released."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from flask import current_app

from checkin.domain.access import Person, Role
from checkin.domain.calendar import DayOff, Span
from checkin.domain.cards import CardSet
from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.services import school_trend
from checkin.services.setting_up import ordinary_week
from checkin.storage import released, schools, timetables
from checkin.storage.database import db
from tests.school import MONDAY, at

LAST = MONDAY - timedelta(weeks=2)
"""The Monday of the week that is published on MONDAY: 2026-W46."""
HEAD = Person(9, 1, "Hanna", "h@school.example", None, frozenset({Role.HEAD}), frozenset())
IB = replace(HEAD, roles=frozenset({Role.IB}))


@pytest.fixture
def rooms(school):
    """Four classrooms, each with ten lights in the week that is published today."""
    added = [
        schools.add_classroom(
            school.id, name, 12, CardSet.SIX, ["nl"], date(2026, 8, 31), ordinary_week()
        )
        for name in ("Ster", "Regen")
    ]
    four = (*school.classrooms, *added)
    for classroom in four:
        add_week(classroom, LAST)
    return four


def add_week(classroom, monday, light=Light.FEW, days=5, sealed_at=None, school=1):
    for n in range(days):
        for moment in Moment:
            add_light(classroom, monday + timedelta(days=n), moment, light, sealed_at, school)
    db.session.commit()


def add_light(classroom, day, moment, light=Light.FEW, sealed_at=None, school=1):
    withheld = light is Light.WITHHELD
    result = Released(
        12, 14, None if withheld else 2, light, Why.TOO_FEW if withheld else Why.SHOWN
    )
    round = Round(classroom, day, moment)
    released.add_round(school, round, result, sealed_at or at(15, day=day), None)


def weeks(person=HEAD, now: datetime | None = None, n=4):
    return school_trend.school_trend_of(person, n, now or at(8)).weeks


def published(person=HEAD, now=None):
    return {week.week: week.classrooms for week in weeks(person, now)}


def test_a_week_is_published_when_the_next_school_week_is_over(rooms):
    assert published(now=at(23, 59, MONDAY - timedelta(days=1))) == {}
    assert published(now=at(0, 0)) == {"2026-W46": 4}


def test_it_says_which_week_comes_next_and_when(rooms):
    to_come = school_trend.school_trend_of(HEAD, 4, at(8)).to_come
    assert (to_come.week, to_come.on) == ("2026-W47", MONDAY + timedelta(weeks=1))


def test_a_week_before_a_holiday_waits_until_a_school_week_is_over(school, rooms):
    timetables.add_days_off(school.id, [Span(MONDAY, MONDAY + timedelta(days=13), DayOff.HOLIDAY)])
    add_week(rooms[0], MONDAY - timedelta(weeks=1))
    assert "2026-W46" in published(now=at(8, day=MONDAY + timedelta(weeks=3)))
    assert "2026-W47" not in published(now=at(8, day=MONDAY + timedelta(weeks=2)))
    assert "2026-W47" in published(now=at(8, day=MONDAY + timedelta(weeks=3)))


def test_a_week_without_school_is_not_in_the_list(school, rooms):
    first = LAST - timedelta(weeks=1)
    add_week(rooms[0], first - timedelta(weeks=1))
    timetables.add_days_off(school.id, [Span(first, first + timedelta(days=6), DayOff.HOLIDAY)])
    db.session.commit()
    assert published() == {"2026-W44": None, "2026-W46": 4}


def test_weeks_before_the_first_light_are_not_in_the_list(rooms):
    assert list(published()) == ["2026-W46"]


def test_a_period_is_so_many_weeks_with_school(rooms):
    for n in range(6):
        add_week(rooms[0], LAST - timedelta(weeks=n))
    assert len(weeks(n=4)) == 4
    assert len(weeks(n=13)) == 5, "one of the six was the autumn holiday"


def test_what_is_sealed_after_a_week_was_published_never_counts(rooms):
    """Nobody sees the figure move by the light of one classroom, also not after a restart."""
    before = weeks()
    tuesday = at(9, day=MONDAY + timedelta(days=1))
    more = schools.add_classroom(
        1, "Wind", 12, CardSet.SIX, ["nl"], date(2026, 8, 31), ordinary_week()
    )
    add_week(more, LAST, Light.MANY, sealed_at=tuesday)
    assert weeks(now=tuesday) == before
    current_app.extensions.pop("school_weeks")
    assert weeks(now=tuesday) == before


def test_each_week_is_a_figure_of_its_own_whatever_the_period(rooms):
    """Two overlapping periods have the same weeks: there is nothing to take away from another."""
    add_week(rooms[0], LAST - timedelta(weeks=1), Light.MANY)
    short, long = weeks(n=4), weeks(n=13)
    assert long[-len(short) :] == short


def test_the_care_team_and_the_head_see_the_same(rooms):
    assert weeks(IB) == weeks(HEAD)


def test_a_head_who_teaches_is_shown_the_others(rooms):
    teaching = replace(
        HEAD, roles=frozenset({Role.HEAD, Role.TEACHER}), classrooms=frozenset(rooms[:1])
    )
    assert published(teaching)["2026-W46"] == 3
    both = replace(teaching, classrooms=frozenset(rooms[:2]))
    assert published(both)["2026-W46"] is None


def test_another_school_is_not_counted(school, rooms):
    other = schools.add_school("Elders", "Noord")
    elsewhere = schools.add_classroom(
        other, "Ver", 12, CardSet.SIX, ["nl"], date(2026, 8, 31), ordinary_week()
    )
    add_week(elsewhere, LAST, Light.MANY, school=other)
    assert published()["2026-W46"] == 4
    assert published(replace(HEAD, school=other)) == {"2026-W46": None}


def test_withheld_rounds_are_no_lights(rooms):
    """Two of four classrooms have withheld rounds only, so two remain: too few."""
    monday = LAST - timedelta(weeks=1)
    for classroom, light in zip(
        rooms, (Light.FEW, Light.MANY, Light.WITHHELD, Light.WITHHELD), strict=True
    ):
        add_week(classroom, monday, light)
    assert published()["2026-W45"] is None


def test_shares_are_those_of_all_lights(rooms):
    monday = LAST - timedelta(weeks=1)
    for classroom, light in zip(rooms, (Light.FEW, Light.FEW, Light.SOME, Light.MANY), strict=True):
        add_week(classroom, monday, light)
    (week,) = [week for week in weeks() if week.week == "2026-W45"]
    assert week.shares == {"few": "50%", "some": "30%", "many": "30%"}
