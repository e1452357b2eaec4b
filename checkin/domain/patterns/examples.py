"""A made-up class for each rule, told by the rule itself: what the pictures are drawn from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from checkin.domain.patterns.engine import find_patterns
from checkin.domain.patterns.observations import Observation
from checkin.domain.patterns.pattern import Pattern

PUPILS, TAPPED = 22, 20
CALM = 4
FIRST = date(2026, 8, 31)  # a Monday
_SWAY = (0, 1, -1, 0, 2, -1, 0, -2, 1, 0, 1, -1, 0, -1, 1, 2, -2, 0)
_SHOWN = 36  # school days in a picture


@dataclass(frozen=True)
class Day:
    """A school day of the made-up class: taps, and the heavy ones in both rounds."""

    day: date
    tapped: int
    heavy_in: int
    heavy_out: int


@dataclass(frozen=True)
class Example:
    """The days of a picture, what was told of them, and after how many days it had begun."""

    days: tuple[Day, ...]
    pattern: Pattern
    begins: int
    told: int

    @property
    def waited(self) -> int:
        """Return on which school day after the change it was told."""
        return self.told - self.begins + 1


@dataclass(frozen=True)
class _Story:
    """How many heavy taps a day has in each round, how many tap, and from which day it is so."""

    length: int
    begins: int
    heavy_in: Callable[[int], float]
    heavy_out: Callable[[int], float]
    tapped: Callable[[int], int] = lambda _n: TAPPED


def _both(length: int, begins: int, heavy: Callable[[int], float]) -> _Story:
    return _Story(length, begins, heavy, heavy)


_STORIES: Mapping[str, _Story] = {
    "sustained-rise": _both(42, 28, lambda n: CALM if n < 28 else 7),
    "slow-drift": _both(75, 32, lambda n: CALM if n < 32 else CALM + min((n - 32) * 0.13, 6)),
    "sudden-day": _both(36, 28, lambda n: 14 if n == 28 else CALM),
    "day-shift": _Story(46, 28, lambda n: CALM, lambda n: CALM if n < 28 else 10),
    "weekday": _both(56, 25, lambda n: 10 if n >= 25 and n % 5 == 0 else CALM),
    "participation": _Story(36, 28, lambda n: CALM, lambda n: CALM, lambda n: 20 if n < 28 else 14),
    "recovery": _both(54, 36, lambda n: 10 if 22 <= n < 36 else CALM),
}


@lru_cache(maxsize=32)
def examples(attention: float, budget: float) -> Mapping[str, Example]:
    """Return for each pattern its example, as the rules tell it with this setting."""
    heavy = TAPPED * min(attention + 0.2, 0.95)
    stories = {**_STORIES, "heavy-start": _both(16, 0, lambda _n: heavy)}
    made = {name: _example(name, story, attention, budget) for name, story in stories.items()}
    return {name: example for name, example in made.items() if example}


def _example(name: str, story: _Story, attention: float, budget: float) -> Example | None:
    days = [_day(story, n) for n in range(story.length)]
    told = [
        found for found in find_patterns(_rounds(days), attention, budget) if found.pattern == name
    ]
    if not told:
        return None
    at = next(n for n, day in enumerate(days) if day.day == told[0].day)
    end = min(len(days), at + 5)
    start = max(0, end - _SHOWN)
    return Example(tuple(days[start:end]), told[0], story.begins - start, at - start)


def _day(story: _Story, n: int) -> Day:
    tapped = story.tapped(n)
    sway, other = _SWAY[n % len(_SWAY)], _SWAY[(n + 5) % len(_SWAY)]
    day = FIRST + timedelta(days=n // 5 * 7 + n % 5)
    return Day(
        day,
        tapped,
        _within(story.heavy_in(n) + sway, tapped),
        _within(story.heavy_out(n) + other, tapped),
    )


def _rounds(days: list[Day]) -> list[Observation]:
    return [
        Observation(day.day, moment, PUPILS, day.tapped, heavy)
        for day in days
        for moment, heavy in (("check-in", day.heavy_in), ("check-out", day.heavy_out))
    ]


def _within(heavy: float, tapped: int) -> int:
    return min(max(round(heavy), 0), tapped)
