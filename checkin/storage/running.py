"""What shows whether the work that goes by itself was done; nothing of what was released."""

from datetime import date, datetime

from sqlalchemy import func, select

from checkin.storage.database import db
from checkin.storage.rows import EngineStateRow, ReleasedRoundRow


def last_sealed_at(school: int) -> datetime | None:
    """Return when a round of a school was last sealed, by whomever."""
    newest = (
        select(ReleasedRoundRow.day)
        .where(ReleasedRoundRow.school_id == school)
        .order_by(ReleasedRoundRow.day.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(func.max(ReleasedRoundRow.sealed_at))
    return db.session.scalar(
        query.where(ReleasedRoundRow.school_id == school, ReleasedRoundRow.day == newest)
    )


def last_day_looked_at(school: int) -> date | None:
    """Return the last day of a school that the pattern rules took in."""
    query = select(func.max(EngineStateRow.last_day))
    return db.session.scalar(query.where(EngineStateRow.school_id == school))
