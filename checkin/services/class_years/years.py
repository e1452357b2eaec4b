"""A new school year: last year's classes begin again under a new number, the old are archived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from checkin.domain.access import Person
from checkin.domain.class_changes import Change, ChangeKind, Move, Part
from checkin.domain.school import Classroom, Tablet
from checkin.domain.school_years import days_of_year, school_year_of
from checkin.services.class_years.checks import (
    CannotChange,
    Trouble,
    alone,
    check_name,
    check_pupils,
)
from checkin.services.class_years.planning import check_day, copy_class, keep
from checkin.services.timetables import calendar_of
from checkin.storage import flags, schools, staff, tablets, teaching


@dataclass(frozen=True)
class NextClass:
    """What becomes of one class in the new year, as it was chosen.

    `goes_on` copies it; else it ends. Without either it is left as it is.
    """

    classroom: int
    goes_on: bool
    ends: bool
    name: str
    pupils: int
    keeps_tablets: bool


@dataclass(frozen=True)
class Proposal:
    """One class with what the new year would copy of it."""

    classroom: Classroom
    teachers: tuple[str, ...]
    tablets: tuple[Tablet, ...]
    care_has_work: bool


def propose_year(person: Person, now: datetime) -> tuple[date, tuple[Proposal, ...]]:
    """Return the first school day after the summer, and what there is to copy."""
    calendar = calendar_of(person.school)
    today = calendar.today(now)
    summer = days_of_year(school_year_of(today) + 1)[0]
    days = (date.fromordinal(summer.toordinal() + n) for n in range(60))
    first = next(filter(calendar.is_school_day, days), summer)
    rooms = schools.list_classrooms(person.school)
    return first, tuple(_proposal(person, one) for one in rooms)


def plan_year(by: Person, chosen: Sequence[NextClass], day: date, now: datetime) -> Change:
    """Plan the new year for the chosen classes, all of it or nothing; raises CannotChange.

    On the day each new class has the teachers and all that is set for the old one then, and as
    many pupils, where no other number is said here. What the care team has in hand about an old
    class stays with it, under its old name.
    """
    with alone(by.school):
        open_now = {one.id: one for one in schools.list_classrooms(by.school)}
        wanted = [one for one in chosen if (one.goes_on or one.ends) and one.classroom in open_now]
        if not wanted:
            raise CannotChange(Trouble.NOTHING)
        check_day([open_now[one.classroom] for one in wanted], ChangeKind.YEAR, day, now)
        _check_names(by.school, wanted)
        parts, moves = [], []
        for one in wanted:
            old = open_now[one.classroom]
            new = copy_class(old, one.name, one.pupils, day) if one.goes_on else None
            said = one.pupils if new is not None and one.pupils != old.pupils else None
            parts.append(Part(old.id, new, said, old.pupils))
            to = new if one.keeps_tablets else None
            moves += [Move(tablet.id, old.id, to, day) for tablet in tablets.tablets_of(old.id)]
        return keep(by, ChangeKind.YEAR, day, parts, moves, now)


def _check_names(school: int, wanted: Sequence[NextClass]) -> None:
    ending = [one.classroom for one in wanted]
    seen: set[str] = set()
    for one in wanted:
        if not one.goes_on:
            continue
        try:
            check_name(school, one.name, ending)
            check_pupils(one.pupils)
        except CannotChange as wrong:
            raise CannotChange(wrong.trouble, one.classroom) from None
        if one.name.casefold() in seen:
            raise CannotChange(Trouble.TAKEN, one.classroom)
        seen.add(one.name.casefold())


def _proposal(person: Person, classroom: Classroom) -> Proposal:
    """Return what there is to copy; whether care has work at a class is the care team's to see."""
    taught_by = teaching.teachers_of(classroom.id)
    return Proposal(
        classroom,
        tuple(p.name for p in staff.list_staff(classroom.school) if p.id in taught_by),
        tablets.tablets_of(classroom.id),
        person.in_care_team and any(not flag.is_closed for flag in flags.flags_of(classroom.id)),
    )
