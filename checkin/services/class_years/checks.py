"""What keeps classes from changing: their names, their sizes, what the care team has open."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import StrEnum

from checkin.domain.class_changes import Change
from checkin.domain.school import MOST_PUPILS, Classroom
from checkin.services.class_names import is_name
from checkin.storage import class_changes, flags, joining, schools
from checkin.storage.database import db


class Trouble(StrEnum):
    """Why classes cannot change as was asked."""

    NAME = "name"
    TAKEN = "taken"
    PUPILS = "pupils"
    DAY = "day"
    FLAGS = "flags"
    ENDED = "ended"
    CHANGING = "changing"
    NO_OTHER = "no-other"
    NOTHING = "nothing"
    BEGUN = "begun"
    LATER = "later"


class CannotChange(ValueError):
    """Classes that cannot change so: about which one it is, and which plan is in the way."""

    def __init__(
        self, trouble: Trouble, classroom: int | None = None, plan: Change | None = None
    ) -> None:
        super().__init__(trouble.value)
        self.trouble, self.classroom, self.plan = trouble, classroom, plan


@contextmanager
def alone(school: int) -> Iterator[None]:
    """Let nobody else name or plan a class of a school before the commit."""
    joining.hold(school)
    try:
        yield
    except CannotChange:
        db.session.rollback()
        raise


def waiting_at(school: int) -> list[Change]:
    """Return the changes of a school that are still to come, in order of time."""
    return [change for change in class_changes.list_waiting() if change.school == school]


def plans_of(classroom: Classroom) -> list[Change]:
    """Return the changes to come that a class is part of, in order of time."""
    return [one for one in waiting_at(classroom.school) if classroom.id in one.touches]


def find_plan(classroom: Classroom) -> Change | None:
    """Return the change with which a class is to begin, or None for one that is no plan."""
    if classroom.closed_on is None:
        return None
    return next((c for c in waiting_at(classroom.school) if classroom.id in c.begins), None)


def planned_names(school: int) -> list[str]:
    """Return the names of the classes that are to begin."""
    return [schools.get_classroom(id).name for plan in waiting_at(school) for id in plan.begins]


def check_name(
    school: int, name: str, ending: Collection[int] = (), planned: int | None = None
) -> None:
    """Refuse a name that is none, or that another class has or is to have.

    What ends gives its name away, and so does what was planned in its place. `planned` is a class
    that gets this name: it may have that of whatever ends on the day on which it begins.
    """
    if not is_name(name):
        raise CannotChange(Trouble.NAME)
    waiting, free = waiting_at(school), {*ending, planned}
    for change in waiting:
        if planned in change.begins:
            free.update(change.ends)
        for one in ending:
            free.update(change.becomes(one))
    coming = [schools.get_classroom(id) for change in waiting for id in change.begins]
    for other in (*schools.list_classrooms(school), *coming):
        if other.id not in free and other.name.casefold() == name.casefold():
            raise CannotChange(Trouble.TAKEN)


def check_pupils(pupils: int) -> None:
    """Refuse a number of pupils that no class has."""
    if not 1 <= pupils <= MOST_PUPILS:
        raise CannotChange(Trouble.PUPILS)


def refuse_open_flags(classroom: Classroom) -> None:
    """Refuse to end a class about which the care team has something in hand.

    It does not say which class: who plans this is not to know where something is open.
    """
    if any(not flag.is_closed for flag in flags.flags_of(classroom.id)):
        raise CannotChange(Trouble.FLAGS)
