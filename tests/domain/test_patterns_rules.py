"""What each rule notices, and what it stays silent about."""

from datetime import timedelta
from itertools import pairwise

import pytest

from checkin.domain.patterns import Engine, Observation, find_patterns
from tests.domain.pattern_histories import (
    CALM,
    DARK,
    FIRST,
    WITHHELD,
    both_rounds,
    history,
    school_days,
    told,
    told_after,
)


def rises(*heavy: int | None) -> list[int]:
    return told_after("sustained-rise", history(*heavy))


def sudden_days(*heavy: int | None) -> list[int]:
    return told_after("sudden-day", history(*heavy))


def drifts(*heavy: int | None) -> list[int]:
    return told_after("slow-drift", history(*heavy))


def recoveries(*heavy: int | None) -> list[int]:
    return told_after("recovery", history(*heavy))


class TestSustainedRise:
    def test_is_found_within_days_and_says_since_when(self) -> None:
        [rise] = told("sustained-rise", history(*[CALM] * 30, *[8] * 10))
        days = school_days(40)
        assert rise.since == days[30]
        assert rise.day <= days[35]
        assert rise.numbers["since"] == days[30].isoformat()
        assert rise.numbers["days"] == days.index(rise.day) - 29
        assert (rise.numbers["share_now"], rise.numbers["share_usual"]) == (0.4, 0.2)
        assert rise.numbers["usual_days"] == 30
        assert rise.strength > 2

    def test_is_found_in_a_classroom_that_is_always_heavy_too(self) -> None:
        assert rises(*[10] * 30, *[16] * 12)

    def test_is_not_made_by_one_day_however_dark(self) -> None:
        assert rises(*[CALM] * 30, 20, *[CALM] * 30) == []

    def test_is_not_found_before_ten_days_are_known(self) -> None:
        assert rises(*[CALM] * 9, *[DARK] * 3) == []
        assert rises(*[CALM] * 10, *[DARK] * 4) == [12]

    def test_is_told_once_while_it_lasts(self) -> None:
        assert len(rises(*[CALM] * 40, *[9] * 60)) == 1

    def test_is_told_again_when_it_had_ended(self) -> None:
        assert len(rises(*[CALM] * 40, *[9] * 8, *[CALM] * 30, *[9] * 8)) == 2

    def test_that_stays_becomes_the_new_usual(self) -> None:
        engine = Engine()
        for observation in history(*[CALM] * 80, *[12] * 40):
            engine.feed(observation)
        assert engine.rules is not None
        assert engine.rules.sustained_rise.usual().share == pytest.approx(0.6, abs=0.05)

    def test_of_fewer_heavy_taps_is_none(self) -> None:
        assert rises(*[7] * 30, *[CALM] * 30) == []

    def test_survives_withheld_days_in_between(self) -> None:
        assert rises(*[CALM] * 30, *[WITHHELD] * 20) == []
        assert rises(*[CALM] * 30, 8, 8, WITHHELD, WITHHELD, 8, 8, 8, 8) != []

    def test_does_not_look_back_beyond_the_summer(self) -> None:
        spring = history(*[CALM] * 60)
        later = school_days(130)[100:]
        autumn = [Observation(day, "check-in", 24, 20, 9) for day in later]
        assert told("sustained-rise", spring + autumn) == []


class TestSlowDrift:
    SLOWLY = tuple(CALM + n // 11 for n in range(70))

    def test_is_told_before_it_is_as_large_as_a_sudden_rise_must_be(self) -> None:
        [found] = told("slow-drift", history(*[CALM] * 60, *self.SLOWLY))
        assert 0.2 <= float(found.numbers["share_now"]) <= 0.4
        assert float(found.numbers["days"]) >= 10
        assert found.since > school_days(130)[60]

    def test_is_not_made_by_a_dark_week(self) -> None:
        assert drifts(*[CALM] * 60, *[7] * 3, *[CALM] * 30) == []

    def test_is_not_told_of_a_rise_that_was(self) -> None:
        patterns = find_patterns(history(*[CALM] * 60, *[8] * 60))
        assert [found.pattern for found in patterns] == ["sustained-rise"]

    def test_is_not_followed_by_a_rise_on_the_same_days(self) -> None:
        patterns = find_patterns(history(*[CALM] * 60, *self.SLOWLY))
        days = [found.day for found in patterns if found.pattern != "recovery"]
        assert all(b - a > timedelta(10) for a, b in pairwise(days))

    def test_is_none_where_nothing_changes(self) -> None:
        assert drifts(*[3, 4, 2, 3, 5, 1] * 30) == []


class TestSuddenDay:
    def test_is_found_on_the_day_itself(self) -> None:
        [found] = find_patterns(history(*[CALM] * 30, 14, *[CALM] * 5))
        assert found.pattern == "sudden-day"
        assert found.day == found.since == school_days(31)[30]
        assert (found.numbers["share_now"], found.numbers["share_usual"]) == (0.7, 0.2)

    def test_is_not_a_day_a_little_above_usual(self) -> None:
        assert sudden_days(*[CALM] * 30, 8, *[CALM] * 5) == []

    def test_is_not_a_day_far_below_usual(self) -> None:
        assert sudden_days(*[7] * 30, 0) == []

    def test_is_not_found_before_ten_days_are_known(self) -> None:
        assert sudden_days(*[CALM] * 9, 20) == []
        assert sudden_days(*[CALM] * 10, 20) == [10]

    @pytest.mark.parametrize(("between", "told"), [(9, [30]), (10, [30, 41])])
    def test_is_told_again_only_after_ten_school_days_without(
        self, between: int, told: list[int]
    ) -> None:
        assert sudden_days(*[CALM] * 30, 18, *[CALM] * between, 18) == told

    def test_counts_withheld_days_as_school_days(self) -> None:
        assert sudden_days(*[CALM] * 30, 18, *[WITHHELD] * 10, 18) == [30, 41]

    def test_needs_more_in_a_small_classroom(self) -> None:
        small = history(*[1] * 30, 4, answered=8)
        assert find_patterns(small) == []

    def test_must_stand_out_from_a_rise_that_was_just_told(self) -> None:
        assert sudden_days(*[CALM] * 30, *[8] * 6, 12) == []
        assert sudden_days(*[CALM] * 30, 12, *[CALM] * 20) == [30]
        assert sudden_days(*[CALM] * 30, *[8] * 6, 20) == [36]


class TestDayShift:
    def test_is_found_when_check_out_alone_becomes_heavier(self) -> None:
        rounds = both_rounds(*[(4, 4)] * 30, *[(4, 10)] * 12)
        [found] = told("day-shift", rounds)
        assert found.since == school_days(31)[30]
        numbers = found.numbers
        assert (numbers["share_now"], numbers["share_check_in"]) == (0.5, 0.2)
        assert numbers["share_usual"] == 0.2
        assert found.day <= school_days(42)[38]

    def test_is_not_a_rise_of_the_whole_day(self) -> None:
        assert told("day-shift", both_rounds(*[(4, 4)] * 30, *[(9, 9)] * 30)) == []

    def test_is_not_a_check_out_that_was_always_heavier(self) -> None:
        assert told("day-shift", both_rounds(*[(4, 8)] * 80)) == []

    def test_is_not_a_dark_day_in_the_morning_too(self) -> None:
        rounds = both_rounds(*[(4, 4)] * 30, *[(9, 8), (4, 4), (4, 4)] * 8)
        assert told("day-shift", rounds) == []

    def test_is_not_a_check_out_that_was_lighter_and_is_no_longer(self) -> None:
        assert told("day-shift", both_rounds(*[(9, 3)] * 30, *[(9, 9)] * 12)) == []

    def test_needs_both_rounds(self) -> None:
        afternoons = [
            o for o in both_rounds(*[(4, 4)] * 30, *[(4, 10)] * 12) if o.round[6:] == "out"
        ]
        assert told("day-shift", afternoons) == []


class TestWeekday:
    MONDAYS = tuple(10 if day.weekday() == 0 else 4 for day in school_days(60))

    def test_is_found_and_named(self) -> None:
        [found] = told("weekday", history(*[4] * 40, *self.MONDAYS[40:], *self.MONDAYS[:40]))
        assert found.numbers["weekday"] == found.day.weekday()
        assert float(found.numbers["share_now"]) > float(found.numbers["share_usual"])

    def test_needs_several_of_them(self) -> None:
        [first] = told_after("weekday", history(*self.MONDAYS))
        mondays = [day for day in school_days(60)[: first + 1] if day.weekday() == 0]
        assert 3 <= len(mondays) <= 6
        assert school_days(60)[first].weekday() == 0

    def test_is_not_two_of_them_however_dark(self) -> None:
        dark = [20 if n in (24, 29) else 4 for n in range(45)]
        three = [20 if n in (24, 29, 34) else 4 for n in range(45)]
        assert told_after("weekday", history(*dark)) == []
        assert told_after("weekday", history(*three)) == [34]

    def test_is_told_once_in_half_a_school_year(self) -> None:
        long = [10 if day.weekday() == 0 else 4 for day in school_days(90)]
        assert len(told("weekday", history(*long))) == 1

    def test_is_not_a_week_in_which_every_day_is_heavy(self) -> None:
        assert told("weekday", history(*[4] * 40, *[9] * 40)) == []


class TestParticipation:
    @staticmethod
    def attendance(*answered: int, pupils: int = 24) -> list[Observation]:
        return [
            Observation(day, "check-in", pupils, n, n // 5 if n >= 7 else None)
            for day, n in zip(school_days(len(answered)), answered, strict=True)
        ]

    def test_is_found_when_fewer_tap_than_usual(self) -> None:
        [found] = told("participation", self.attendance(*[21] * 30, *[14] * 10))
        assert (found.numbers["share_now"], found.numbers["share_usual"]) == (0.6, 0.9)
        assert found.since == school_days(31)[30]
        assert found.day <= school_days(40)[34]

    def test_is_known_of_withheld_rounds_too(self) -> None:
        assert told("participation", self.attendance(*[9] * 30, *[4] * 10, pupils=10))

    def test_is_not_a_class_that_became_smaller(self) -> None:
        before, after = school_days(60)[:30], school_days(60)[30:]
        rounds = [Observation(day, "check-in", 24, 21, 4) for day in before]
        rounds += [Observation(day, "check-in", 16, 14, 3) for day in after]
        assert told("participation", rounds) == []

    def test_is_not_a_check_out_that_is_not_held(self) -> None:
        rounds = both_rounds(*[(4, 4)] * 60)
        held = [o for n, o in enumerate(rounds) if o.round == "check-in" or n < 60]
        assert told("participation", held) == []

    def test_is_not_a_check_out_that_always_had_fewer(self) -> None:
        rounds = [
            Observation(day, moment, 24, answered, 4)
            for n, day in enumerate(school_days(60))
            for moment, answered in (("check-in", 22), ("check-out", 14))
            if moment == "check-out" or n < 30
        ]
        assert told("participation", rounds) == []


class TestHeavyStart:
    def test_is_found_in_the_first_weeks(self) -> None:
        [found] = find_patterns(history(*[DARK] * 10))
        assert found.pattern == "heavy-start"
        assert found.day == school_days(5)[4]
        assert (found.since, found.numbers["days"]) == (FIRST, 5)
        assert (found.numbers["share_now"], found.numbers["attention"]) == (0.6, 0.4)

    def test_is_told_once(self) -> None:
        assert told_after("heavy-start", history(*[DARK] * 190)) == [4]

    def test_is_not_a_class_at_the_attention_level(self) -> None:
        assert told("heavy-start", history(*[8] * 60)) == []

    def test_is_not_a_class_that_becomes_heavy_later(self) -> None:
        assert told("heavy-start", history(*[CALM] * 30, *[15] * 60)) == []

    def test_keeps_to_the_level_of_the_school(self) -> None:
        lenient = find_patterns(history(*[DARK] * 20), attention=0.7)
        assert lenient == []

    def test_looks_again_after_the_summer(self) -> None:
        days = [*school_days(20), *school_days(120)[100:]]
        rounds = [Observation(day, "check-in", 24, 20, DARK) for day in days]
        assert [found.day for found in told("heavy-start", rounds)] == [days[4], days[24]]


class TestRecovery:
    def test_is_told_when_a_told_rise_is_over(self) -> None:
        [found] = told("recovery", history(*[CALM] * 40, *[10] * 20, *[CALM] * 15))
        days = school_days(75)
        assert found.since == days[60]
        assert found.day <= days[66]
        assert found.numbers["share_now"] == 0.2
        assert found.numbers["share_raised"] == 0.5

    def test_is_told_after_a_heavy_start(self) -> None:
        assert recoveries(*[DARK] * 20, *[CALM] * 15)

    def test_is_not_told_without_anything_to_recover_from(self) -> None:
        assert recoveries(*[7] * 40, *[0] * 30) == []

    def test_is_not_told_while_it_lasts(self) -> None:
        assert recoveries(*[CALM] * 40, *[10] * 60) == []

    def test_is_not_one_lighter_day(self) -> None:
        assert recoveries(*[CALM] * 40, *[10] * 10, 2, *[10] * 20) == []

    def test_is_told_once(self) -> None:
        assert len(recoveries(*[CALM] * 40, *[10] * 20, *[CALM] * 60)) == 1
