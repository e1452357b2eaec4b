"""P8: somebody solves a week as a puzzle.

The attack: take everything that is published of one week as equations: how many tapped in each
round, each round's light, each feeling's share. Suppose that no light was touched by its noise, and
that the noise in no counter of the week was more than one. Add two children's answers in one round,
known for certain. Then ask of a third tap in that round whether it can still have been heavy, and
whether it can still have been not. If only one is possible, somebody was found out.

The promise: whatever was tapped in the week, both are possible, for every tap of every round.

Every week of a class of seven or eight is tried, up to the order of its rounds: how many heavy
cards in each, and these and the others on one feeling, on two, or on all alike. In some weeks a bet
that the noise in all nine counters was nought would find somebody out; such a bet is won three
times in a million, and whoever made it cannot know that it was.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations_with_replacement, product

import pytest

from checkin.domain import release
from checkin.domain.feelings import Feeling

HEAVY = tuple(f for f in Feeling if f.heavy)
OTHERS = tuple(f for f in Feeling if not f.heavy)
ROUNDS = 6
"""Six rounds of seven are 42 taps: hardly enough for a week picture, so the shares say the most."""
KNOWN = 2
WAYS = ("one feeling", "two", "all alike")


@dataclass(frozen=True)
class Rule:
    """What is published of a round and of a week, and what is thought of its noise."""

    light_of: Callable[[int, int], str] = release.light_of
    share_of: Callable[[int, int], str] = release.share_of
    noise: int = 1
    """The most that a counter of the week is thought to be off."""


@dataclass(frozen=True)
class Puzzle:
    """What is published of a week, as bounds on what was tapped."""

    rounds: tuple[tuple[int, int], ...]
    """Least and most heavy taps, of each round."""
    heavy: tuple[int, int]
    """Least and most heavy taps that the shares of the week allow."""

    def allows(self, round: int, least: int, most: int) -> bool:
        """Tell whether a round can have had from `least` to `most` heavy taps."""
        low, high = self.rounds[round]
        low, high = max(low, least), min(high, most)
        others = [bounds for n, bounds in enumerate(self.rounds) if n != round]
        lowest, highest = low + sum(a for a, _ in others), high + sum(b for _, b in others)
        return low <= high and lowest <= self.heavy[1] and highest >= self.heavy[0]


def who_is_found_out(m: int, known: int = KNOWN, rule: Rule = Rule()) -> list[str]:
    """Try every week of a class in which `m` tap; return those in which a tap is certain."""
    found = []
    for heavies in combinations_with_replacement(range(m + 1), ROUNDS):
        for ways in product(WAYS, repeat=2):
            puzzle = pose(m, heavies, *ways, rule)
            for round, heavy in enumerate(heavies):
                if heavies.index(heavy) == round and _is_certain(puzzle, round, m, heavy, known):
                    found.append(f"{heavies} heavy, spread over {ways}: a tap of round {round}")
    return found


def _is_certain(puzzle: Puzzle, round: int, m: int, heavy: int, known: int) -> bool:
    """Tell whether knowing some answers of a round makes one more certain, whichever they are."""
    for sad in range(max(0, known - (m - heavy)), min(known, heavy) + 1):
        was_heavy = puzzle.allows(round, sad + 1, m - (known - sad))
        was_not = puzzle.allows(round, sad, m - (known - sad) - 1)
        if not (was_heavy and was_not):
            return True
    return False


def pose(m: int, heavies: Sequence[int], way: str, way_of_others: str, rule: Rule) -> Puzzle:
    """Publish a week and put what was published as a puzzle."""
    taps, heavy = m * ROUNDS, sum(heavies)
    counts = _spread(heavy, HEAVY, way) | _spread(taps - heavy, OTHERS, way_of_others)
    told = {feeling: _numbers_behind(rule, taps, count) for feeling, count in counts.items()}
    low = sum(told[f][0] for f in HEAVY), taps - sum(told[f][1] for f in OTHERS)
    high = sum(told[f][1] for f in HEAVY), taps - sum(told[f][0] for f in OTHERS)
    return Puzzle(tuple(_heavy_behind(rule, m, h) for h in heavies), (max(low), min(high)))


def _spread(count: int, feelings: Sequence[Feeling], way: str) -> Mapping[Feeling, int]:
    among = {"one feeling": 1, "two": 2, "all alike": len(feelings)}[way]
    return {
        feeling: count // among + (n < count % among) if n < among else 0
        for n, feeling in enumerate(feelings)
    }


@lru_cache
def _heavy_behind(rule: Rule, m: int, heavy: int) -> tuple[int, int]:
    """Return the least and the most heavy taps that give the same light."""
    alike = [h for h in range(m + 1) if rule.light_of(m, h) == rule.light_of(m, heavy)]
    return alike[0], alike[-1]


@lru_cache
def _numbers_behind(rule: Rule, taps: int, count: int) -> tuple[int, int]:
    """Return the least and the most taps that give the same share."""
    alike = [c for c in range(taps + 1) if rule.share_of(c, taps) == rule.share_of(count, taps)]
    return alike[0] - rule.noise, alike[-1] + rule.noise


@pytest.mark.parametrize("m", [7, 8])
def test_every_tap_of_every_week_can_have_been_another(m: int) -> None:
    assert who_is_found_out(m) == []


def test_many_weeks_are_tried() -> None:
    assert sum(1 for _ in _weeks(7)) == 1716


def _weeks(m: int) -> Iterator[tuple[int, ...]]:
    return combinations_with_replacement(range(m + 1), ROUNDS)


# The canaries.


def lights_that_can_mean_nobody(m: int, heavy: int) -> str:
    return "none" if heavy == 0 else release.light_of(m, heavy)


def lights_in_thirds(m: int, heavy: int) -> str:
    return str(min(2, 3 * heavy // m))


@pytest.mark.parametrize(
    "canary",
    [
        Rule(light_of=lights_that_can_mean_nobody),
        Rule(light_of=lights_in_thirds),
    ],
    ids=["none", "thirds"],
)
def test_it_catches(canary: Rule) -> None:
    assert who_is_found_out(7, rule=canary) != []


def test_it_catches_a_floor_of_five() -> None:
    assert who_is_found_out(5) != []


def test_it_catches_a_week_without_noise() -> None:
    assert who_is_found_out(7, rule=Rule(noise=0)) != []


def test_three_known_answers_are_one_too_many() -> None:
    """The promise of the light alone is for two; its noise is what holds beyond."""
    assert who_is_found_out(7, known=3) != []
