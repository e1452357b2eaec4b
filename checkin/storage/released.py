"""What sealing released; rows are only ever added, and a second time changes nothing."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from checkin.domain.release import Light, Released, WeekPicture, Why
from checkin.domain.released import ReleasedRound, ReleasedWeek
from checkin.domain.rounds import Moment, Round
from checkin.storage.database import Base, db
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
    sealed, closed = db.session.execute(_END, key | {"week": round.week}).one()
    return bool(sealed), bool(closed)


def rounds_between(classroom: int, first: date, last: date) -> list[ReleasedRound]:
    """Return the sealed rounds of a classroom in order of time, both ends included."""
    query = (
        select(ReleasedRoundRow)
        .where(
            ReleasedRoundRow.classroom_id == classroom,
            ReleasedRoundRow.day.between(first, last),
        )
        .order_by(ReleasedRoundRow.day, ReleasedRoundRow.moment)
    )
    return [_round(row) for row in db.session.scalars(query)]


def weeks_between(classroom: int, first: str, last: str) -> list[ReleasedWeek]:
    """Return the closed weeks of a classroom in order of time, both ends included."""
    query = (
        select(ReleasedWeekRow)
        .where(
            ReleasedWeekRow.classroom_id == classroom,
            ReleasedWeekRow.week.between(first, last),
        )
        .order_by(ReleasedWeekRow.week)
    )
    return [ReleasedWeek(row.week, row.shares, row.coping) for row in db.session.scalars(query)]


_END = select(
    exists().where(
        ReleasedRoundRow.classroom_id == bindparam("classroom"),
        ReleasedRoundRow.day == bindparam("day"),
        ReleasedRoundRow.moment == bindparam("moment"),
    ),
    exists().where(
        ReleasedWeekRow.classroom_id == bindparam("classroom"),
        ReleasedWeekRow.week == bindparam("week"),
    ),
)


def _add_once(row: type[Base], **values: Any) -> None:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    db.session.execute(insert(row).values(**values).on_conflict_do_nothing())


def _round(row: ReleasedRoundRow) -> ReleasedRound:
    return ReleasedRound(
        Round(row.classroom_id, row.day, Moment(row.moment)),
        Released(row.answered, row.pupils, row.heavy, Light(row.light), Why(row.why)),
        row.sealed_at,
        row.sealed_by,
    )
