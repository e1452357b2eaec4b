"""Who people are at the place where the school's people sign in elsewhere."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from checkin.storage.database import db
from checkin.storage.rows import OutsideIdentityRow

AS_IT_IS = {"synchronize_session": False}


def find(issuer: str, subject: str) -> int | None:
    """Return who a person of another place is here, or None."""
    row = OutsideIdentityRow
    query = select(row.staff_id).where(row.issuer == issuer, row.subject == subject)
    return db.session.scalar(query)


def bind(school: int, staff: int, issuer: str, subject: str, at: datetime) -> bool:
    """Note who a person is elsewhere; False when that, or another of that place, is known."""
    row = OutsideIdentityRow(
        school_id=school, staff_id=staff, issuer=issuer, subject=subject, bound_at=at
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True


def all_of(school: int) -> frozenset[int]:
    """Return who of a school signs in elsewhere."""
    row = OutsideIdentityRow
    return frozenset(db.session.scalars(select(row.staff_id).where(row.school_id == school)))


def unbind(staff: int) -> None:
    """Forget who a person is elsewhere."""
    row = OutsideIdentityRow
    db.session.execute(delete(row).where(row.staff_id == staff), execution_options=AS_IT_IS)
