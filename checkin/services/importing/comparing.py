"""What a file would change: each class and person of it beside what the school has."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from checkin.domain.access import Person, Role
from checkin.domain.imports import Found, FoundClass, FoundPerson, same
from checkin.domain.school import Classroom
from checkin.services.class_years.checks import planned_names
from checkin.storage import joining, schools, staff
from checkin.storage.joining import Member


class Doing(StrEnum):
    """What would be done with a class or person of the file."""

    ADD = "add"
    CHANGE = "change"
    LEAVE = "leave"
    CANNOT = "cannot"


class Hindrance(StrEnum):
    """Why nothing can be done with it."""

    NO_SIZE = "no-size"
    LEFT_BEFORE = "left-before"
    TAKEN = "taken"
    PLANNED = "planned"
    NO_TEACHER = "no-teacher"
    YOURSELF = "yourself"
    NO_CLASS = "no-class"


@dataclass(frozen=True)
class ClassLine:
    """A class of the file; `was` is how many pupils the school's own has."""

    key: str
    name: str
    pupils: int | None
    doing: Doing
    was: int | None = None
    classroom: int | None = None
    why: Hindrance | None = None


@dataclass(frozen=True)
class PersonLine:
    """Somebody of the file; `new_classes` are those they would teach from now on.

    With a `why` somebody who is new can be invited, and is not unless it is chosen.
    """

    name: str
    email: str
    new_classes: tuple[str, ...]
    doing: Doing
    member: Member | None = None
    why: Hindrance | None = None


@dataclass(frozen=True)
class Plan:
    """All lines of a file."""

    classes: tuple[ClassLine, ...]
    people: tuple[PersonLine, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to choose."""
        doings = {one.doing for one in self.classes} | {one.doing for one in self.people}
        return doings.isdisjoint({Doing.ADD, Doing.CHANGE})


def compare(by: Person, found: Found) -> Plan:
    """Return what a file would change at a person's school, as it is now."""
    rooms = {same(room.name): room for room in schools.list_classrooms(by.school)}
    members = {one.email: one for one in joining.list_members(by.school)}
    planned = {same(name) for name in planned_names(by.school)}
    classes = tuple(_class_line(one, rooms.get(same(one.name)), planned) for one in found.classes)
    never = {one.key for one in classes if one.doing is Doing.CANNOT}
    people = [_without(never, one) for one in found.people]
    return Plan(
        classes,
        tuple(_person_line(by, one, lost, members, rooms) for one, lost in people),
    )


def _without(never: Collection[str], found: FoundPerson) -> tuple[FoundPerson, bool]:
    """Leave out the classes that will not be; tell whether none of somebody's is left."""
    classes = tuple(name for name in found.classes if same(name) not in never)
    return replace(found, classes=classes), bool(found.classes) and not classes


def _class_line(found: FoundClass, room: Classroom | None, planned: Collection[str]) -> ClassLine:
    key, pupils = same(found.name), found.pupils
    if room is None and pupils is None:
        return ClassLine(key, found.name, pupils, Doing.CANNOT, why=Hindrance.NO_SIZE)
    if room is None and key in planned:
        return ClassLine(key, found.name, pupils, Doing.CANNOT, why=Hindrance.PLANNED)
    if room is None:
        return ClassLine(key, found.name, pupils, Doing.ADD)
    doing = Doing.LEAVE if pupils in (None, room.pupils) else Doing.CHANGE
    return ClassLine(key, room.name, pupils, doing, room.pupils, room.id)


def _person_line(
    by: Person,
    found: FoundPerson,
    has_lost: bool,
    members: Mapping[str, Member],
    rooms: Mapping[str, Classroom],
) -> PersonLine:
    member, no_class = members.get(found.email), Hindrance.NO_CLASS if has_lost else None
    if member is None:
        is_taken = staff.find_account(found.email) is not None
        doing, why = (Doing.CANNOT, Hindrance.TAKEN) if is_taken else (Doing.ADD, no_class)
        return PersonLine(found.name, found.email, found.classes, doing, why=why)
    if member.left_at is not None:
        why = Hindrance.LEFT_BEFORE
        return PersonLine(member.name, found.email, (), Doing.CANNOT, member, why)
    new = tuple(name for name in found.classes if not _teaches(member, rooms.get(same(name))))
    why = _hindrance(by, member) if new else None
    doing = Doing.CHANGE if new and why is None else Doing.LEAVE
    return PersonLine(member.name, found.email, new, doing, member, why)


def _hindrance(by: Person, member: Member) -> Hindrance | None:
    """Tell why somebody who works here cannot get a class by a file."""
    if member.id == by.id:
        return Hindrance.YOURSELF
    return None if Role.TEACHER in member.roles else Hindrance.NO_TEACHER


def _teaches(member: Member, room: Classroom | None) -> bool:
    return room is not None and room.id in member.classrooms
