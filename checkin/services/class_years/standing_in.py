"""Who stands in for a teacher, from day to day: the class opens and closes for them by itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from checkin.domain.access import Person, Role
from checkin.domain.school import Classroom
from checkin.storage import audit, schools, staff, teaching
from checkin.storage.database import db
from checkin.storage.teaching import Substitution

LONGEST = 366
"""Days; who stands in for longer is a teacher of the class."""

KEPT = timedelta(days=366)
"""So long after its last day it is still there, to see who could look when."""


class StandInProblem(StrEnum):
    """Why somebody cannot stand in."""

    BACKWARDS = "backwards"
    OVER = "over"
    LONG = "long"
    UNKNOWN = "unknown"
    TEACHES = "teaches"


class CannotStandIn(ValueError):
    """Somebody, or days, that cannot be."""

    def __init__(self, problem: StandInProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def with_classes_of_today(person: Person, now: datetime) -> Person:
    """Return a person with the classes they stand in for today, by the school's clock."""
    if Role.TEACHER not in person.roles:
        return person
    today = now.astimezone(ZoneInfo(schools.get_school(person.school).zone)).date()
    also = teaching.classrooms_on(person.id, today)
    return replace(person, classrooms=person.classrooms | also) if also else person


def substitutes_of(classroom: Classroom, today: date) -> list[Substitution]:
    """Return who stands in for a class today or later."""
    return teaching.substitutions_of(classroom.id, today)


def find_substitution(classroom: Classroom, id: int) -> Substitution | None:
    """Return a substitution of a class, or None."""
    found = teaching.find_substitution(id)
    return found if found is not None and found.classroom == classroom.id else None


def stand_in(
    by: Person,
    classroom: Classroom,
    staff_id: int,
    days: tuple[date, date],
    today: date,
    now: datetime,
) -> int:
    """Let a colleague who teaches stand in from one day to another; raises CannotStandIn."""
    found = staff.find_person(staff_id)
    if found is None or found.school != classroom.school or Role.TEACHER not in found.roles:
        raise CannotStandIn(StandInProblem.UNKNOWN)
    if classroom.id in found.classrooms:
        raise CannotStandIn(StandInProblem.TEACHES)
    first, last = days
    if last < first:
        raise CannotStandIn(StandInProblem.BACKWARDS)
    if last < today:
        raise CannotStandIn(StandInProblem.OVER)
    if (last - first).days >= LONGEST or (last - today).days > 2 * LONGEST:
        raise CannotStandIn(StandInProblem.LONG)
    id = teaching.add_substitution(classroom.id, classroom.school, staff_id, days, by.id, now)
    audit.add(
        by.school, now, by.id, "substitute-added", f"classroom {classroom.id} staff {staff_id}"
    )
    db.session.commit()
    return id


def end_substitution(by: Person, found: Substitution, now: datetime) -> None:
    """End a substitution at once."""
    teaching.end_substitution(found.id, by.id, now)
    subject = f"classroom {found.classroom} staff {found.staff}"
    audit.add(by.school, now, by.id, "substitute-ended", subject)
    db.session.commit()


def forget_substitutions(today: date) -> int:
    """Forget who stood in more than a year ago, and return how many; the caller commits."""
    return teaching.forget_substitutions(today - KEPT)
