"""When a class has school, and when its rounds open, close, seal: in wall-clock time, over DST."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.calendar import (
    DayOff,
    Door,
    Opening,
    SchoolCalendar,
    Span,
    TabletSeen,
    Timetable,
    door_of,
    is_due,
)
from checkin.domain.rounds import Moment, Round, days_of, week_of
from checkin.domain.school_years import Region, holidays_of

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MORNING, AFTERNOON = Opening(8 * 60 + 15, 9 * 60), Opening(14 * 60, 14 * 60 + 45)
CHECK_IN, CHECK_OUT = Moment.CHECK_IN, Moment.CHECK_OUT
MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


def timetable(*free: Span, extra: frozenset[date] = frozenset()) -> Timetable:
    openings = {(n, CHECK_IN): MORNING for n in range(1, 6)}
    openings |= {(n, CHECK_OUT): AFTERNOON for n in range(1, 6) if n != 3}
    return Timetable(SchoolCalendar(AMSTERDAM, free, extra), openings)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM)


def test_weekends_are_free_and_weekdays_are_not():
    week = [timetable().is_school_day(day) for day in days_of("2026-W48")]
    assert week == [True] * 5 + [False] * 2


def test_a_holiday_is_free_from_its_first_to_its_last_day():
    autumn = Span(date(2026, 11, 21), date(2026, 11, 29), DayOff.HOLIDAY, "Herfstvakantie")
    table = timetable(autumn)
    assert not any(table.is_school_day(day) for day in days_of("2026-W48"))
    assert table.calendar.find_day_off(MONDAY) == autumn
    assert table.is_school_day(date(2026, 11, 30))


def test_an_extra_day_is_a_school_day_even_in_a_holiday():
    closed = Span(MONDAY, MONDAY, DayOff.STUDY_DAY)
    assert timetable(closed, extra=frozenset({MONDAY})).is_school_day(MONDAY)


def test_a_class_without_rounds_on_a_weekday_has_no_school_then():
    table = Timetable(SchoolCalendar(AMSTERDAM), {(1, CHECK_IN): MORNING})
    assert [table.is_school_day(day) for day in days_of("2026-W48")] == [True] + [False] * 6


@pytest.mark.parametrize("region", Region)
def test_the_shipped_holidays_begin_on_a_saturday_and_end_on_a_sunday(region):
    for span in holidays_of(region):
        assert (span.first.isoweekday(), span.last.isoweekday()) == (6, 7), span


def test_what_comes_from_a_second_source_is_to_be_checked():
    summer = ("Zomervakantie", 2026)
    to_check = {
        region: [(s.label, s.first.year) for s in holidays_of(region) if s.to_check]
        for region in Region
    }
    assert to_check == {
        Region.NOORD: [summer],
        Region.MIDDEN: [summer],
        Region.ZUID: [
            summer,
            ("Herfstvakantie", 2026),
            ("Voorjaarsvakantie", 2027),
            ("Zomervakantie", 2027),
        ],
    }


@pytest.mark.parametrize(
    ("region", "first"),
    [
        (Region.NOORD, date(2026, 8, 17)),
        (Region.MIDDEN, date(2026, 8, 31)),
        (Region.ZUID, date(2026, 8, 24)),
    ],
)
def test_the_school_year_begins_after_the_summer(region: Region, first: date) -> None:
    table = timetable(*holidays_of(region))
    days = (date(2026, 8, 1) + timedelta(days=n) for n in range(40))
    assert next(day for day in days if table.is_school_day(day)) == first


@pytest.mark.parametrize(
    ("day", "utc_hour"), [(date(2027, 3, 26), 7), (date(2027, 3, 29), 6), (date(2026, 10, 26), 7)]
)
def test_a_round_opens_at_the_same_time_on_the_clock_on_both_sides_of_dst(day, utc_hour):
    opens = timetable().opens(day, CHECK_IN)
    assert opens == datetime(day.year, day.month, day.day, utc_hour, 15, tzinfo=UTC)


@given(st.dates(date(2026, 8, 1), date(2028, 7, 31)))
def test_a_round_opens_before_it_closes_before_it_seals_before_its_week_closes(day):
    table = timetable(*holidays_of(Region.MIDDEN))
    if not table.is_school_day(day):
        return
    for moment in table.moments(day):
        opens, closes = table.opens(day, moment), table.closes(day, moment)
        assert opens < closes <= table.seals_at_latest(day, moment)
        assert table.seals_at_latest(day, moment) <= table.week_closes(week_of(day))


@given(st.dates(date(2026, 8, 1), date(2028, 7, 31)), st.integers(0, 1439))
def test_the_clock_lets_no_tap_into_a_round_before_it_opens_or_after_its_week(day, minute):
    table = timetable(*holidays_of(Region.NOORD))
    now = (at(day, 0) + timedelta(minutes=minute)).astimezone(UTC)
    for offset in range(-9, 3):
        other = day + timedelta(days=offset)
        door = door_of(table, other, CHECK_IN, now)
        if not table.is_school_day(other):
            assert door is Door.NO_SCHOOL
        elif now < table.opens(other, CHECK_IN):
            assert door is Door.NOT_YET
        else:
            assert door in (Door.OPEN, Door.SEALED, Door.WEEK_CLOSED)


@given(st.dates())
def test_a_day_that_no_calendar_reaches_is_not_yet_or_long_past(day):
    now = at(MONDAY, 12)
    if abs(day - MONDAY) > timedelta(days=800):
        expected = Door.NOT_YET if day > MONDAY else Door.WEEK_CLOSED
        assert door_of(timetable(), day, CHECK_IN, now) is expected


def test_a_check_in_waits_at_most_to_the_end_of_its_day():
    assert timetable().seals_at_latest(MONDAY, CHECK_IN) == at(MONDAY, 14, 45)


def test_a_check_out_waits_at_most_to_the_next_school_days_opening():
    assert timetable().seals_at_latest(FRIDAY, CHECK_OUT) == at(date(2026, 11, 30), 8, 15)


def test_a_check_out_before_a_holiday_waits_for_the_first_day_after_it():
    christmas = Span(date(2026, 12, 19), date(2027, 1, 3), DayOff.HOLIDAY)
    waits_until = timetable(christmas).seals_at_latest(date(2026, 12, 18), CHECK_OUT)
    assert waits_until == at(date(2027, 1, 4), 8, 15)


def test_a_week_closes_at_the_end_of_the_first_school_day_of_the_next():
    assert timetable().week_closes("2026-W48") == at(date(2026, 11, 30), 14, 45)


HEARD = TabletSeen("Tablet 1", MONDAY, None, 0)
EMPTY = TabletSeen("Tablet 1", MONDAY, (MONDAY, CHECK_IN), 0)
ELSEWHERE = TabletSeen("Tablet 2", date(2026, 11, 20), None, 3)


@pytest.mark.parametrize(
    ("tablets", "hour", "due"),
    [
        ((), 8, False),  # still open
        ((), 9, True),
        ((HEARD,), 9, False),  # it may still hold taps
        ((HEARD,), 14, False),
        ((HEARD,), 15, True),  # the end of the school day: it has waited enough
        ((EMPTY,), 9, True),
        ((EMPTY, HEARD), 9, False),
        ((ELSEWHERE,), 9, True),  # not heard from that day: not waited for
    ],
)
def test_the_clock_seals_when_every_tablet_heard_that_day_is_empty(tablets, hour, due):
    assert is_due(timetable(), MONDAY, CHECK_IN, tablets, at(MONDAY, hour)) is due


def test_a_round_whose_day_became_free_is_sealed_at_once():
    closed = Span(MONDAY, MONDAY, DayOff.STUDY_DAY)
    assert is_due(timetable(closed), MONDAY, CHECK_IN, (HEARD,), at(MONDAY, 8, 30))


def test_the_last_closed_round_is_what_an_empty_queue_stands_for():
    table = timetable()
    assert table.last_closed(at(MONDAY, 9, 30)) == (MONDAY, CHECK_IN)
    assert table.last_closed(at(MONDAY, 8, 30)) == (date(2026, 11, 20), CHECK_OUT)


def test_rounds_and_weeks_have_iso_names():
    assert Round(1, date(2027, 1, 1), CHECK_IN).week == "2026-W53"
    assert days_of("2026-W53")[0] == date(2026, 12, 28)


@pytest.mark.parametrize(("opens", "closes"), [(-1, 5), (5, 5), (9, 8), (0, 1441)])
def test_an_opening_time_that_cannot_be_is_refused(opens, closes):
    with pytest.raises(ValueError, match="opens before it closes"):
        Opening(opens, closes)
