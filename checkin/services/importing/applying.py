"""Doing what was chosen of a file: all of it, or nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from checkin.domain.access import Person, Role, may_keep_sign_in
from checkin.domain.cards import CardSet
from checkin.domain.imports import Found, same
from checkin.domain.joining import Way
from checkin.domain.school import Classroom
from checkin.services import mailing
from checkin.services.class_years.planning import copy_class
from checkin.services.importing.comparing import ClassLine, Doing, PersonLine, compare
from checkin.services.setting_up import ordinary_week
from checkin.services.staffing import NewMember
from checkin.services.staffing.inviting import prepare_invitation, told
from checkin.services.timetables import calendar_of
from checkin.storage import audit, joining, schools
from checkin.storage.database import db

TO_DO = (Doing.ADD, Doing.CHANGE)


@dataclass(frozen=True)
class Choice:
    """What was ticked: classes by key, people by address; `like` lends a new class its setting."""

    classes: Collection[str]
    people: Collection[str]
    like: Classroom | None = None


@dataclass(frozen=True)
class Invited:
    """Somebody who was invited; `code` is to be printed, '' where a mail goes."""

    id: int
    name: str
    email: str
    code: str


@dataclass(frozen=True)
class Done:
    """What was done: classes by name, people by name."""

    added: tuple[str, ...]
    resized: tuple[str, ...]
    invited: tuple[Invited, ...]
    teaching: tuple[str, ...]

    @property
    def is_nothing(self) -> bool:
        """Tell whether nothing was done."""
        return not (self.added or self.resized or self.invited or self.teaching)


def carry_out(by: Person, found: Found, choice: Choice, now: datetime) -> Done:
    """Do what was chosen in one transaction; what is so already is left alone.

    Raises NotDone when somebody cannot be invited after all; then nothing was done.
    """
    if not may_keep_sign_in(by):
        raise PermissionError("administrators read in classes and staff")
    try:
        done = _carry_out(by, found, choice, now)
    except Exception:
        db.session.rollback()
        raise
    db.session.commit()
    return done


def _carry_out(by: Person, found: Found, choice: Choice, now: datetime) -> Done:
    joining.hold(by.school)
    plan = compare(by, found)
    classes = [c for c in plan.classes if c.key in choice.classes and c.doing in TO_DO]
    for one in classes:
        _do_class(by, one, choice.like, now)
    rooms = {same(room.name): room.id for room in schools.list_classrooms(by.school)}
    way = Way.MAIL if mailing.is_set_up() else Way.PAPER
    invited, teaching = [], []
    for person in plan.people:
        if person.email not in choice.people:
            continue
        if person.doing is Doing.ADD:
            invited.append(_invite(by, person, rooms, way, now))
        elif person.doing is Doing.CHANGE and _teach(by, person, rooms, now):
            teaching.append(person.name)
    done = Done(
        tuple(one.name for one in classes if one.doing is Doing.ADD),
        tuple(one.name for one in classes if one.doing is Doing.CHANGE),
        tuple(invited),
        tuple(teaching),
    )
    if not done.is_nothing:
        audit.add(by.school, now, by.id, "imported", f"school {by.school}: {_counts(done)}")
    return done


def _do_class(by: Person, line: ClassLine, like: Classroom | None, now: datetime) -> None:
    assert line.pupils is not None  # noqa: S101  # without a size there is nothing to do
    if line.classroom is not None:
        schools.set_pupils(line.classroom, line.pupils)
        audit.add(by.school, now, by.id, "class-resized", f"classroom {line.classroom}")
        return
    today = calendar_of(by.school).today(now)
    if like is not None:
        id = copy_class(like, line.name, line.pupils, today)
        schools.reopen_classroom(id)
    else:
        week = ordinary_week()
        id = schools.add_classroom(
            by.school, line.name, line.pupils, CardSet.SIX, ("nl",), today, week
        )
    audit.add(by.school, now, by.id, "class-added", f"classroom {id}")


def _invite(
    by: Person, line: PersonLine, rooms: Mapping[str, int], way: Way, now: datetime
) -> Invited:
    new = NewMember(line.name, line.email, frozenset({Role.TEACHER}), _known(line, rooms))
    id, code = prepare_invitation(by, new, way, now)
    return Invited(id, line.name, line.email, code)


def _teach(by: Person, line: PersonLine, rooms: Mapping[str, int], now: datetime) -> bool:
    """Let somebody teach more classes; tell whether any of them is there."""
    known, member = _known(line, rooms), line.member
    if member is None or not known:
        return False
    classrooms = member.classrooms | known
    joining.set_roles(member.id, member.roles, classrooms)
    subject = f"staff {member.id}: {told(member.roles, classrooms)}"
    audit.add(by.school, now, by.id, "roles-set", subject)
    return True


def _known(line: PersonLine, rooms: Mapping[str, int]) -> frozenset[int]:
    names = map(same, line.new_classes)
    return frozenset(rooms[name] for name in names if name in rooms)


def _counts(done: Done) -> str:
    return (
        f"{len(done.added)} classes added, {len(done.resized)} resized,"
        f" {len(done.invited)} invited, {len(done.teaching)} teach more"
    )
