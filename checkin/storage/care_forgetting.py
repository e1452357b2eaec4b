"""Forgetting flags and reviews whose time is up, with all that belongs to them."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, exists, func, select

from checkin.domain.flags import FlagState, Step
from checkin.storage.database import Base, db
from checkin.storage.rows import (
    DecisionRow,
    FlagEventRow,
    FlagRow,
    ParentsTalkRow,
    ReviewMeetingRow,
)


def forget_flags(before: datetime) -> int:
    """Forget the flags that were closed before an instant, and return how many."""
    closed = (
        select(FlagEventRow.flag_id)
        .where(FlagEventRow.step == Step.CLOSED.value)
        .group_by(FlagEventRow.flag_id)
        .having(func.max(FlagEventRow.at) < before)
    )
    query = select(FlagRow.id).where(
        FlagRow.id.in_(closed), FlagRow.state == FlagState.CLOSED.value
    )
    ids = list(db.session.scalars(query))
    for row in (ParentsTalkRow, DecisionRow, FlagEventRow):
        _delete(row, row.flag_id.in_(ids))
    return _delete(FlagRow, FlagRow.id.in_(ids))


def forget_decisions(before: datetime) -> int:
    """Forget decisions about no flag whose end was told, or that were made, before an instant."""
    last = func.coalesce(DecisionRow.followed_at, DecisionRow.made_at)
    return _delete(DecisionRow, DecisionRow.flag_id.is_(None) & (last < before))


def forget_meetings(before: datetime) -> int:
    """Forget the reviews before an instant of which no decision is left."""
    has_decision = exists().where(
        DecisionRow.school_id == ReviewMeetingRow.school_id,
        DecisionRow.week == ReviewMeetingRow.week,
    )
    return _delete(ReviewMeetingRow, (ReviewMeetingRow.began_at < before) & ~has_decision)


def _delete(row: type[Base], condition: ColumnElement[bool]) -> int:
    result = db.session.execute(
        delete(row).where(condition), execution_options={"synchronize_session": False}
    )
    return int(result.rowcount)  # type: ignore[attr-defined]
