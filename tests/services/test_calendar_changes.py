"""The calendar changes from today on, and never under a round that has begun."""

from datetime import date, timedelta

import pytest

from checkin.domain.access import Person
from checkin.domain.calendar import DayOff
from checkin.domain.calendar_days import Day, DayKind, DayProblem, NotADay, OtherDay, make_day
from checkin.domain.rounds import Moment
from checkin.services import calendars, sealing, signing_in
from checkin.services.screens import screen_of
from checkin.services.timetables import calendar_of
from checkin.storage import released, timetables
from tests.school import MONDAY, SmallSchool, at, taps

TUESDAY, SUNDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=6)
BEFORE, DURING = at(8, 0), at(8, 30)


@pytest.fixture
def by(school: SmallSchool) -> Person:
    return signing_in.list_staff(school.id)[0]


def add(by: Person, kind: DayKind, first: date, last: date | None = None, closes=None, now=DURING):
    day = make_day(kind, first, last or first, "", closes)
    (id,) = calendars.add_days(by, [day], now)
    found = timetables.find_day(by.school, id)
    assert found is not None
    return found


def refused(work) -> DayProblem:
    with pytest.raises(NotADay) as wrong:
        work()
    return wrong.value.problem


def is_school_day(by: Person, day: date) -> bool:
    return calendar_of(by.school).is_school_day(day)


class TestAFreeDay:
    def test_frees_it_and_can_be_undone_both_ways(self, by: Person) -> None:
        day = add(by, DayOff.STUDY_DAY, TUESDAY)
        assert not is_school_day(by, TUESDAY)
        calendars.remove_days(by, [day], DURING)
        assert is_school_day(by, TUESDAY)
        (removed,) = calendars.removed_lately(by, DURING)
        calendars.put_back(by, removed, DURING)
        assert not is_school_day(by, TUESDAY)
        assert calendars.removed_lately(by, DURING) == []

    def test_of_today_waits_for_tomorrow_once_a_round_has_begun(self, by: Person) -> None:
        assert refused(lambda: add(by, DayOff.STUDY_DAY, MONDAY)) is DayProblem.BEGUN
        assert is_school_day(by, MONDAY)
        add(by, DayOff.STUDY_DAY, MONDAY, now=BEFORE)
        assert not is_school_day(by, MONDAY)

    def test_of_today_leaves_a_light_that_was_given(self, school: SmallSchool, by: Person) -> None:
        school.tap(*taps(1, 9))
        was = school.seal().round
        assert refused(lambda: add(by, DayOff.STUDY_DAY, MONDAY)) is DayProblem.BEGUN
        assert released.find_round(school.round()) == was

    def test_is_refused_when_it_cannot_be(self, by: Person) -> None:
        yesterday = MONDAY - timedelta(days=1)
        for first, last, problem in (
            (yesterday, TUESDAY, DayProblem.PAST),
            (SUNDAY, TUESDAY, DayProblem.BACKWARDS),
            (TUESDAY, TUESDAY + timedelta(days=90), DayProblem.LONG),
            (MONDAY + timedelta(days=2000), MONDAY + timedelta(days=2000), DayProblem.FAR),
        ):
            assert refused(lambda f=first, x=last: add(by, DayOff.HOLIDAY, f, x)) is problem

    def test_of_several_all_or_none_are_added(self, by: Person) -> None:
        good = make_day(DayOff.STUDY_DAY, TUESDAY, TUESDAY)
        bad = make_day(DayOff.STUDY_DAY, TUESDAY, MONDAY)
        before = timetables.days_of(by.school)
        refused(lambda: calendars.add_days(by, [good, bad], DURING))
        assert timetables.days_of(by.school) == before

    def test_that_has_begun_keeps_the_days_that_were(self, by: Person) -> None:
        day = add(by, DayOff.HOLIDAY, TUESDAY, TUESDAY + timedelta(days=2))
        calendars.remove_days(by, [day], at(8, 0, TUESDAY + timedelta(days=1)))
        assert not is_school_day(by, TUESDAY)
        assert is_school_day(by, TUESDAY + timedelta(days=1))

    def test_that_is_over_stays(self, by: Person) -> None:
        day = add(by, DayOff.STUDY_DAY, TUESDAY)
        later = at(8, 0, TUESDAY + timedelta(days=1))
        calendars.remove_days(by, [day], later)
        assert not is_school_day(by, TUESDAY)


class TestAShorterDay:
    def test_seals_sooner_and_tells_the_tablet(self, school: SmallSchool, by: Person) -> None:
        add(by, OtherDay.EARLY, TUESDAY, closes=12 * 60)
        rounds = {(r.day, r.moment): r for r in screen_of(school.tablet, DURING).rounds}
        assert rounds[TUESDAY, Moment.CHECK_OUT].opens == at(11, 15, TUESDAY)
        assert rounds[TUESDAY, Moment.CHECK_OUT].closes == at(12, 0, TUESDAY)
        school.clock.now = at(11, 30, TUESDAY)
        school.tap(*taps(1, 9, day=TUESDAY, moment=Moment.CHECK_OUT))
        assert sealing.seal_due(at(11, 59, TUESDAY)).rounds == 0
        school.clock.now = at(12, 0, TUESDAY)
        school.tap(waiting=0)
        assert sealing.seal_due(at(12, 0, TUESDAY)).rounds == 1
        (light,) = released.rounds_between(school.classrooms[0], TUESDAY, TUESDAY)
        assert light.released.answered == 10

    def test_waits_for_a_tablet_that_shows_the_old_times(
        self, school: SmallSchool, by: Person
    ) -> None:
        add(by, OtherDay.EARLY, TUESDAY, closes=12 * 60)
        school.clock.now = at(8, 30, TUESDAY)
        school.tap(*taps(1, 9, day=TUESDAY))
        school.seal(school.round(day=TUESDAY))
        school.clock.now = at(14, 30, TUESDAY)
        found = school.tap(*taps(1, 9, day=TUESDAY, moment=Moment.CHECK_OUT))
        assert {one.status.value for one in found} == {"stored"}

    def test_of_today_can_be_set_while_its_check_out_has_not_begun(self, by: Person) -> None:
        add(by, OtherDay.EARLY, MONDAY, closes=12 * 60, now=at(10, 0))
        assert (
            refused(lambda: add(by, OtherDay.EARLY, MONDAY, closes=11 * 60, now=at(10, 0)))
            is DayProblem.TWICE
        )

    def test_of_today_cannot_be_taken_out_once_its_check_out_has_begun(self, by: Person) -> None:
        day = add(by, OtherDay.EARLY, MONDAY, closes=12 * 60, now=at(10, 0))
        assert refused(lambda: calendars.remove_days(by, [day], at(11, 30))) is DayProblem.BEGUN
        calendars.remove_days(by, [day], at(11, 0))

    def test_of_today_does_not_end_before_now(self, by: Person) -> None:
        too_soon = refused(lambda: add(by, OtherDay.EARLY, MONDAY, closes=720, now=at(12, 0)))
        assert too_soon is DayProblem.TOO_SOON

    def test_is_no_free_day_and_needs_a_time(self, by: Person) -> None:
        assert refused(lambda: add(by, OtherDay.EARLY, SUNDAY, closes=720)) is (
            DayProblem.FREE_ALREADY
        )
        assert refused(lambda: add(by, OtherDay.EARLY, TUESDAY)) is DayProblem.CLOSES


def test_an_extra_day_is_school_until_it_is_taken_out(by: Person) -> None:
    day = add(by, OtherDay.EXTRA, SUNDAY)
    assert is_school_day(by, SUNDAY)
    assert refused(lambda: add(by, OtherDay.EXTRA, SUNDAY)) is DayProblem.SCHOOL_ALREADY
    calendars.remove_days(by, [day], DURING)
    assert not is_school_day(by, SUNDAY)


def test_the_shipped_holidays_are_taken_over_once(by: Person) -> None:
    holidays = [d for d in timetables.days_of(by.school) if d.span.first.year >= 2027]
    calendars.remove_days(by, [d for d in holidays if d.span.first > date(2027, 9, 1)], DURING)
    assert calendars.find_missing(by, at(8, 0, date(2027, 4, 5))) == calendars.Missing(2027, True)
    assert calendars.add_shipped(by, 2027, DURING) == 5
    assert calendars.add_shipped(by, 2027, DURING) == 0
    assert calendars.find_missing(by, at(8, 0, date(2027, 4, 5))) is None


def test_a_year_at_a_glance_has_every_day_once(by: Person) -> None:
    glance = calendars.glance_of(by, 2026)
    days = [d.day for m in glance.months for week in m.weeks for d in week if d]
    assert len(days) == len(set(days)) == 365
    assert isinstance(timetables.days_of(by.school)[0], Day)
    assert 180 < glance.school_days < 235
