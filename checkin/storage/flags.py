"""Flags and all that happened to them; steps are only ever added."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from checkin.domain.flags import Flag, FlagEvent, FlagState, Outcome, Step
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow, FlagEventRow, FlagRow, StaffRow


def add_flag(
    school: int,
    classroom: int,
    pattern: str,
    raised_on: date,
    strength: float,
    numbers: Mapping[str, Any],
    at: datetime,
) -> int:
    """Raise a flag and return its id."""
    row = FlagRow(
        school_id=school,
        classroom_id=classroom,
        pattern=pattern,
        raised_on=raised_on,
        last_seen_on=raised_on,
        strength=strength,
        numbers=dict(numbers),
        state=FlagState.RAISED.value,
        events=[FlagEventRow(school_id=school, at=at, step=Step.RAISED.value)],
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def find_flag(id: int) -> Flag | None:
    """Return a flag, or None."""
    row = db.session.get(FlagRow, id)
    return _flags([row])[0] if row is not None else None


def list_flags(school: int) -> list[Flag]:
    """Return every flag of a school, newest first."""
    query = select(FlagRow).where(FlagRow.school_id == school)
    return _flags(list(db.session.scalars(query.order_by(FlagRow.raised_on.desc(), FlagRow.id))))


def flags_of(classroom: int) -> list[Flag]:
    """Return every flag of a classroom, newest first."""
    query = select(FlagRow).where(FlagRow.classroom_id == classroom)
    return _flags(list(db.session.scalars(query.order_by(FlagRow.raised_on.desc(), FlagRow.id))))


def add_step(
    id: int,
    step: Step,
    state: FlagState,
    at: datetime,
    by: int | None = None,
    outcome: Outcome | None = None,
    note: str = "",
) -> None:
    """Add a step to a flag and put it in the state that follows."""
    row = db.session.get_one(FlagRow, id)
    row.state = state.value
    db.session.add(
        FlagEventRow(
            school_id=row.school_id,
            flag_id=id,
            at=at,
            staff_id=by,
            step=step.value,
            outcome=outcome.value if outcome else None,
            note=note,
        )
    )
    db.session.flush()
    db.session.expire(row, ["events"])


def assign(id: int, to: int) -> None:
    """Put a flag in somebody's hands."""
    db.session.get_one(FlagRow, id).assigned_to = to


def note_seen(id: int, day: date) -> None:
    """Note that an open flag's pattern was seen again."""
    db.session.get_one(FlagRow, id).last_seen_on = day


def _flags(rows: list[FlagRow]) -> list[Flag]:
    names = dict(db.session.execute(select(StaffRow.id, StaffRow.name)).all())
    classrooms = dict(db.session.execute(select(ClassroomRow.id, ClassroomRow.name)).all())
    return [_flag(row, names, classrooms) for row in rows]


def _flag(row: FlagRow, names: Mapping[int, str], classrooms: Mapping[int, str]) -> Flag:
    return Flag(
        id=row.id,
        school=row.school_id,
        classroom=row.classroom_id,
        classroom_name=classrooms[row.classroom_id],
        pattern=row.pattern,
        raised_on=row.raised_on,
        last_seen_on=row.last_seen_on,
        strength=row.strength,
        numbers=row.numbers,
        state=FlagState(row.state),
        assigned_to=row.assigned_to,
        assigned_name=names.get(row.assigned_to) if row.assigned_to else None,
        events=tuple(_event(event, names) for event in row.events),
    )


def _event(row: FlagEventRow, names: Mapping[int, str]) -> FlagEvent:
    return FlagEvent(
        Step(row.step),
        row.at,
        names.get(row.staff_id) if row.staff_id else None,
        Outcome(row.outcome) if row.outcome else None,
        row.note,
    )
