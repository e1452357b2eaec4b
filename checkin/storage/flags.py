"""Flags and all that happened to them; steps are only ever added."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import selectinload

from checkin.domain.flags import Flag, FlagEvent, FlagState, KeptBack, Outcome, Step
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
    kept_back: KeptBack | None = None,
) -> int:
    """Raise a flag and return its id; one that is kept back is listed, and reaches nobody yet."""
    row = FlagRow(
        school_id=school,
        classroom_id=classroom,
        pattern=pattern,
        raised_on=raised_on,
        last_seen_on=raised_on,
        strength=strength,
        numbers=dict(numbers),
        state=FlagState.RAISED.value,
        reached_on=None if kept_back else raised_on,
        kept_back=kept_back.value if kept_back else None,
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
    return _flags(list(db.session.scalars(_FLAGS.where(FlagRow.school_id == school))))


def list_current(school: int, since: datetime) -> list[Flag]:
    """Return the flags of a school that are open or were closed since an instant, newest first."""
    was_closed = and_(FlagEventRow.step == Step.CLOSED.value, FlagEventRow.at >= since)
    query = _FLAGS.where(
        FlagRow.school_id == school,
        or_(FlagRow.state != FlagState.CLOSED.value, FlagRow.events.any(was_closed)),
    )
    return _flags(list(db.session.scalars(query)))


def flags_of(classroom: int) -> list[Flag]:
    """Return every flag of a classroom, newest first."""
    return _flags(list(db.session.scalars(_FLAGS.where(FlagRow.classroom_id == classroom))))


_FLAGS = (
    select(FlagRow)
    .options(selectinload(FlagRow.events))
    .order_by(FlagRow.raised_on.desc(), FlagRow.id)
)


def add_step(
    id: int,
    step: Step,
    state: FlagState,
    at: datetime,
    by: int | None = None,
    outcome: Outcome | None = None,
    note: str = "",
    to: int | None = None,
) -> None:
    """Add a step to a flag and put it in the state that follows; `to` is who is given it."""
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
            given_to=to,
        )
    )
    db.session.flush()
    db.session.expire(row, ["events"])


def assign(id: int, to: int) -> None:
    """Put a flag in somebody's hands."""
    db.session.get_one(FlagRow, id).assigned_to = to


def note_seen(id: int, day: date) -> None:
    """Note that an open flag's pattern was seen again."""
    row = db.session.get_one(FlagRow, id)
    row.last_seen_on = max(row.last_seen_on, day)


def note_reached(id: int, day: date) -> None:
    """Note that a flag came before the reviewers; the first time stays."""
    row = db.session.get_one(FlagRow, id)
    row.reached_on = row.reached_on or day


def keep_back(id: int, why: KeptBack) -> None:
    """Note why a flag is listed and does not reach the reviewers yet."""
    db.session.get_one(FlagRow, id).kept_back = why.value


def listed_flags(school: int) -> list[Flag]:
    """Return the flags of a school that were raised and reached nobody yet, the oldest first."""
    query = select(FlagRow).where(
        FlagRow.school_id == school,
        FlagRow.state == FlagState.RAISED.value,
        FlagRow.reached_on.is_(None),
    )
    return _flags(list(db.session.scalars(query.order_by(FlagRow.id))))


def schools_with_listed_flags() -> set[int]:
    """Return the schools where a flag waits for its turn."""
    query = select(FlagRow.school_id).where(
        FlagRow.state == FlagState.RAISED.value, FlagRow.reached_on.is_(None)
    )
    return set(db.session.scalars(query.distinct()))


def count_reached(school: int, first: date, last: date, not_counted: str) -> int:
    """Count the flags that came before the reviewers in a span, but for one pattern."""
    query = select(func.count()).where(
        FlagRow.school_id == school,
        FlagRow.reached_on.between(first, last),
        FlagRow.pattern != not_counted,
    )
    return db.session.scalar(query) or 0


def open_patterns(classrooms: Collection[int]) -> set[tuple[int, str]]:
    """Return classroom and pattern of every flag of these classrooms that is not closed."""
    query = select(FlagRow.classroom_id, FlagRow.pattern).where(
        FlagRow.classroom_id.in_(classrooms), FlagRow.state != FlagState.CLOSED.value
    )
    return {(classroom, pattern) for classroom, pattern in db.session.execute(query)}


def accepted(school: int) -> list[tuple[int, str, datetime]]:
    """Return classroom, pattern and when, of all that was taken for the new usual, in order."""
    query = (
        select(FlagRow.classroom_id, FlagRow.pattern, FlagEventRow.at)
        .join(FlagEventRow, FlagEventRow.flag_id == FlagRow.id)
        .where(
            FlagEventRow.school_id == school,
            FlagEventRow.outcome == Outcome.NEW_USUAL.value,
        )
        .order_by(FlagEventRow.id)
    )
    return [(classroom, pattern, at) for classroom, pattern, at in db.session.execute(query)]


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
        reached_on=row.reached_on,
        kept_back=KeptBack(row.kept_back) if row.kept_back else None,
    )


def _event(row: FlagEventRow, names: Mapping[int, str]) -> FlagEvent:
    return FlagEvent(
        Step(row.step),
        row.at,
        names.get(row.staff_id) if row.staff_id else None,
        Outcome(row.outcome) if row.outcome else None,
        row.note,
        names.get(row.given_to) if row.given_to else None,
    )
