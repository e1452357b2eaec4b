"""How classes change from one day to the next: they close, split, merge, or begin a new year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checkin.domain.school import MOST_PUPILS


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

    Both the same is a class that goes on with another number of pupils, and anew. `pupils` is the
    number that was said for it, None for as many as there are on the day; `counted` is how many
    the old class had when that was said.
    """

    before: int | None
    after: int | None
    pupils: int | None = None
    counted: int | None = None

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

    def comes_from(self, classroom: int) -> tuple[int, ...]:
        """Return the classrooms that a new one begins from; the first lends what is set."""
        return tuple(p.before for p in self.parts if p.after == classroom and p.before is not None)

    def becomes(self, classroom: int) -> tuple[int, ...]:
        """Return the classrooms that come in the place of one that ends with it."""
        if not self.kind.ends_the_old:
            return ()
        return tuple(p.after for p in self.parts if p.before == classroom and p.after is not None)

    def pupils_on_the_day(self, classroom: int, now: Mapping[int, int]) -> int:
        """Return how many pupils a classroom begins with, as the old ones have so many now.

        A number that was said holds. Who came or went since is not lost: after a split they are in
        the class that goes on, after a merger in the new one.
        """
        its = [p for p in self.parts if p.after == classroom]
        said = its[0].pupils
        if said is None:
            return sum(now[p.before] for p in its if p.before is not None)
        if self.kind is ChangeKind.YEAR or not (its[0].goes_on or self.kind is ChangeKind.MERGE):
            return said
        since = (now[p.before] - p.counted for p in its if p.before and p.counted is not None)
        return min(max(said + sum(since), 1), MOST_PUPILS)


def classroom_on(day: date, now: int, moves: Iterable[Move]) -> int:
    """Return for which classroom a tablet tapped on a day; it taps for `now` today.

    What a tablet kept while it was without network belongs to the class it had that day.
    """
    later = (move for move in moves if day < move.day)
    first = min(later, key=lambda move: move.day, default=None)
    return first.before if first is not None else now
