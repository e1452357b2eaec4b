"""A day that ends sooner: its check-out moves to the last part of it, in winter and in summer."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.calendar import (
    MINUTES_A_DAY,
    DayOff,
    Opening,
    SchoolCalendar,
    Span,
    Timetable,
    door_of,
    is_due,
    shortened,
)
from checkin.domain.calendar import Door as D
from checkin.domain.rounds import Moment
from tests.school import at

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
IN, OUT = Moment.CHECK_IN, Moment.CHECK_OUT
DAY = {IN: Opening(8 * 60 + 15, 9 * 60), OUT: Opening(14 * 60, 14 * 60 + 45)}
FRIDAY = date(2026, 12, 4)
WEEK = {(weekday, m): its for weekday in range(1, 6) for m, its in DAY.items()}


def timetable(ends: int = 12 * 60, day: date = FRIDAY, **more: object) -> Timetable:
    return Timetable(SchoolCalendar(AMSTERDAM, early={day: ends}, **more), WEEK)  # type: ignore[arg-type]


def test_the_check_out_keeps_its_length_and_ends_with_the_day() -> None:
    assert shortened(DAY, 12 * 60) == {IN: DAY[IN], OUT: Opening(11 * 60 + 15, 12 * 60)}


def test_a_day_that_ends_after_the_check_out_is_as_always() -> None:
    assert shortened(DAY, 15 * 60) == DAY


def test_the_check_out_begins_after_the_check_in() -> None:
    assert shortened(DAY, 9 * 60 + 20)[OUT] == Opening(9 * 60, 9 * 60 + 20)


def test_without_room_for_both_there_is_no_check_out() -> None:
    assert shortened(DAY, 9 * 60) == {IN: DAY[IN]}
    assert shortened(DAY, 8 * 60) == {}


def test_rounds_that_are_open_all_day_stay_beside_each_other() -> None:
    all_day = Opening(0, MINUTES_A_DAY)
    assert shortened({IN: all_day, OUT: all_day}, 720) == {
        IN: Opening(0, 720),
        OUT: Opening(0, 720),
    }


openings = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).filter(lambda t: t[0] < t[1])


@given(openings, openings, st.integers(1, MINUTES_A_DAY))
def test_no_round_ends_after_the_day_or_is_longer_than_usual(
    first: tuple[int, int], last: tuple[int, int], ends: int
) -> None:
    usual = {IN: Opening(*first), OUT: Opening(*last)}
    for moment, its in shortened(usual, ends).items():
        assert its.closes <= ends
        assert its.closes - its.opens <= usual[moment].closes - usual[moment].opens
        assert its.opens <= usual[moment].opens


@given(openings, openings, st.integers(1, MINUTES_A_DAY))
def test_rounds_that_were_apart_stay_apart(
    first: tuple[int, int], last: tuple[int, int], ends: int
) -> None:
    usual = {IN: Opening(*first), OUT: Opening(*last)}
    if usual[IN].closes <= usual[OUT].opens:
        then = shortened(usual, ends)
        if len(then) == 2:
            assert then[IN].closes <= then[OUT].opens


def test_the_day_ends_sooner_for_sealing_and_the_week() -> None:
    table = timetable()
    assert table.closes(FRIDAY, OUT) == at(12, 0, FRIDAY)
    assert table.day_ends(FRIDAY) == at(12, 0, FRIDAY)
    assert table.seals_at_latest(FRIDAY, IN) == at(12, 0, FRIDAY)
    assert not is_due(table, FRIDAY, OUT, (), at(11, 59, FRIDAY))
    assert is_due(table, FRIDAY, OUT, (), at(12, 0, FRIDAY))
    monday = timetable(day=date(2026, 12, 7))
    assert monday.week_closes("2026-W49") == at(12, 0, date(2026, 12, 7))


def test_the_day_after_a_clock_change_ends_by_the_wall_clock() -> None:
    for sunday in (date(2026, 10, 25), date(2027, 3, 28)):
        monday = sunday + timedelta(days=1)
        table = timetable(day=monday)
        assert table.closes(monday, OUT) == at(12, 0, monday)
        assert table.closes(monday + timedelta(days=1), OUT) == at(
            14, 45, monday + timedelta(days=1)
        )


def test_a_tap_by_the_old_times_still_counts() -> None:
    assert door_of(timetable(), FRIDAY, OUT, at(14, 30, FRIDAY)) is D.OPEN
    assert door_of(timetable(8 * 60), FRIDAY, OUT, at(14, 30, FRIDAY)) is D.SEALED


@given(st.integers(0, 60), st.integers(0, 30), st.integers(-10, 80))
def test_a_school_day_is_never_in_a_holiday(start: int, length: int, asked: int) -> None:
    first = FRIDAY + timedelta(days=start)
    span = Span(first, first + timedelta(days=length), DayOff.HOLIDAY)
    day = FRIDAY + timedelta(days=asked)
    table = timetable(free=(span,))
    assert not (span.first <= day <= span.last and table.is_school_day(day))


def test_a_class_that_ended_has_no_day_and_moves_no_deadline() -> None:
    ended = Span(FRIDAY, FRIDAY + timedelta(days=9999), DayOff.CLOSED)
    closed, open_ = timetable(closed=ended), timetable()
    thursday = FRIDAY - timedelta(days=1)
    assert closed.is_school_day(thursday)
    assert not closed.is_school_day(FRIDAY)
    assert closed.seals_at_latest(thursday, OUT) == open_.seals_at_latest(thursday, OUT)
    assert closed.week_closes("2026-W49") == open_.week_closes("2026-W49")
    assert door_of(closed, FRIDAY, IN, at(8, 30, FRIDAY)) is not D.OPEN
