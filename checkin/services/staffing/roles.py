"""What a person is and which classes they have: changed by others, with what it leaves behind."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from checkin.domain.access import Person, Role, may_keep_school, may_set_roles
from checkin.services import structure_versions
from checkin.services.staffing.holdings import planned_classes
from checkin.services.staffing.inviting import check_name, told
from checkin.services.staffing.problems import NotDone, Wrong
from checkin.storage import audit, joining, schools, staff
from checkin.storage.database import db
from checkin.storage.joining import Member


@dataclass(frozen=True)
class Setting:
    """What a person is called, what they are, and which classes they teach."""

    name: str
    roles: frozenset[Role]
    classrooms: frozenset[int]


@dataclass(frozen=True)
class LeftBehind:
    """What a change leaves with nobody: classes by name, and roles of the structure."""

    classrooms: tuple[str, ...] = ()
    structure_roles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.classrooms or self.structure_roles)


def set_roles(by: Person, member: Member, to_be: Setting, now: datetime) -> None:
    """Change what a person is; raises NotDone where that cannot be."""
    joining.hold(by.school)
    member = joining.find_member(member.id) or member
    name = check_name(to_be.name)
    classrooms = _classrooms(member, to_be)
    try:
        _check(by, member, to_be)
    except NotDone:
        db.session.rollback()
        raise
    if name != member.name:
        joining.set_name(member.id, name)
        audit.add(by.school, now, by.id, "renamed", f"staff {member.id}")
    if (to_be.roles, classrooms) != (member.roles, member.classrooms):
        joining.set_roles(member.id, to_be.roles, classrooms)
        subject = f"staff {member.id}: {told(to_be.roles, classrooms)}"
        audit.add(by.school, now, by.id, "roles-set", subject)
    db.session.commit()


def may_change_own(person: Person) -> bool:
    """Tell whether somebody is the only one who could: else another changes one's own rights."""
    return not any(
        may_keep_school(one) for one in staff.list_staff(person.school) if one.id != person.id
    )


def is_only_admin(person: Person) -> bool:
    """Tell whether somebody is administrator, and nobody else is."""
    return Role.ADMIN in person.roles and not count_admins(
        staff.list_staff(person.school), person.id
    )


def left_behind(member: Member, to_be: Setting, now: datetime) -> LeftBehind:
    """Return what a change would leave with nobody."""
    if not member.has_joined or member.left_at is not None:
        return LeftBehind()
    others = [one for one in staff.list_staff(member.school) if one.id != member.id]
    teaches = member.classrooms if Role.TEACHER in member.roles else frozenset()
    will = _classrooms(member, to_be)
    alone = [
        room.name
        for room in (*schools.list_classrooms(member.school), *planned_classes(member.school))
        if room.id in teaches - will and not any(one.teaches(room.id) for one in others)
    ]
    lost = member.roles - to_be.roles
    roles = _roles_held_alone(member, others, now) if lost else ()
    return LeftBehind(tuple(alone), tuple(roles))


def count_admins(people: Iterable[Person], but: int) -> int:
    """Count the administrators other than one person."""
    return sum(Role.ADMIN in one.roles and one.id != but for one in people)


def _roles_held_alone(member: Member, others: list[Person], now: datetime) -> Iterator[str]:
    """Yield the roles of the structure that nobody else who is there holds or stands in for."""
    version = structure_versions.in_force(member.school, now)
    there = {one.id for one in others}
    for role in version.structure.roles if version else ():
        if member.id in role.people and not there & set(role.people):
            yield role.label


def _classrooms(member: Member, to_be: Setting) -> frozenset[int]:
    """Return the classes after a change; of those that are closed nobody asked."""
    if Role.TEACHER not in to_be.roles:
        return frozenset()
    offered = {one.id for one in schools.list_classrooms(member.school)}
    return frozenset(to_be.classrooms | (member.classrooms - offered))


def _check(by: Person, member: Member, to_be: Setting) -> None:
    if not to_be.roles:
        raise NotDone(Wrong.NO_ROLE)
    _check_classes(member, to_be.classrooms)
    is_changed = to_be.roles != member.roles or _classrooms(member, to_be) != member.classrooms
    if member.id == by.id and is_changed and not may_change_own(by):
        raise NotDone(Wrong.OWN_ROLES)
    if not may_set_roles(by, member.roles, to_be.roles):
        raise NotDone(Wrong.ADMIN_ROLE)
    others = count_admins(staff.list_staff(member.school), member.id)
    if Role.ADMIN in member.roles - to_be.roles and member.has_joined and not others:
        raise NotDone(Wrong.LAST_ADMIN)


def _check_classes(member: Member, classrooms: Collection[int]) -> None:
    offered = {one.id for one in schools.list_classrooms(member.school)}
    if not offered.issuperset(classrooms):
        raise NotDone(Wrong.NO_CLASS)
