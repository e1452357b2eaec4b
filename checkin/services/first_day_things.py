"""The things of the first day, and where a school and its classes stand with them."""

from dataclasses import dataclass
from datetime import date, timedelta
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
REMINDED = timedelta(weeks=4)
"""So long after its first round people are still reminded of what a class has not ticked."""


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
    """Where a class stands; a first round says nothing of what was done before it."""

    classroom: Classroom
    lines: Lines
    began_on: date | None = None

    @property
    def has_begun(self) -> bool:
        """Tell whether it has had a round, shown or not."""
        return self.began_on is not None

    @property
    def open_lines(self) -> Lines:
        """Return what a class should not start without, and has not."""
        return tuple(line for line in self.lines if line.is_must and not line.is_done)

    @property
    def is_behind_us(self) -> bool:
        """Tell whether nothing of it has to be looked at any more."""
        return self.has_begun and not self.open_lines

    def is_reminded(self, today: date) -> bool:
        """Tell whether people are reminded of it; a class that is long on its way is let be."""
        return self.began_on is None or is_fresh(self.began_on, today)


@dataclass(frozen=True)
class FirstDay:
    """The whole list of a school; it may have had rounds of classes that are no more."""

    lines: Lines
    classes: tuple[ClassStart, ...]
    has_had_rounds: bool = False

    def lines_on(self, today: date) -> Lines:
        """Return every line that people are reminded of: a class that is ready is past its own."""
        shown = (one for one in self.classes if not one.is_behind_us and one.is_reminded(today))
        return (*self.lines, *(line for one in shown for line in one.lines))

    @property
    def is_over(self) -> bool:
        """Tell whether every class has begun."""
        return bool(self.classes) and all(one.has_begun for one in self.classes)

    def missing_for(self, one: ClassStart) -> Lines:
        """Return what a class should not start without, and has not; once it began, of its own."""
        of_school = (line for line in self.lines if line.is_must and not line.is_done)
        return one.open_lines if one.has_begun else (*one.open_lines, *of_school)


def is_fresh(began_on: date, today: date) -> bool:
    """Tell whether a class had its first round not long ago."""
    return today - began_on < REMINDED
