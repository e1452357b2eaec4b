"""Who is at school, and so who acts for a role today."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from checkin.domain.access import Person, Role, may_note_absence_of
from checkin.domain.structure import Structure, StructureRole
from checkin.storage import absences, audit, schools, staff, structures, teaching
from checkin.storage.absences import Absence
from checkin.storage.database import db

LONGEST = 366
"""Days; who is away for longer is to hand the role on."""

KEPT = timedelta(days=28)
"""So long after its last day an absence is still there, to see why a deputy acted."""


class AbsenceProblem(StrEnum):
    """Why an absence cannot be noted."""

    BACKWARDS = "backwards"
    OVER = "over"
    LONG = "long"
    UNKNOWN = "unknown"


class NotAnAbsence(ValueError):
    """Days on which nobody can be away."""

    def __init__(self, problem: AbsenceProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True)
class Away:
    """An absence as one person sees it."""

    absence: Absence
    can_take_back: bool


def is_absent(staff_id: int, day: date) -> bool:
    """Tell whether a person is away on a day."""
    return absences.is_absent(staff_id, day)


def absent_on(school: int, day: date) -> frozenset[int]:
    """Return who is away on a day."""
    return absences.absent_on(school, day)


def who_acts(
    structure: Structure, role_id: str, classroom: int | None, day: date
) -> tuple[int, ...]:
    """Return who acts for a role on a day: its holders who are there, else the deputy, else nobody.

    Whoever left the school is not there; nor is a holder of a role that a version dropped.
    """
    role = structure.find_role(role_id)
    if role is None:
        return ()
    there = tuple(id for id in _holders(role, classroom, day) if _is_there(id, day))
    if there or role.deputy is None:
        return there
    return (role.deputy,) if _is_there(role.deputy, day) else ()


def coming(person: Person, now: datetime) -> tuple[Away, ...]:
    """Return who is or will be away, and which of it a person may take back."""
    known = absences.list_from(person.school, today_of(person.school, now))
    return tuple(Away(one, may_note_absence_of(person, one.staff)) for one in known)


def note_absence(person: Person, staff_id: int, first: date, last: date, now: datetime) -> int:
    """Note that somebody is away, oneself or as one who may; raises NotAnAbsence.

    Absences of one person that overlap become one.
    """
    absent = staff.find_person(staff_id)
    if absent is None or absent.school != person.school:
        raise NotAnAbsence(AbsenceProblem.UNKNOWN)
    if not may_note_absence_of(person, staff_id):
        raise PermissionError("only the care team and administrators note it for somebody else")
    _check(first, last, today_of(person.school, now))
    same = absences.overlapping(staff_id, first, last)
    first, last = min([first, *(o.first for o in same)]), max([last, *(o.last for o in same)])
    _check(first, last, today_of(person.school, now))
    for one in same:
        absences.remove(one.id)
    id = absences.add(person.school, staff_id, first, last, person.id)
    audit.add(person.school, now, person.id, "absence-noted", f"staff {staff_id}")
    db.session.commit()
    return id


def left_without(staff_id: int, first: date, last: date, now: datetime) -> tuple[str, ...]:
    """Return what the roles of a person are called for which nobody acts on some of these days."""
    person = staff.find_person(staff_id)
    version = structures.in_force(person.school, first) if person else None
    if person is None or version is None:
        return ()
    others = absences.list_from(person.school, first)
    days = {first, *(one.first for one in others if first <= one.first <= last)}
    return tuple(
        dict.fromkeys(
            role.label
            for role in version.structure.roles
            for classroom in _places_of(role, person)
            if any(not who_acts(version.structure, role.id, classroom, day) for day in days)
        )
    )


def _places_of(role: StructureRole, person: Person) -> tuple[int | None, ...]:
    """Return for which classes a person has a role, None for the whole school."""
    if role.is_of_classroom:
        return tuple(sorted(person.classrooms)) if Role.TEACHER in person.roles else ()
    return (None,) if person.id in (*role.holders, role.deputy) else ()


def find_absence(person: Person, id: int) -> Absence | None:
    """Return an absence at a person's school, or None."""
    found = absences.find(id)
    return found if found is not None and found.school == person.school else None


def take_back(person: Person, absence: Absence, now: datetime) -> None:
    """Take an absence back: who was away is there again."""
    if not may_note_absence_of(person, absence.staff):
        raise PermissionError("only the care team and administrators take it back for another")
    absences.remove(absence.id)
    audit.add(person.school, now, person.id, "absence-taken-back", f"staff {absence.staff}")
    db.session.commit()


def forget_absences(now: datetime) -> int:
    """Forget the absences that are long over, and return how many; the caller commits."""
    return absences.forget((now - KEPT).date())


def today_of(school: int, now: datetime) -> date:
    """Return the day it is at a school."""
    return now.astimezone(ZoneInfo(schools.get_school(school).zone)).date()


def _holders(role: StructureRole, classroom: int | None, day: date) -> tuple[int, ...]:
    return _teachers(classroom, day) if role.is_of_classroom else role.holders


def _teachers(classroom: int | None, day: date) -> tuple[int, ...]:
    """Return who teaches a class on a day, those who stand in after those who always do."""
    found = schools.find_classroom(classroom) if classroom is not None else None
    if found is None:
        return ()
    people = staff.list_staff(found.school)
    always = [p.id for p in people if Role.TEACHER in p.roles and found.id in p.classrooms]
    return tuple(dict.fromkeys([*always, *teaching.standing_in_on(found.id, day)]))


def _is_there(staff_id: int, day: date) -> bool:
    return staff.find_person(staff_id) is not None and not absences.is_absent(staff_id, day)


def _check(first: date, last: date, today: date) -> None:
    if last < first:
        raise NotAnAbsence(AbsenceProblem.BACKWARDS)
    if last < today:
        raise NotAnAbsence(AbsenceProblem.OVER)
    if (last - first).days >= LONGEST:
        raise NotAnAbsence(AbsenceProblem.LONG)
