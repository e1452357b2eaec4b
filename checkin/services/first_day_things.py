"""The things of the first day, and where a school and its classes stand with them."""

from dataclasses import dataclass
from enum import StrEnum

from checkin.domain.school import Classroom
from checkin.storage.first_day import Tick


class Thing(StrEnum):
    """One line of the list."""

    STRUCTURE = "structure"
    ACUTE = "acute"
    TALK = "talk"
    CALENDAR = "calendar"
    COUNCIL = "council"
    HTTPS = "https"
    FACTORS = "factors"
    BACKUP = "backup"
    TEACHER = "teacher"
    KNOWS = "knows"
    TIMES = "times"
    TABLET = "tablet"
    PARENTS = "parents"
    LESSON = "lesson"


OF_CLASS = (
    Thing.TEACHER,
    Thing.KNOWS,
    Thing.TIMES,
    Thing.TABLET,
    Thing.PARENTS,
    Thing.LESSON,
)
OF_SCHOOL = tuple(thing for thing in Thing if thing not in OF_CLASS)
BY_HAND = frozenset(
    {Thing.CALENDAR, Thing.COUNCIL, Thing.KNOWS, Thing.TIMES, Thing.PARENTS, Thing.LESSON}
)
"""What only people can know."""
OR_BY_HAND = frozenset({Thing.TALK})
"""What the data knows, unless the school knowingly leaves it for later."""
SOON = frozenset({Thing.FACTORS, Thing.BACKUP})
"""What can wait some days: no class is kept waiting for it."""


@dataclass(frozen=True)
class Line:
    """One thing: whether it is done, and by whose word where people say so."""

    thing: Thing
    is_known: bool
    tick: Tick | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether it is done."""
        return self.is_known or self.tick is not None

    @property
    def is_must(self) -> bool:
        """Tell whether a class should not start without."""
        return self.thing not in SOON

    @property
    def can_be_ticked(self) -> bool:
        """Tell whether people may say it is done."""
        return self.thing in BY_HAND or (self.thing in OR_BY_HAND and not self.is_known)


Lines = tuple[Line, ...]


@dataclass(frozen=True)
class ClassStart:
    """Where a class stands before its first round."""

    classroom: Classroom
    lines: Lines
    has_begun: bool


@dataclass(frozen=True)
class FirstDay:
    """The whole list of a school."""

    lines: Lines
    classes: tuple[ClassStart, ...]

    @property
    def all_lines(self) -> Lines:
        """Return every line that is still looked at: a class that began is past its own."""
        of_classes = (line for one in self.classes if not one.has_begun for line in one.lines)
        return (*self.lines, *of_classes)

    @property
    def is_over(self) -> bool:
        """Tell whether every class has begun: then nobody is reminded any more."""
        return bool(self.classes) and all(one.has_begun for one in self.classes)

    def missing_for(self, one: ClassStart) -> Lines:
        """Return what a class should not start without, and has not; none once it began."""
        if one.has_begun:
            return ()
        return tuple(
            line for line in (*one.lines, *self.lines) if line.is_must and not line.is_done
        )
