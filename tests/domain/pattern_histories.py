"""Histories of one classroom to try rules on."""

from collections.abc import Iterable
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st

from checkin.domain.patterns import Observation, Pattern, find_patterns

FIRST = date(2026, 9, 1)  # a Tuesday
WITHHELD = None
PATIENTLY = settings(deadline=None)  # a year of a class takes as long as the machine is busy
CALM, DARK = 4, 12  # heavy taps out of 20


def school_days(number: int) -> list[date]:
    """Weekdays from the first one on."""
    weeks = range(number // 5 + 2)
    every = [FIRST + timedelta(days=7 * week + day) for week in weeks for day in range(7)]
    return [day for day in every if day.weekday() < 5][:number]


def history(*heavy: int | None, answered: int = 20, pupils: int = 24) -> list[Observation]:
    """One check-in a school day."""
    days = school_days(len(heavy))
    return [
        Observation(day, "check-in", pupils, answered, count)
        for day, count in zip(days, heavy, strict=True)
    ]


def both_rounds(*heavy: tuple[int, int], answered: int = 20) -> list[Observation]:
    """A check-in and a check-out a school day."""
    days = school_days(len(heavy))
    return [
        Observation(day, moment, 24, answered, count)
        for day, counts in zip(days, heavy, strict=True)
        for moment, count in zip(("check-in", "check-out"), counts, strict=True)
    ]


def told(name: str, rounds: Iterable[Observation]) -> list[Pattern]:
    """Return the patterns of one name."""
    return [found for found in find_patterns(rounds) if found.pattern == name]


def told_after(name: str, rounds: list[Observation]) -> list[int]:
    """Return after how many school days each pattern of one name was told, from 0."""
    days = sorted({observation.day for observation in rounds})
    return [days.index(found.day) for found in told(name, rounds)]


@st.composite
def histories(draw: st.DrawFn) -> list[Observation]:
    """Weeks of very different shares, with gaps, withheld and missing rounds, and changing size."""
    day, rounds = FIRST, []
    pupils = draw(st.integers(10, 24))
    phases = draw(st.lists(st.tuples(st.integers(1, 25), st.floats(0, 1)), max_size=6))
    for length, share in phases:
        for _ in range(length):
            day += timedelta(draw(st.sampled_from((1, 1, 1, 1, 3, 10, 40))))
            pupils = min(max(pupils + draw(st.sampled_from((0, 0, 0, 1, -1))), 8), 30)
            for moment in draw(st.sampled_from((("check-in", "check-out"), ("check-out",)))):
                answered = draw(st.integers(7, pupils))
                near = round(answered * share) + draw(st.integers(-2, 2))
                heavy = min(max(near, 0), answered) if draw(st.integers(0, 9)) else None
                rounds.append(Observation(day, moment, pupils, answered, heavy))
    return rounds
