"""What each rule notices, what it stays silent about, and what holds for every history."""

import pickle
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin.domain.patterns import Engine, Observation, Pattern, find_patterns, sentence
from checkin.domain.patterns.words import in_tenths

FIRST = date(2026, 9, 1)
CALM, DARK = 3, 11  # heavy taps out of 20
WITHHELD = None


def history(*heavy: int | None, answered: int = 20) -> list[Observation]:
    """One check-in a day, every day a school day."""
    return [
        Observation(FIRST + timedelta(n), "check-in", 24, answered, count)
        for n, count in enumerate(heavy)
    ]


def days_of(patterns: Iterable[Pattern], name: str) -> list[int]:
    return [(found.day - FIRST).days for found in patterns if found.pattern == name]


def rises(*heavy: int | None) -> list[int]:
    return days_of(find_patterns(history(*heavy)), "sustained-rise")


def sudden_days(*heavy: int | None) -> list[int]:
    return days_of(find_patterns(history(*heavy)), "sudden-day")


class TestSustainedRise:
    def test_is_found_within_days_and_says_since_when(self) -> None:
        found = find_patterns(history(*[CALM] * 30, *[8] * 10))
        [rise] = [pattern for pattern in found if pattern.pattern == "sustained-rise"]
        assert rise.day <= FIRST + timedelta(35)
        assert rise.since == FIRST + timedelta(30)
        assert rise.numbers["since"] == "2026-10-01"
        assert rise.numbers["days"] == (rise.day - rise.since).days + 1
        assert (rise.numbers["share_now"], rise.numbers["share_usual"]) == (0.4, 0.2)
        assert rise.strength > 2

    def test_is_found_in_a_classroom_that_is_always_heavy_too(self) -> None:
        assert rises(*[10] * 30, *[16] * 12)

    def test_is_not_made_by_one_day_however_dark(self) -> None:
        assert rises(*[CALM] * 30, 20, *[CALM] * 30) == []

    def test_is_not_found_before_ten_days_are_known(self) -> None:
        assert rises(*[CALM] * 9, *[DARK] * 3) == []
        assert rises(*[CALM] * 10, *[DARK] * 3) == [12]

    def test_is_told_once_while_it_lasts(self) -> None:
        assert len(rises(*[CALM] * 40, *[9] * 60)) == 1

    def test_is_told_again_when_it_had_ended(self) -> None:
        assert len(rises(*[CALM] * 40, *[9] * 8, *[CALM] * 30, *[9] * 8)) == 2

    def test_that_stays_becomes_the_new_usual(self) -> None:
        engine = Engine()
        for observation in history(*[CALM] * 80, *[12] * 40):
            engine.feed(observation)
        assert engine.rise.usual().share == pytest.approx(0.6, abs=0.05)

    def test_of_fewer_heavy_taps_is_none(self) -> None:
        assert rises(*[DARK] * 30, *[CALM] * 30) == []


class TestSuddenDay:
    def test_is_found_on_the_day_itself(self) -> None:
        [found] = find_patterns(history(*[CALM] * 30, 14, *[CALM] * 5))
        assert found.pattern == "sudden-day"
        assert found.day == found.since == FIRST + timedelta(30)
        assert (found.numbers["share_now"], found.numbers["share_usual"]) == (0.7, 0.2)

    def test_is_not_a_day_a_little_above_usual(self) -> None:
        assert sudden_days(*[CALM] * 30, 6, *[CALM] * 5) == []

    def test_is_not_a_day_far_below_usual(self) -> None:
        assert sudden_days(*[15] * 30, 0) == []

    def test_is_not_found_before_ten_days_are_known(self) -> None:
        assert sudden_days(*[CALM] * 9, 20) == []
        assert sudden_days(*[CALM] * 10, 20) == [10]

    @pytest.mark.parametrize(("between", "told"), [(9, [30]), (10, [30, 41])])
    def test_is_told_again_only_after_ten_school_days_without(
        self, between: int, told: list[int]
    ) -> None:
        assert sudden_days(*[CALM] * 30, 18, *[CALM] * between, 18) == told

    def test_needs_more_in_a_small_classroom(self) -> None:
        small = history(*[1] * 30, 4, answered=8)
        assert find_patterns(small) == []


class TestWithheld:
    def test_rounds_are_missing_and_not_zero(self) -> None:
        engine, gap = Engine(), Engine()
        for observation in history(*[CALM] * 30):
            engine.feed(observation)
        for observation in history(*[CALM] * 30, *[WITHHELD] * 30):
            gap.feed(observation)
        engine.finish()
        gap.finish()
        assert gap.rise.usual() == engine.rise.usual()

    def test_rounds_end_no_rise_and_begin_none(self) -> None:
        assert rises(*[CALM] * 30, *[WITHHELD] * 20) == []
        assert rises(*[CALM] * 30, 8, 8, WITHHELD, WITHHELD, 8, 8, 8, 8) != []

    def test_days_are_school_days_when_a_pattern_ends(self) -> None:
        assert sudden_days(*[CALM] * 30, 18, *[WITHHELD] * 10, 18) == [30, 41]


class TestWords:
    def test_tell_a_rise(self) -> None:
        found = find_patterns(history(*[CALM] * 30, *[8] * 10))
        assert sentence(found[-1]) == (
            "Since 2026-10-01, over 3 school days, about 40% of the taps were on heavy feelings;"
            " usual in this classroom is about 20%."
        )

    def test_tell_a_sudden_day_without_saying_that_it_was_everybody(self) -> None:
        [everybody] = find_patterns(history(*[CALM] * 30, 20))
        [nearly] = find_patterns(history(*[CALM] * 30, 18))
        assert sentence(everybody) == sentence(nearly)
        assert sentence(everybody) == (
            "On 2026-10-01, 80% or more of the taps were on heavy feelings;"
            " usual in this classroom is 20% or less."
        )

    def test_do_not_set_two_equal_shares_against_each_other(self) -> None:
        rise = Pattern(
            "sustained-rise",
            FIRST,
            strength=2.0,
            since=FIRST,
            numbers={"share_now": 0.4, "share_usual": 0.4, "since": "2026-10-01", "days": 12},
        )
        assert "a little more than usual" in sentence(rise)

    @given(st.floats(0, 1))
    def test_no_share_is_finer_than_a_tenth(self, share: float) -> None:
        assert in_tenths(share) in {n / 10 for n in range(1, 10)}


@st.composite
def histories(draw: st.DrawFn) -> list[Observation]:
    """Weeks of very different shares, with gaps, withheld and missing rounds."""
    day, rounds = FIRST, []
    phases = draw(st.lists(st.tuples(st.integers(1, 25), st.floats(0, 1)), max_size=6))
    for length, share in phases:
        for _ in range(length):
            day += timedelta(draw(st.sampled_from((1, 1, 1, 1, 3, 10))))
            for moment in draw(st.sampled_from((("check-in", "check-out"), ("check-out",)))):
                answered = draw(st.integers(7, 24))
                near = round(answered * share) + draw(st.integers(-2, 2))
                heavy = min(max(near, 0), answered) if draw(st.integers(0, 9)) else None
                rounds.append(Observation(day, moment, 24, answered, heavy))
    return rounds


class TestEveryHistory:
    @given(histories())
    def test_gives_the_same_patterns_every_time(self, rounds: list[Observation]) -> None:
        assert find_patterns(rounds) == find_patterns(iter(rounds))

    @given(histories(), st.data())
    def test_gives_patterns_that_later_days_cannot_change(
        self, rounds: list[Observation], data: st.DataObject
    ) -> None:
        days = sorted({observation.day for observation in rounds}) or [FIRST]
        until = data.draw(st.sampled_from(days))
        seen = [observation for observation in rounds if observation.day <= until]
        before = [found for found in find_patterns(rounds) if found.day <= until]
        assert find_patterns(seen) == before

    @given(histories(), st.data())
    def test_can_be_fed_a_round_at_a_time_and_put_away_in_between(
        self, rounds: list[Observation], data: st.DataObject
    ) -> None:
        pause = data.draw(st.integers(0, len(rounds)))
        engine = Engine()
        found = [pattern for one in rounds[:pause] for pattern in engine.feed(one)]
        resumed: Engine = pickle.loads(pickle.dumps(engine))
        found += [pattern for one in rounds[pause:] for pattern in resumed.feed(one)]
        assert found + resumed.finish() == find_patterns(rounds)

    @given(histories())
    def test_opens_a_pattern_only_when_it_is_not_open(self, rounds: list[Observation]) -> None:
        days = sorted({observation.day for observation in rounds})
        for name in ("sustained-rise", "sudden-day"):
            told = [days.index(p.day) for p in find_patterns(rounds) if p.pattern == name]
            assert all(later - earlier > 10 for earlier, later in pairwise(told))

    @settings(max_examples=20)
    @given(st.lists(st.integers(0, 20), min_size=250, max_size=300))
    def test_is_remembered_in_plain_values_and_bounded_memory(self, heavy: list[int]) -> None:
        engine = Engine()
        for observation in history(*heavy):
            engine.feed(observation)
        values = list(plain_values(asdict(engine)))
        assert all(value is None or isinstance(value, int | float | str | date) for value in values)
        assert len(values) <= 3 * 160 + 30


def plain_values(state: object) -> Iterable[object]:
    if isinstance(state, dict):
        state = list(state.values())
    if isinstance(state, list | tuple):
        for part in state:
            yield from plain_values(part)
    else:
        yield state
