"""What holds for every history: the same flags, a day at a time, from state or from the start."""

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkin.domain.patterns import Engine, Observation, find_patterns
from tests.domain.pattern_histories import CALM, DARK, FIRST, PATIENTLY, histories, history

PATTERNS = (
    "sustained-rise",
    "slow-drift",
    "sudden-day",
    "day-shift",
    "weekday",
    "participation",
    "heavy-start",
    "recovery",
)


class TestEveryHistory:
    @PATIENTLY
    @given(histories())
    def test_gives_the_same_patterns_every_time(self, rounds: list[Observation]) -> None:
        assert find_patterns(rounds) == find_patterns(iter(rounds))

    @PATIENTLY
    @given(histories(), st.data())
    def test_gives_patterns_that_later_days_cannot_change(
        self, rounds: list[Observation], data: st.DataObject
    ) -> None:
        days = sorted({observation.day for observation in rounds}) or [FIRST]
        until = data.draw(st.sampled_from(days))
        seen = [observation for observation in rounds if observation.day <= until]
        before = [found for found in find_patterns(rounds) if found.day <= until]
        assert find_patterns(seen) == before

    @PATIENTLY
    @given(histories(), st.data())
    def test_goes_on_from_state_that_was_put_away_as_json(
        self, rounds: list[Observation], data: st.DataObject
    ) -> None:
        pause = data.draw(st.integers(0, len(rounds)))
        engine = Engine()
        found = [pattern for one in rounds[:pause] for pattern in engine.feed(one)]
        resumed = Engine.from_state(json.loads(json.dumps(engine.to_state())))
        assert resumed == engine
        found += [pattern for one in rounds[pause:] for pattern in resumed.feed(one)]
        assert found + resumed.finish() == find_patterns(rounds)

    @PATIENTLY
    @given(histories())
    def test_tells_a_pattern_only_when_it_is_not_open(self, rounds: list[Observation]) -> None:
        days = sorted({observation.day for observation in rounds})
        patterns = find_patterns(rounds)
        for name in PATTERNS:
            told = [days.index(found.day) for found in patterns if found.pattern == name]
            fresh = all((b - a).days <= 28 for a, b in pairwise(days))
            if fresh and name != "recovery":
                assert all(later - earlier > 10 for earlier, later in pairwise(told))

    @PATIENTLY
    @given(histories())
    def test_tells_no_recovery_without_something_told_before(
        self, rounds: list[Observation]
    ) -> None:
        lasting = ("sustained-rise", "slow-drift", "heavy-start")
        names = [
            found.pattern
            for found in find_patterns(rounds)
            if found.pattern in (*lasting, "recovery")
        ]
        assert all(
            before in lasting for before, name in pairwise(["", *names]) if name == "recovery"
        )

    @PATIENTLY
    @given(histories())
    def test_that_is_withheld_tells_of_participation_only(self, rounds: list[Observation]) -> None:
        withheld = [Observation(o.day, o.round, o.pupils, o.answered, None) for o in rounds]
        assert {found.pattern for found in find_patterns(withheld)} <= {"participation"}

    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.integers(0, 20), min_size=150, max_size=200))
    def test_is_remembered_in_bounded_memory(self, heavy: list[int]) -> None:
        engine, sizes = Engine(), set()
        for n, observation in enumerate(history(*heavy)):
            engine.feed(observation)
            if n in (6, 60, 149):
                sizes.add(len(list(plain_values(engine.to_state()))))
        assert len(sizes) == 1
        assert len(json.dumps(engine.to_state())) < 5_000


def plain_values(state: Any) -> Iterable[Any]:
    if isinstance(state, list):
        for part in state:
            yield from plain_values(part)
    else:
        assert state is None or isinstance(state, int | float | str)
        yield state


class TestState:
    @pytest.mark.parametrize(
        "wrong", [None, [], {}, [0], [1, 0.4], [2, 0.4], [2, "x", 1.0, [], None]]
    )
    def test_that_is_none_of_ours_is_refused(self, wrong: Any) -> None:
        with pytest.raises(ValueError, match="not the state"):
            Engine.from_state(wrong)

    def test_is_kept_before_the_first_day_too(self) -> None:
        assert Engine.from_state(json.loads(json.dumps(Engine(0.5).to_state()))) == Engine(0.5)


class TestAccepting:
    """'This is the new usual': nothing more is told of what is known to stay."""

    def run(self, *heavy: int, accept_after: int, name: str) -> list[str]:
        engine, found = Engine(), []
        for n, observation in enumerate(history(*heavy)):
            found += engine.feed(observation)
            if n == accept_after:
                found += engine.finish()
                engine.accept(name)
        return [pattern.pattern for pattern in found + engine.finish()]

    def test_a_rise_compares_with_the_days_since_it_began(self) -> None:
        heavy = [*[CALM] * 40, *[9] * 12]
        engine = Engine()
        for observation in history(*heavy):
            engine.feed(observation)
        engine.finish()
        engine.accept("sustained-rise")
        assert engine.rules is not None
        usual = engine.rules.sustained_rise.usual()
        assert usual.share == pytest.approx(0.45, abs=0.05)
        assert usual.days == 12

    def test_a_heavy_start_ends_the_waiting_for_good_news(self) -> None:
        heavy = [*[DARK] * 20, *[CALM] * 20]
        assert "recovery" in self.run(*heavy, accept_after=80, name="heavy-start")
        assert "recovery" not in self.run(*heavy, accept_after=10, name="heavy-start")

    def test_a_further_rise_is_told_again(self) -> None:
        heavy = [*[CALM] * 40, *[8] * 30, *[15] * 10]
        told = self.run(*heavy, accept_after=60, name="sustained-rise")
        assert told.count("sustained-rise") == 2

    @pytest.mark.parametrize("name", [*PATTERNS, "unheard-of"])
    def test_is_harmless_at_any_time(self, name: str) -> None:
        Engine().accept(name)
        self.run(*[CALM] * 30, accept_after=3, name=name)
