"""Another holiday region changes what is to come, never what was or what the school wrote."""

from datetime import date, timedelta

import pytest

from checkin.domain.access import Person
from checkin.domain.calendar import DayOff, Span
from checkin.domain.calendar_days import Day, make_day
from checkin.domain.school_years import Region, holidays_of
from checkin.services import calendars, signing_in
from checkin.services.timetables import calendar_of
from checkin.storage import schools, timetables
from checkin.storage.database import db
from tests.school import MONDAY, SmallSchool, at

NOW = at(8, 30)  # Monday 23 November 2026: the autumn holiday is over
SPRING_ZUID, SPRING_MIDDEN = date(2027, 2, 15), date(2027, 2, 25)
"""A Monday that is free in Zuid alone, and a Thursday that is free in Midden alone."""


@pytest.fixture
def by(school: SmallSchool) -> Person:
    with_holidays(school, Region.MIDDEN)
    return signing_in.list_staff(school.id)[0]


def with_holidays(school: SmallSchool, region: Region) -> None:
    schools.set_region(school.id, region.value)
    for day in timetables.days_of(school.id):
        timetables.remove_day(day.id, 1, NOW)
    timetables.add_days_off(school.id, holidays_of(region))
    db.session.commit()


def spans(by: Person) -> set[tuple[date, date]]:
    return {(one.span.first, one.span.last) for one in timetables.days_of(by.school)}


def test_says_before_what_goes_and_what_comes(by: Person) -> None:
    south = next(one for one in calendars.moves_of(by, NOW) if one.region is Region.ZUID)
    assert {one.span.first for one in south.goes} == {
        date(2027, 2, 20),
        date(2027, 7, 17),
        date(2027, 10, 16),
        date(2028, 7, 8),
    }
    assert {one.first for one in south.comes} == {
        date(2027, 2, 13),
        date(2027, 7, 24),
        date(2027, 10, 23),
        date(2028, 7, 22),
    }


def test_moves_what_is_to_come_and_leaves_what_was(by: Person) -> None:
    calendar = calendar_of(by.school)
    past = [MONDAY - timedelta(days=n) for n in range(120)]
    before = [calendar.is_school_day(day) for day in past]
    calendars.move_to(by, Region.ZUID, NOW)
    calendar = calendar_of(by.school)
    assert schools.get_school(by.school).region == "zuid"
    assert [calendar.is_school_day(day) for day in past] == before
    assert not calendar.is_school_day(SPRING_ZUID)
    assert calendar.is_school_day(SPRING_MIDDEN)
    assert (date(2026, 12, 19), date(2027, 1, 3)) in spans(by)  # everybody's Christmas
    calendars.move_to(by, Region.MIDDEN, NOW)
    assert calendar_of(by.school).is_school_day(SPRING_ZUID)


def test_a_holiday_that_has_begun_goes_on_to_its_end(school: SmallSchool, by: Person) -> None:
    during = at(9, 0, date(2027, 2, 22))
    calendars.move_to(by, Region.ZUID, during)
    assert (date(2027, 2, 20), date(2027, 2, 28)) in spans(by)
    assert (date(2027, 2, 13), date(2027, 2, 21)) not in spans(by)


def test_of_a_holiday_of_the_other_region_that_has_begun_only_the_coming_days_are_taken(
    by: Person,
) -> None:
    during = at(9, 0, date(2027, 2, 17))
    calendars.move_to(by, Region.ZUID, during)
    assert (date(2027, 2, 18), date(2027, 2, 21)) in spans(by)
    assert calendar_of(by.school).is_school_day(date(2027, 2, 17))


def test_what_the_school_wrote_or_changed_itself_stays(by: Person) -> None:
    own = make_day(DayOff.STUDY_DAY, date(2027, 3, 3), date(2027, 3, 3), "Team")
    longer = Day(
        DayOff.HOLIDAY, Span(date(2027, 2, 19), date(2027, 2, 28), DayOff.HOLIDAY, "Voorjaar")
    )
    calendars.add_days(by, [own, longer], NOW)
    calendars.move_to(by, Region.ZUID, NOW)
    assert {(date(2027, 3, 3),) * 2, (date(2027, 2, 19), date(2027, 2, 28))} <= spans(by)
    calendars.move_to(by, Region.ZUID, NOW)  # a second time changes nothing
    assert len(spans(by)) == len(timetables.days_of(by.school))
