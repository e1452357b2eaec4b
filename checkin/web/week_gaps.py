"""Weeks without school keep their place among the weeks that are shown, and say why."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol, TypeVar

from checkin.domain.calendar import Span
from checkin.domain.release import Light
from checkin.web.light_grid import off_word


class OffWeek(NamedTuple):
    """A week without school; `off` says why, and there is nothing else in it."""

    week: str
    off: str
    shares: Mapping[str, str] | None = None
    coping: Mapping[str, str] | None = None
    lights: Mapping[Light, int] = {}  # a value, nobody writes in it


class _Week(Protocol):
    @property
    def week(self) -> str: ...


Shown = TypeVar("Shown", bound=_Week)


def with_gaps(weeks: Sequence[Shown], off: Mapping[str, Span]) -> list[Shown | OffWeek]:
    """Return weeks, oldest first, with those between them that had no school."""
    known = [one.week for one in weeks]
    gaps = [
        OffWeek(week, off_word(span))
        for week, span in off.items()
        if known and known[0] < week < known[-1] and week not in known
    ]
    return sorted([*weeks, *gaps], key=lambda one: one.week)
