"""Following one classroom from day to day, with what people took for its new usual."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple

from checkin.domain.patterns.engine import LONG_BREAK, Engine
from checkin.domain.patterns.observations import Observation
from checkin.domain.patterns.pattern import Pattern


class Acceptance(NamedTuple):
    """On which day somebody took a pattern for the new usual; it holds from the next day on."""

    on: date
    pattern: str


class NoticedDay(NamedTuple):
    """What the rules told on a day, what was over its bar, and what goes on."""

    day: date
    patterns: tuple[Pattern, ...]
    over: tuple[str, ...]
    going_on: Pattern | None = None


def follow(
    engine: Engine, rounds: Iterable[Observation], accepted: Sequence[Acceptance] = ()
) -> Iterator[NoticedDay]:
    """Take whole days in, in order of time; the same in one go as a day at a time.

    An acceptance comes between the last day that is not after it and the day that follows.
    """
    for day, of_day in groupby(rounds, lambda observation: observation.day):
        last = engine.gathering.last
        for acceptance in accepted:
            if last is not None and last <= acceptance.on < day:
                engine.accept(acceptance.pattern)
        for observation in of_day:
            engine.feed(observation)
        patterns = tuple(engine.finish())
        yield NoticedDay(day, patterns, engine.over(), engine.going_on())


def this_year(rounds: Sequence[Observation]) -> Sequence[Observation]:
    """Return the rounds since the last long break: nothing before it is remembered."""
    start = 0
    for n, (before, after) in enumerate(pairwise(rounds), start=1):
        if (after.day - before.day).days > LONG_BREAK:
            start = n
    return rounds[start:]
