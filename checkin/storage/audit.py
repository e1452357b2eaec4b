"""Who looked at or did what; only ever added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from checkin.storage.database import db
from checkin.storage.rows import AuditRow, StaffRow


@dataclass(frozen=True)
class Look:
    """Somebody looked at or did something."""

    at: datetime
    by: str
    what: str


def add(school: int, at: datetime, by: int | None, what: str, subject: str) -> None:
    """Add an entry; the caller commits."""
    db.session.add(AuditRow(school_id=school, at=at, staff_id=by, what=what, subject=subject))


def looks_at(subject: str, most: int = 50) -> list[Look]:
    """Return the last entries about a subject, newest first."""
    query = (
        select(AuditRow.at, StaffRow.name, AuditRow.what)
        .outerjoin(StaffRow, StaffRow.id == AuditRow.staff_id)
        .where(AuditRow.subject == subject)
        .order_by(AuditRow.id.desc())
        .limit(most)
    )
    return [Look(at, name or "", what) for at, name, what in db.session.execute(query)]
