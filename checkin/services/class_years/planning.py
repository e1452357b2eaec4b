"""Planning that a class closes, splits or merges: checked and kept, done when its day has come."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from checkin.domain.access import Person
from checkin.domain.class_changes import Change, ChangeKind, Move, Part
from checkin.domain.school import MOST_PUPILS, Classroom
from checkin.services.class_names import is_name
from checkin.services.class_years.happening import carry_out_due
from checkin.services.timetables import calendar_of, timetable_of
from checkin.storage import audit, class_changes, flags, schools, tablets, teaching, timetables
from checkin.storage.database import db

FARTHEST = timedelta(days=366)


class Trouble(StrEnum):
    """Why classes cannot change as was asked."""

    NAME = "name"
    TAKEN = "taken"
    PUPILS = "pupils"
    DAY = "day"
    FLAGS = "flags"
    CHANGING = "changing"
    NO_OTHER = "no-other"
    NOTHING = "nothing"
    BEGUN = "begun"


class CannotChange(ValueError):
    """Classes that cannot change so; `classroom` is the one it is about."""

    def __init__(self, trouble: Trouble, classroom: int | None = None) -> None:
        super().__init__(trouble.value)
        self.trouble, self.classroom = trouble, classroom


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
    check_day([classroom], day, now)
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

    `sizes` are the pupils who stay and who go; the new class has all that is set for the old.
    """
    check_day([classroom], day, now)
    check_name(classroom.school, name)
    for size in sizes:
        check_pupils(size)
    new = copy_class(classroom, name, sizes[1], day)
    teaching.set_teachers(new, classroom.school, teachers)
    parts = [Part(classroom.id, classroom.id, sizes[0]), Part(classroom.id, new, sizes[1])]
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
    """Plan that classes become one new class; it has what is set for the first of them."""
    if len(classrooms) < 2:
        raise CannotChange(Trouble.NO_OTHER)
    check_day(classrooms, day, now)
    for one in classrooms:
        refuse_open_flags(one)
    check_name(by.school, name, ending=[one.id for one in classrooms])
    check_pupils(pupils)
    new = copy_class(classrooms[0], name, pupils, day)
    spoken = dict.fromkeys(code for one in classrooms for code in one.languages)
    schools.lay_table(new, replace(classrooms[0].table, languages=tuple(spoken)))
    teachers = frozenset().union(*(teaching.teachers_of(one.id) for one in classrooms))
    teaching.set_teachers(new, by.school, teachers)
    parts = [Part(one.id, new, pupils) for one in classrooms]
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


def check_day(classrooms: Sequence[Classroom], day: date, now: datetime) -> None:
    """Refuse a day that is over, on which a round has begun, or a class that changes already."""
    busy = {id for change in class_changes.list_waiting() for id in change.touches}
    for one in classrooms:
        if one.closed_on is not None or one.id in busy:
            raise CannotChange(Trouble.CHANGING, one.id)
    first = first_day_for(classrooms, now)
    if not first <= day <= first + FARTHEST:
        raise CannotChange(Trouble.DAY)


def check_name(school: int, name: str, ending: Collection[int] = ()) -> None:
    """Refuse a name that is none, or that another class has which does not end."""
    if not is_name(name):
        raise CannotChange(Trouble.NAME)
    others = (one for one in schools.list_classrooms(school) if one.id not in ending)
    if any(one.name.casefold() == name.casefold() for one in others):
        raise CannotChange(Trouble.TAKEN)


def check_pupils(pupils: int) -> None:
    """Refuse a number of pupils that no class has."""
    if not 1 <= pupils <= MOST_PUPILS:
        raise CannotChange(Trouble.PUPILS)


def refuse_open_flags(classroom: Classroom) -> None:
    """Refuse to end a class about which the care team has something in hand."""
    if any(not flag.is_closed for flag in flags.flags_of(classroom.id)):
        raise CannotChange(Trouble.FLAGS, classroom.id)
