"""Flags and all that happened to them; steps are only ever added."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select, update
from sqlalchemy.orm import aliased, selectinload

from checkin.domain.flags import Flag, FlagState, KeptBack, Outcome, Step
from checkin.storage.database import db
from checkin.storage.flag_reading import flags_of_rows
from checkin.storage.rows import FlagEventRow, FlagRow


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
    return flags_of_rows([row])[0] if row is not None else None


def hold(id: int) -> Flag:
    """Return a flag as it is now, held until the commit: whoever else would change it waits."""
    as_it_is = update(FlagRow).where(FlagRow.id == id).values(state=FlagRow.state)
    db.session.execute(as_it_is, execution_options={"synchronize_session": False})
    row = db.session.get_one(FlagRow, id, populate_existing=True)
    db.session.expire(row, ["events"])
    return flags_of_rows([row])[0]


def list_flags(school: int) -> list[Flag]:
    """Return every flag of a school, newest first."""
    return flags_of_rows(list(db.session.scalars(_FLAGS.where(FlagRow.school_id == school))))


def list_open(school: int) -> list[Flag]:
    """Return the flags of a school that are not closed, newest first."""
    is_open = FlagRow.state != FlagState.CLOSED.value
    return flags_of_rows(
        list(db.session.scalars(_FLAGS.where(FlagRow.school_id == school, is_open)))
    )


def list_current(school: int, since: datetime) -> list[Flag]:
    """Return the flags of a school that are open or were closed since an instant, newest first."""
    was_closed = and_(FlagEventRow.step == Step.CLOSED.value, FlagEventRow.at >= since)
    query = _FLAGS.where(
        FlagRow.school_id == school,
        or_(FlagRow.state != FlagState.CLOSED.value, FlagRow.events.any(was_closed)),
    )
    return flags_of_rows(list(db.session.scalars(query)))


def list_closed(school: int, since: datetime, until: datetime) -> list[Flag]:
    """Return the flags of a school that were closed for good in a span, newest first."""
    was_closed = and_(
        FlagEventRow.step == Step.CLOSED.value,
        FlagEventRow.at >= since,
        FlagEventRow.at < until,
    )
    is_closed = FlagRow.state == FlagState.CLOSED.value
    query = _FLAGS.where(FlagRow.school_id == school, is_closed, FlagRow.events.any(was_closed))
    found = flags_of_rows(list(db.session.scalars(query)))
    return [flag for flag in found if flag.closing and since <= flag.closing.at < until]


def flags_of(classroom: int) -> list[Flag]:
    """Return every flag of a classroom, newest first."""
    return flags_of_rows(list(db.session.scalars(_FLAGS.where(FlagRow.classroom_id == classroom))))


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
    role: tuple[str, str] = ("", ""),
    at_step: str = "",
) -> None:
    """Add a step to a flag and put it in the state that follows.

    `to` is who is given it, `role` the id and label of the role it goes to, and `at_step` the step
    of the structure.
    """
    row = db.session.get_one(FlagRow, id)
    row.state = state.value
    row.at_step = at_step or row.at_step
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
            role=role[0],
            role_label=role[1],
            at_step=at_step,
        )
    )
    db.session.flush()
    db.session.expire(row, ["events"])


def assign(id: int, to: int | None) -> None:
    """Put a flag in somebody's hands, or with None in nobody's own."""
    db.session.get_one(FlagRow, id).assigned_to = to


def note_seen(id: int, day: date, again: Mapping[str, Any] | None = None) -> None:
    """Note that an open flag's pattern was seen again, with the numbers if it was told again."""
    row = db.session.get_one(FlagRow, id)
    if again is not None:
        row.numbers = {**row.numbers, "again": [*row.numbers.get("again", ()), dict(again)]}
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
    return flags_of_rows(list(db.session.scalars(query.order_by(FlagRow.id))))


def schools_with_listed_flags() -> set[int]:
    """Return the schools where a flag waits for its turn."""
    query = select(FlagRow.school_id).where(
        FlagRow.state == FlagState.RAISED.value, FlagRow.reached_on.is_(None)
    )
    return set(db.session.scalars(query.distinct()))


def schools_with_open_flags() -> set[int]:
    """Return the schools where a flag that reached somebody is open."""
    query = select(FlagRow.school_id).where(
        FlagRow.state != FlagState.CLOSED.value, FlagRow.reached_on.is_not(None)
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
    """Return classroom, pattern and when, of all that was taken for the new usual, in order.

    What was closed so by mistake, and reopened, is not.
    """
    later = aliased(FlagEventRow)
    was_reopened = exists().where(
        later.flag_id == FlagEventRow.flag_id,
        later.id > FlagEventRow.id,
        later.step == Step.REOPENED.value,
    )
    query = (
        select(FlagRow.classroom_id, FlagRow.pattern, FlagEventRow.at)
        .join(FlagEventRow, FlagEventRow.flag_id == FlagRow.id)
        .where(
            FlagEventRow.school_id == school,
            FlagEventRow.step == Step.CLOSED.value,
            FlagEventRow.outcome == Outcome.NEW_USUAL.value,
            ~was_reopened,
        )
        .order_by(FlagEventRow.id)
    )
    return [(classroom, pattern, at) for classroom, pattern, at in db.session.execute(query)]
