"""Weekly reviews: who met when."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from checkin.domain.decisions import Meeting
from checkin.storage.database import db
from checkin.storage.rows import ReviewMeetingRow


def find_meeting(school: int, week: str) -> Meeting | None:
    """Return the review of a week, or None."""
    row = _find(school, week)
    return _meeting(row) if row is not None else None


def keep_meeting(school: int, week: str, present: Sequence[int], at: datetime) -> None:
    """Note who is at the review of a week; the first time it begins, later it goes on."""
    row = _find(school, week)
    if row is None:
        row = ReviewMeetingRow(school_id=school, week=week, began_at=at)
        db.session.add(row)
    row.present = sorted(set(present))
    db.session.flush()


def end_meeting(school: int, week: str, at: datetime) -> None:
    """Note that a review has ended; the last time counts."""
    row = _find(school, week)
    if row is not None:
        row.ended_at = at


def list_meetings(school: int, most: int) -> list[Meeting]:
    """Return the last reviews of a school, the newest first."""
    query = (
        select(ReviewMeetingRow)
        .where(ReviewMeetingRow.school_id == school)
        .order_by(ReviewMeetingRow.began_at.desc())
        .limit(most)
    )
    return [_meeting(row) for row in db.session.scalars(query)]


def _find(school: int, week: str) -> ReviewMeetingRow | None:
    query = select(ReviewMeetingRow).where(
        ReviewMeetingRow.school_id == school, ReviewMeetingRow.week == week
    )
    return db.session.scalars(query).one_or_none()


def _meeting(row: ReviewMeetingRow) -> Meeting:
    return Meeting(row.school_id, row.week, tuple(row.present), row.began_at, row.ended_at)
