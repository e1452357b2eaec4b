"""Planning that a class closes, splits or merges: checked and kept, done when its day has come."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from checkin.domain.access import Person
from checkin.domain.class_changes import Change, ChangeKind, Move, Part
from checkin.domain.school import Classroom
from checkin.services.class_years.checks import (
    CannotChange,
    Trouble,
    alone,
    check_name,
    check_pupils,
    refuse_open_flags,
    waiting_at,
)
from checkin.services.class_years.happening import carry_out_due
from checkin.services.timetables import calendar_of, timetable_of
from checkin.storage import audit, class_changes, schools, tablets, teaching, timetables
from checkin.storage.database import db

FARTHEST = timedelta(days=366)


def first_day_for(classrooms: Sequence[Classroom], now: datetime) -> date:
    """Return the first day on which these classes can change.

    It is today while no round of today has begun: a round belongs to one class from its first card
    to its light. After that it is tomorrow.
    """
    days = [today := calendar_of(classrooms[0].school).today(now)] if classrooms else [now.date()]
    for timetable in map(timetable_of, classrooms):
        today = timetable.calendar.today(now)
        begun = timetable.is_school_day(today) and any(
            timetable.opens(today, moment) <= now for moment in timetable.moments(today)
        )
        days.append(today + timedelta(days=1) if begun else today)
    return max(days)


def plan_closing(by: Person, classroom: Classroom, day: date, now: datetime) -> Change:
    """Plan that a class closes on a day; raises CannotChange."""
    with alone(by.school):
        check_day([classroom], ChangeKind.CLOSE, day, now)
        refuse_open_flags(classroom)
        moves = [Move(t.id, classroom.id, None, day) for t in tablets.tablets_of(classroom.id)]
        return keep(by, ChangeKind.CLOSE, day, [Part(classroom.id, None)], moves, now)


def plan_split(
    by: Person,
    classroom: Classroom,
    name: str,
    sizes: tuple[int, int],
    moving: Collection[int],
    teachers: Collection[int],
    day: date,
    now: datetime,
) -> Change:
    """Plan that a new class takes some of the pupils of another; raises CannotChange.

    `sizes` are the pupils who stay and who go; who comes or leaves until then stays with the old.
    On the day the new class has all that is set for the old then.
    """
    with alone(by.school):
        check_day([classroom], ChangeKind.SPLIT, day, now)
        check_name(classroom.school, name)
        for size in sizes:
            check_pupils(size)
        new = copy_class(classroom, name, sizes[1], day)
        teaching.set_teachers(new, classroom.school, teachers)
        counted = schools.get_classroom(classroom.id).pupils
        parts = [
            Part(classroom.id, to, size, counted)
            for to, size in zip((classroom.id, new), sizes, strict=True)
        ]
        its_tablets = tablets.tablets_of(classroom.id)
        moves = [Move(t.id, classroom.id, new, day) for t in its_tablets if t.id in moving]
        return keep(by, ChangeKind.SPLIT, day, parts, moves, now)


def plan_merger(
    by: Person,
    classrooms: Sequence[Classroom],
    name: str,
    pupils: int,
    day: date,
    now: datetime,
) -> Change:
    """Plan that classes become one new class; on the day it has what the first of them has then."""
    if len(classrooms) < 2:
        raise CannotChange(Trouble.NO_OTHER)
    with alone(by.school):
        check_day(classrooms, ChangeKind.MERGE, day, now)
        for one in classrooms:
            refuse_open_flags(one)
        check_name(by.school, name, ending=[one.id for one in classrooms])
        check_pupils(pupils)
        new = copy_class(classrooms[0], name, pupils, day)
        counted = {one.id: schools.get_classroom(one.id).pupils for one in classrooms}
        parts = [Part(one.id, new, pupils, counted[one.id]) for one in classrooms]
        moves = [Move(t.id, c.id, new, day) for c in classrooms for t in tablets.tablets_of(c.id)]
        return keep(by, ChangeKind.MERGE, day, parts, moves, now)


def keep(
    by: Person,
    kind: ChangeKind,
    day: date,
    parts: Sequence[Part],
    moves: Sequence[Move],
    now: datetime,
) -> Change:
    """Keep a change as planned, and let it happen at once when its day is here."""
    id = class_changes.add_change(by.school, kind, day, parts, moves, by.id, now)
    audit.add(by.school, now, by.id, f"class-{kind.value}-planned", f"class-change {id}")
    db.session.commit()
    carry_out_due(now)
    change = class_changes.find_change(id)
    assert change is not None  # noqa: S101  # kept above
    return change


def copy_class(old: Classroom, name: str, pupils: int, day: date) -> int:
    """Add a class with all that is set for another; it has no rounds until it begins."""
    new = schools.add_classroom(
        old.school,
        name,
        pupils,
        old.card_set,
        old.languages,
        day,
        timetables.openings_of(old.id),
        old.style,
        old.undo_seconds,
        old.coping,
    )
    schools.lay_table(new, old.table)
    schools.close_classroom(new, day)
    return new


def check_day(classrooms: Sequence[Classroom], kind: ChangeKind, day: date, now: datetime) -> None:
    """Refuse a day that is over, on which a round has begun, or a class that changes already.

    Of a new school year each class is on its own: one that splits, merges or closes before it
    only changes what there is to begin from on that day.
    """
    for one in classrooms:
        if one.closed_on is not None:
            raise CannotChange(Trouble.ENDED, one.id)
        for plan in waiting_at(one.school):
            is_before_a_year = plan.kind is ChangeKind.YEAR and day < plan.day
            if one.id in plan.touches and (kind is ChangeKind.YEAR or not is_before_a_year):
                raise CannotChange(Trouble.CHANGING, one.id, plan)
    first = first_day_for(classrooms, now)
    if not first <= day <= first + FARTHEST:
        raise CannotChange(Trouble.DAY, classrooms[0].id)
