"""What is told of classes that have ended, and of changes that are to come or can be undone."""

from dataclasses import dataclass
from datetime import datetime

from checkin.domain.access import Person
from checkin.domain.class_changes import Change
from checkin.domain.school import Classroom, Kind, Tablet
from checkin.services.class_years.happening import find_undo_until
from checkin.storage import class_changes, schools, tablets


@dataclass(frozen=True)
class Coming:
    """A change with the names of its classes, and until when it can be undone."""

    change: Change
    before: tuple[str, ...]
    after: tuple[str, ...]
    undo_until: datetime | None


def list_coming(person: Person) -> list[Coming]:
    """Return the changes that are planned and have not happened."""
    waiting = [c for c in class_changes.list_changes(person.school) if c.done_at is None]
    return [_told(change) for change in reversed(waiting)]


def list_undoable(person: Person, now: datetime) -> list[Coming]:
    """Return the changes that have happened and can still be undone."""
    done = [c for c in class_changes.list_changes(person.school) if c.done_at is not None]
    told = [_told(change) for change in done[:20]]
    return [one for one in told if one.undo_until is None or now < one.undo_until]


def find_change(person: Person, id: int) -> Change | None:
    """Return a change at a person's school that was not undone, or None."""
    change = class_changes.find_change(id)
    is_theirs = change is not None and change.school == person.school
    return change if change and is_theirs and change.undone_at is None else None


def list_archived(person: Person) -> list[Classroom]:
    """Return the classes that have ended, the last first; those that never began are left out."""
    ended = [
        one
        for one in schools.list_every_classroom(person.school)
        if one.kind is Kind.CLASS and one.closed_on is not None and one.closed_on > one.started_on
    ]
    return sorted(ended, key=lambda one: (one.closed_on, one.id), reverse=True)


def tablets_of(classroom: Classroom) -> tuple[Tablet, ...]:
    """Return the tablets that tap for a class."""
    return tablets.tablets_of(classroom.id)


def _told(change: Change) -> Coming:
    names = {
        id: room.name for id in change.touches if (room := schools.find_classroom(id)) is not None
    }
    after = [names[p.after] for p in change.parts if p.after is not None]
    before = [names[p.before] for p in change.parts if p.before is not None]
    until = find_undo_until(change) if change.done_at is not None else None
    return Coming(change, tuple(dict.fromkeys(before)), tuple(dict.fromkeys(after)), until)
