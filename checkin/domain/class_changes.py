"""How classes change from one day to the next: they close, split, merge, or begin a new year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ChangeKind(StrEnum):
    """What happens to classes on one day."""

    CLOSE = "close"
    SPLIT = "split"
    MERGE = "merge"
    YEAR = "year"

    @property
    def ends_the_old(self) -> bool:
        """Tell whether the classes it begins from are no more after it."""
        return self is not ChangeKind.SPLIT


@dataclass(frozen=True)
class Part:
    """What becomes of one classroom: `before` ends or goes on, `after` begins.

    Both the same is a class that goes on with another number of pupils, and anew.
    """

    before: int | None
    after: int | None
    pupils: int | None = None

    @property
    def goes_on(self) -> bool:
        """Tell whether this is one class before and after."""
        return self.before is not None and self.before == self.after


@dataclass(frozen=True)
class Move:
    """A tablet goes from one classroom to another on a day, or with None to nobody."""

    tablet: int
    before: int
    after: int | None
    day: date


@dataclass(frozen=True)
class Change:
    """Classes that change on a day; nothing of it has happened before `done_at`."""

    id: int
    school: int
    kind: ChangeKind
    day: date
    planned_at: datetime
    planned_by: int
    done_at: datetime | None
    undone_at: datetime | None
    parts: tuple[Part, ...]
    moves: tuple[Move, ...]

    @property
    def begins(self) -> tuple[int, ...]:
        """Return the classrooms that begin with it."""
        new = (p.after for p in self.parts if p.after is not None and not p.goes_on)
        return tuple(dict.fromkeys(new))

    @property
    def ends(self) -> tuple[int, ...]:
        """Return the classrooms that end with it."""
        if not self.kind.ends_the_old:
            return ()
        return tuple(dict.fromkeys(p.before for p in self.parts if p.before is not None))

    @property
    def touches(self) -> tuple[int, ...]:
        """Return every classroom it has to do with."""
        both = (id for p in self.parts for id in (p.before, p.after) if id is not None)
        return tuple(dict.fromkeys(both))


def classroom_on(day: date, now: int, moves: Iterable[Move]) -> int:
    """Return for which classroom a tablet tapped on a day; it taps for `now` today.

    What a tablet kept while it was without network belongs to the class it had that day.
    """
    later = (move for move in moves if day < move.day)
    first = min(later, key=lambda move: move.day, default=None)
    return first.before if first is not None else now
