"""What is told of classes that have ended, and of changes that are to come or can be undone."""

from dataclasses import dataclass, replace
from datetime import datetime

from checkin.domain.access import Person
from checkin.domain.class_changes import Change, ChangeKind
from checkin.domain.school import Classroom, Kind, Tablet
from checkin.services.class_years.beginning import (
    follows_teachers,
    moves_on_the_day,
    sizes_on_the_day,
    sources_of,
    teachers_on_the_day,
)
from checkin.services.class_years.happening import find_undo_until
from checkin.storage import class_changes, schools, staff, tablets


@dataclass(frozen=True)
class Becoming:
    """What becomes of classes on the day of a change, as it would be by what is so now.

    `after` is None for a class that ends. `follows` tells that nothing else was chosen for
    teachers, and `is_said` that the number of pupils was. The tablets come along or can no longer
    tap. Without `is_still_so` the old classes will not be there any more on that day.
    """

    before: tuple[Classroom, ...]
    after: Classroom | None
    pupils: int | None
    is_said: bool
    teachers: tuple[str, ...]
    follows: bool
    coming: tuple[str, ...]
    left: tuple[str, ...]
    is_still_so: bool = True

    @property
    def goes_on(self) -> bool:
        """Tell whether this is one class before and after."""
        return self.after is not None and self.after.id in {one.id for one in self.before}


@dataclass(frozen=True)
class Coming:
    """A change with the names of its classes, and until when it can be undone.

    `others` are the classes that a new school year leaves as they are.
    """

    change: Change
    before: tuple[str, ...]
    after: tuple[str, ...]
    undo_until: datetime | None
    becoming: tuple[Becoming, ...] = ()
    others: tuple[str, ...] = ()


def list_coming(person: Person) -> list[Coming]:
    """Return the changes that are planned and have not happened."""
    waiting = [c for c in class_changes.list_changes(person.school) if c.done_at is None]
    return [_planned(change) for change in sorted(waiting, key=lambda one: (one.day, one.id))]


def becoming_of(change: Change) -> tuple[Becoming, ...]:
    """Return what becomes of each class of a change that is planned."""
    after = dict.fromkeys(p.after for p in change.parts if p.after is not None)
    ends = [p.before for p in change.parts if p.before is not None and p.after is None]
    return (*(_begins(change, id) for id in after), *(_ends(change, id) for id in ends))


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


def _planned(change: Change) -> Coming:
    told = _told(change)
    others: list[str] = []
    if change.kind is ChangeKind.YEAR:
        rooms = schools.list_classrooms(change.school)
        others = [one.name for one in rooms if one.id not in change.touches]
    return replace(told, becoming=becoming_of(change), others=tuple(others))


def _begins(change: Change, id: int) -> Becoming:
    before, after = change.comes_from(id), schools.get_classroom(id)
    taught_by = teachers_on_the_day(change, id)
    parts = [p for p in change.parts if p.after == id]
    moves = [m for m in moves_on_the_day(change) if m.before in before]
    stays = after.id in before
    going = {m.tablet for m in moves if m.after == id}
    labels = {t.id: t.label for one in before for t in tablets.tablets_of(one)}
    if stays:
        going = labels.keys() - {m.tablet for m in moves}
    return Becoming(
        tuple(map(schools.get_classroom, before)),
        after,
        sizes_on_the_day(change)[id],
        parts[0].pupils is not None,
        tuple(p.name for p in staff.list_staff(change.school) if p.id in taught_by),
        not stays and follows_teachers(change, id),
        tuple(label for tablet, label in labels.items() if tablet in going),
        tuple(labels[m.tablet] for m in moves if m.after is None and m.tablet in labels),
        bool(sources_of(change, id)),
    )


def _ends(change: Change, id: int) -> Becoming:
    room = schools.get_classroom(id)
    left = tuple(t.label for t in tablets.tablets_of(id))
    return Becoming((room,), None, None, False, (), False, (), left, room.closed_on is None)


def _told(change: Change) -> Coming:
    names = {
        id: room.name for id in change.touches if (room := schools.find_classroom(id)) is not None
    }
    after = [names[p.after] for p in change.parts if p.after is not None]
    before = [names[p.before] for p in change.parts if p.before is not None]
    until = find_undo_until(change) if change.done_at is not None else None
    return Coming(change, tuple(dict.fromkeys(before)), tuple(dict.fromkeys(after)), until)
