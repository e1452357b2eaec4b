"""Until when a flag is to be taken up, and to whom it goes when it is not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.deadlines import Turn, deadlines_of, is_overdue, next_move, turn_of
from checkin.domain.flags import FlagEvent, Step

MONDAY = date(2026, 11, 23)
HOLIDAY = {date(2026, 11, 25), date(2026, 11, 26), date(2026, 11, 27)}
ONE_DAY = timedelta(days=1)


def weekdays(day):
    while True:
        day += ONE_DAY
        if day.isoweekday() < 6:
            yield day


def with_holiday(day):
    return (day for day in weekdays(day) if day not in HOLIDAY)


def event(step, day, role=""):
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return FlagEvent(step, at, None, None, "", role=role, role_label=role)


def turn(*events):
    return turn_of("teacher", MONDAY, events, lambda at: at.date())


def days(*numbers):
    return tuple(MONDAY + n * ONE_DAY if n is not None else None for n in numbers)


def as_days(deadlines):
    return (deadlines.reminder, deadlines.due, deadlines.deputy, deadlines.escalation)


class TestDays:
    def test_count_school_days_and_the_deputy_comes_the_day_after(self):
        assert as_days(deadlines_of(turn(), 3, 2, weekdays)) == days(2, 3, 4, 4)

    def test_pause_in_a_holiday(self):
        assert as_days(deadlines_of(turn(), 3, 2, with_holiday)) == days(7, 8, 9, 9)

    def test_of_the_same_day_end_on_that_day(self):
        assert deadlines_of(turn(), 0, None, weekdays).due == MONDAY

    def test_of_the_same_day_wait_for_a_school_day(self):
        saturday = MONDAY - 2 * ONE_DAY
        assert deadlines_of(Turn("teacher", saturday), 0, None, weekdays).due == MONDAY

    def test_are_none_where_no_school_day_is_in_sight(self):
        assert as_days(deadlines_of(turn(), 3, 2, lambda day: iter(()))) == (None,) * 4

    def test_without_a_reminder_go_to_the_deputy_at_once(self):
        assert as_days(deadlines_of(turn(), 3, None, weekdays)) == days(None, 3, 4, 4)

    def test_remind_the_day_after_at_the_latest(self):
        assert deadlines_of(turn(), 1, 30, weekdays).reminder == MONDAY + 2 * ONE_DAY

    def test_give_who_is_reminded_late_a_day_more(self):
        late = turn(event(Step.REMINDED, MONDAY + 8 * ONE_DAY))
        assert deadlines_of(late, 3, 2, weekdays).deputy == MONDAY + 9 * ONE_DAY

    def test_give_the_deputy_two_school_days(self):
        friday = MONDAY + 4 * ONE_DAY
        asked = turn(event(Step.REMINDED, friday), event(Step.TO_DEPUTY, friday))
        assert deadlines_of(asked, 3, 2, weekdays).escalation == MONDAY + 8 * ONE_DAY

    @given(st.integers(0, 20), st.none() | st.integers(0, 20), st.integers(0, 30))
    def test_are_never_in_a_holiday_and_never_out_of_order(self, school_days, remind, offset):
        its = deadlines_of(
            Turn("teacher", MONDAY - offset * ONE_DAY), school_days, remind, with_holiday
        )
        found = [day for day in as_days(its) if day]
        assert all(day.isoweekday() < 6 and day not in HOLIDAY for day in found)
        assert its.due < its.deputy <= its.escalation
        assert its.reminder is None or its.reminder < its.deputy


class TestTurn:
    @pytest.mark.parametrize("step", [Step.ACKNOWLEDGED, Step.ASSIGNED])
    def test_goes_to_nobody_else_when_somebody_takes_it_up_and_its_day_stays(self, step):
        taken = turn(event(step, MONDAY))
        assert taken.is_taken_up
        its = deadlines_of(taken, 0, None, weekdays)
        assert next_move(taken, its, MONDAY, True, True) is None
        assert not is_overdue(taken, its, MONDAY)
        late = MONDAY + 30 * ONE_DAY
        assert next_move(taken, its, late, True, True) is Step.PAST_DUE
        assert is_overdue(taken, its, late)
        told = turn(event(step, MONDAY), event(Step.PAST_DUE, late))
        assert next_move(told, its, late + ONE_DAY, True, True) is None

    def test_has_its_days_when_it_is_reopened_but_not_when_that_was_at_once(self):
        closed = event(Step.CLOSED, MONDAY + ONE_DAY)
        at_once = turn(closed, event(Step.REOPENED, MONDAY + ONE_DAY))
        assert deadlines_of(at_once, 3, 2, weekdays) == deadlines_of(turn(), 3, 2, weekdays)
        later = turn(closed, event(Step.REOPENED, MONDAY + 4 * ONE_DAY))
        assert deadlines_of(later, 3, 2, weekdays).due == MONDAY + 9 * ONE_DAY

    @pytest.mark.parametrize("step", [Step.NOTED, Step.JOINED, Step.PARENTS])
    def test_goes_on_when_nobody_takes_it_up(self, step):
        assert turn(event(step, MONDAY)) == turn()

    def test_begins_anew_with_the_role_above_which_knows_who_had_it(self):
        up = turn(event(Step.ACKNOWLEDGED, MONDAY), event(Step.ESCALATED, MONDAY + ONE_DAY, "ib"))
        assert up == Turn("ib", MONDAY + ONE_DAY, before=("teacher",))

    def test_begins_anew_at_the_next_step(self):
        on = turn(event(Step.ACKNOWLEDGED, MONDAY), event(Step.HANDED_ON, MONDAY, "team"))
        assert on == Turn("team", MONDAY)

    def test_begins_anew_for_the_role_when_somebody_left(self):
        back = turn(event(Step.ASSIGNED, MONDAY), event(Step.RETURNED, MONDAY + ONE_DAY))
        assert back == Turn("teacher", MONDAY + ONE_DAY)

    def test_is_overdue_from_the_day_after_and_stays_so_a_role_up(self):
        its = deadlines_of(turn(), 3, 2, weekdays)
        assert not is_overdue(turn(), its, its.due)
        assert is_overdue(turn(), its, its.due + ONE_DAY)
        up = turn(event(Step.ESCALATED, its.escalation, "ib"))
        assert is_overdue(up, deadlines_of(up, 3, 2, weekdays), its.escalation)


class TestMoves:
    def live(self, nights, has_deputy=True, has_above=True):
        """Look on so many nights, and return what happened when, in days after the first."""
        events, found = [], []
        for night in nights:
            now = turn(*events)
            if now.before:
                break
            its = deadlines_of(now, 3, 2, weekdays)
            move = next_move(now, its, night, has_deputy, has_above)
            if move is not None:
                events.append(event(move, night, "ib"))
                found.append((move, (night - MONDAY).days))
        return found

    def every_night(self, count=14):
        return [MONDAY + n * ONE_DAY for n in range(count) for _twice in range(2)]

    def test_remind_then_ask_the_deputy_then_go_up(self):
        assert self.live(self.every_night()) == [
            (Step.REMINDED, 2),
            (Step.TO_DEPUTY, 4),
            (Step.ESCALATED, 8),
        ]

    def test_without_a_deputy_go_up_at_once(self):
        assert self.live(self.every_night(), has_deputy=False) == [
            (Step.REMINDED, 2),
            (Step.ESCALATED, 4),
        ]

    def test_stay_with_the_deputy_where_nobody_is_above(self):
        assert self.live(self.every_night(), has_above=False) == [
            (Step.REMINDED, 2),
            (Step.TO_DEPUTY, 4),
        ]

    def test_are_one_a_night_after_days_of_standstill(self):
        nights = [MONDAY + n * ONE_DAY for n in (9, 9, 10, 10, 11)]
        assert self.live(nights) == [(Step.REMINDED, 9), (Step.TO_DEPUTY, 10)]
