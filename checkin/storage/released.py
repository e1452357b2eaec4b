"""What sealing released; rows are added once, never changed, and forgotten at their time."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Delete, Insert, Row, bindparam, delete, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from checkin.domain.release import Light, Released, WeekPicture, Why
from checkin.domain.released import ReleasedRound, ReleasedWeek
from checkin.domain.rounds import Moment, Round, week_of
from checkin.storage.database import Base, ask, db
from checkin.storage.rows import ReleasedRoundRow, ReleasedWeekRow


def add_round(school: int, round: Round, released: Released, at: datetime, by: int | None) -> None:
    """Add a sealed round; the first one stays."""
    _add_once(
        ReleasedRoundRow,
        classroom_id=round.classroom,
        day=round.day,
        moment=round.moment.value,
        school_id=school,
        pupils=released.pupils,
        answered=released.answered,
        heavy=released.heavy,
        light=released.light.value,
        why=released.why.value,
        sealed_at=at,
        sealed_by=by,
    )


def add_week(school: int, classroom: int, week: str, picture: WeekPicture) -> None:
    """Add a closed week; the first one stays."""
    _add_once(
        ReleasedWeekRow,
        classroom_id=classroom,
        week=week,
        school_id=school,
        shares=picture.shares,
        coping=picture.coping,
    )


def find_round(round: Round) -> ReleasedRound | None:
    """Return a sealed round, or None."""
    key = (round.classroom, round.day, round.moment.value)
    row = db.session.get(ReleasedRoundRow, key)
    return _round(row) if row is not None else None


def find_end(round: Round) -> tuple[bool, bool]:
    """Tell whether a round was sealed, and whether its week was closed; asked at every tap."""
    key = {"classroom": round.classroom, "day": round.day, "moment": round.moment.value}
    sealed, closed = ask(_END, **key, week=round.week).first() or (False, False)
    return bool(sealed), bool(closed)


def which_are_kept(rounds: Sequence[Round]) -> set[Round]:
    """Return those of some rounds that were sealed."""
    kept = ReleasedRoundRow.__table__.c
    query = select(kept.classroom_id, kept.day, kept.moment).where(
        kept.classroom_id.in_({round.classroom for round in rounds}),
        kept.day.in_({round.day for round in rounds}),
    )
    found = {Round(room, day, Moment(moment)) for room, day, moment in db.session.execute(query)}
    return found.intersection(rounds)


def rounds_between(classroom: int, first: date, last: date) -> list[ReleasedRound]:
    """Return the sealed rounds of a classroom in order of time, both ends included."""
    rows = ask(_ROUNDS_BETWEEN, classroom=classroom, first=first, last=last)
    return [_round(row) for row in rows]


def weeks_between(classroom: int, first: str, last: str) -> list[ReleasedWeek]:
    """Return the closed weeks of a classroom in order of time, both ends included."""
    rows = ask(_WEEKS_BETWEEN, classroom=classroom, first=first, last=last)
    return [ReleasedWeek(row.week, row.shares, row.coping) for row in rows]


def remove_before(school: int, day: date) -> int:
    """Delete what was released of a school before a day, whole weeks, and return how many rows."""
    rounds = delete(ReleasedRoundRow).where(
        ReleasedRoundRow.school_id == school, ReleasedRoundRow.day < day
    )
    weeks = delete(ReleasedWeekRow).where(
        ReleasedWeekRow.school_id == school, ReleasedWeekRow.week < week_of(day)
    )
    return _delete(rounds) + _delete(weeks)


# A year of a class has hundreds of rows: columns and no objects, which costs a third.
_ROUND, _WEEK = ReleasedRoundRow.__table__.c, ReleasedWeekRow.__table__.c
_FIRST: BindParameter[Any] = bindparam("first")
_LAST: BindParameter[Any] = bindparam("last")
_ROUNDS_BETWEEN = (
    select(*_ROUND)
    .where(_ROUND.classroom_id == bindparam("classroom"), _ROUND.day.between(_FIRST, _LAST))
    .order_by(_ROUND.day, _ROUND.moment)
)
_WEEKS_BETWEEN = (
    select(*_WEEK)
    .where(_WEEK.classroom_id == bindparam("classroom"), _WEEK.week.between(_FIRST, _LAST))
    .order_by(_WEEK.week)
)
_END = select(
    exists().where(
        _ROUND.classroom_id == bindparam("classroom"),
        _ROUND.day == bindparam("day"),
        _ROUND.moment == bindparam("moment"),
    ),
    exists().where(
        _WEEK.classroom_id == bindparam("classroom"),
        _WEEK.week == bindparam("week"),
    ),
)


def _add_once(row: type[Base], **values: Any) -> None:
    db.session.execute(_once(row, db.engine.dialect.name), values)


@cache
def _once(row: type[Base], dialect: str) -> Insert:
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return insert(row).on_conflict_do_nothing()


def _delete(which: Delete) -> int:
    return int(db.session.execute(which).rowcount)  # type: ignore[attr-defined]


def _round(row: ReleasedRoundRow | Row[Any]) -> ReleasedRound:
    return ReleasedRound(
        Round(row.classroom_id, row.day, Moment(row.moment)),
        Released(row.answered, row.pupils, row.heavy, Light(row.light), Why(row.why)),
        row.sealed_at,
        row.sealed_by,
    )
