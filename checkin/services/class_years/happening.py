"""What was planned happens when its day has come, and can be undone until the first round."""

from datetime import datetime, timedelta

from checkin.domain.access import Person
from checkin.domain.calendar import LONGEST_BREAK, Timetable
from checkin.domain.class_changes import Change
from checkin.services.class_years.beginning import (
    add_late_tablets,
    begin,
    beginning,
    ending,
    sizes_on_the_day,
)
from checkin.services.class_years.checks import CannotChange, Trouble, alone, check_name
from checkin.services.timetables import calendar_of
from checkin.storage import audit, class_changes, joining, schools, teaching, timetables
from checkin.storage.database import db


class TooLate(Exception):
    """A round of one of the classes has begun: its cards belong to that class."""


def carry_out_due(now: datetime) -> int:
    """Let every change happen whose day has come, and return how many did."""
    due = [c for c in class_changes.list_waiting() if c.day <= calendar_of(c.school).today(now)]
    return sum(_carry_out(change.school, change.id, now) for change in due)


def undo(by: Person, change: Change, now: datetime) -> None:
    """Call a change off, or undo it; raises TooLate once a round has begun, or CannotChange."""
    with alone(change.school):
        _undo(by, class_changes.hold(change.id), now)


def find_undo_until(change: Change) -> datetime | None:
    """Return when the first round of a class of a change begins, or None when none does."""
    calendar = calendar_of(change.school)
    starts = []
    for classroom in change.touches:
        timetable = Timetable(calendar, timetables.openings_of(classroom))
        days = (change.day + timedelta(days=n) for n in range(LONGEST_BREAK.days))
        first = next(filter(timetable.is_school_day, days), None)
        if first is not None:
            starts.append(min(timetable.opens(first, m) for m in timetable.moments(first)))
    return min(starts, default=None)


def _undo(by: Person, held: Change, now: datetime) -> None:
    if held.undone_at is not None:
        db.session.rollback()
        return
    if held.done_at is not None:
        if (until := find_undo_until(held)) is not None and now >= until:
            db.session.rollback()
            raise TooLate
        _check_way_back(held)
        _take_back(held, now)
    for id in held.begins:
        teaching.set_teachers(id, held.school, ())
        teaching.end_substitutions_of(id, by.id, now)
    class_changes.note_undone(held.id, by.id, now)
    audit.add(held.school, now, by.id, f"class-{held.kind.value}-undone", f"class-change {held.id}")
    timetables.touch(held.school)
    db.session.commit()


def _carry_out(school: int, id: int, now: datetime) -> int:
    joining.hold(school)
    change = class_changes.hold(id)
    if change.done_at is not None or change.undone_at is not None:
        db.session.rollback()  # another process was first
        return 0
    ends, sizes = ending(change), sizes_on_the_day(change)
    for classroom in beginning(change):
        begin(change, classroom, now)
    add_late_tablets(change)
    for classroom in ends:
        schools.close_classroom(classroom, change.day)
    class_changes.resize(id, sizes, change.day)
    class_changes.move_tablets(id, change.planned_by, now)
    class_changes.note_done(id, now)
    audit.add(
        change.school,
        now,
        change.planned_by,
        f"class-{change.kind.value}-done",
        f"class-change {id}",
    )
    timetables.touch(change.school)
    db.session.commit()
    return 1


def _check_way_back(change: Change) -> None:
    """Raise CannotChange where a later change or a new class is in the way."""
    for later in class_changes.list_changes(change.school):
        is_later = later.done_at is not None and (later.day, later.id) > (change.day, change.id)
        if is_later and (touched := set(later.touches) & set(change.touches)):
            raise CannotChange(Trouble.LATER, min(touched), later)
    for room in map(schools.get_classroom, change.ends):
        if room.closed_on != change.day:
            continue
        try:
            check_name(change.school, room.name, ending=[room.id, *change.begins])
        except CannotChange as wrong:
            raise CannotChange(wrong.trouble, room.id) from None


def _take_back(change: Change, now: datetime) -> None:
    for classroom in change.ends:
        if schools.get_classroom(classroom).closed_on == change.day:
            schools.reopen_classroom(classroom)
    for classroom in change.begins:
        schools.close_classroom(classroom, change.day)
        teaching.let_nobody_talk(classroom)
    class_changes.size_back(change.id)
    class_changes.move_tablets_back(change.id, now)
