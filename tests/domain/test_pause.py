"""A class that pauses holds no rounds; everything that counts school days goes on."""

from dataclasses import replace
from datetime import date

import pytest

from checkin.domain.calendar import DayOff, Door, Span, Timetable, door_of, is_due
from checkin.domain.rounds import Moment
from tests.domain.test_calendar import CHECK_IN, CHECK_OUT, FRIDAY, HEARD, MONDAY, at, timetable

THURSDAY, NEXT_WEDNESDAY = date(2026, 11, 26), date(2026, 12, 2)
PAUSE = Span(THURSDAY, NEXT_WEDNESDAY, DayOff.PAUSE)


def pausing(*free: Span, extra: frozenset[date] = frozenset()) -> Timetable:
    table = timetable(*free, extra=extra)
    return replace(table, calendar=replace(table.calendar, pause=PAUSE))


def test_the_days_of_a_pause_have_no_rounds_first_and_last_included() -> None:
    held = [pausing().is_school_day(date(2026, 11, n)) for n in (25, 26, 27, 30)]
    held += [pausing().is_school_day(date(2026, 12, n)) for n in (1, 2, 3)]
    assert held == [True, False, False, False, False, False, True]


def test_a_pause_frees_also_a_day_that_was_made_a_school_day() -> None:
    assert not pausing(extra=frozenset({FRIDAY})).is_school_day(FRIDAY)


def test_a_holiday_in_a_pause_keeps_its_name() -> None:
    free = Span(FRIDAY, FRIDAY, DayOff.STUDY_DAY)
    assert pausing(free).calendar.find_day_off(FRIDAY) == free
    assert pausing().calendar.find_day_off(FRIDAY) == PAUSE


def test_the_next_day_with_rounds_is_after_the_pause() -> None:
    assert pausing().find_next_day(THURSDAY) == date(2026, 12, 3)
    assert timetable().find_next_day(THURSDAY) == FRIDAY


def test_a_pause_moves_no_moment_at_which_a_round_is_sealed_or_a_week_closed() -> None:
    wednesday = date(2026, 11, 25)
    for table in (timetable(), pausing()):
        assert table.seals_at_latest(wednesday, CHECK_IN) == at(wednesday, 9)
        assert table.seals_at_latest(date(2026, 11, 24), CHECK_OUT) == at(wednesday, 8, 15)
        assert table.week_closes("2026-W48") == at(date(2026, 11, 30), 14, 45)
        assert next(table.school_days_after(THURSDAY)) == FRIDAY


def test_a_round_under_which_a_pause_begins_is_sealed_at_once() -> None:
    table = replace(timetable(), calendar=replace(timetable().calendar, pause=replace_first()))
    assert is_due(table, MONDAY, CHECK_IN, (HEARD,), at(MONDAY, 8, 30))


def replace_first() -> Span:
    return Span(MONDAY, FRIDAY, DayOff.PAUSE)


@pytest.mark.parametrize(
    ("day", "expected"),
    [(THURSDAY, Door.SEALED), (FRIDAY, Door.NO_SCHOOL), (date(2026, 11, 28), Door.NO_SCHOOL)],
)
def test_taps_of_a_tablet_that_did_not_hear_of_the_pause_count_for_the_week(
    day: date, expected: Door
) -> None:
    assert door_of(pausing(), day, CHECK_IN, at(THURSDAY, 12)) is expected


def test_such_taps_are_too_late_once_their_week_is_closed() -> None:
    assert door_of(pausing(), THURSDAY, CHECK_IN, at(date(2026, 11, 30), 15)) is Door.WEEK_CLOSED


def test_taps_of_a_round_that_was_taken_out_count_for_the_week_too() -> None:
    without = {place: o for place, o in timetable().openings.items() if place[1] is Moment.CHECK_IN}
    table = Timetable(timetable().calendar, without)
    assert door_of(table, MONDAY, CHECK_OUT, at(MONDAY, 15)) is Door.SEALED
