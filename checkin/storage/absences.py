"""Who is away from school, and on which days."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from checkin.storage.database import db
from checkin.storage.rows import AbsenceRow, StaffRow


@dataclass(frozen=True)
class Absence:
    """A person is away, from the first day to the last."""

    id: int
    school: int
    staff: int
    name: str
    first: date
    last: date
    noted_by: int


def add(school: int, staff: int, first: date, last: date, noted_by: int) -> int:
    """Add an absence and return its number."""
    row = AbsenceRow(school_id=school, staff_id=staff, first=first, last=last, noted_by=noted_by)
    db.session.add(row)
    db.session.flush()
    return row.id


def find(id: int) -> Absence | None:
    """Return an absence, or None."""
    query = _ABSENCES.where(AbsenceRow.id == id)
    row = db.session.execute(query).one_or_none()
    return Absence(*row) if row is not None else None


def list_from(school: int, day: date) -> list[Absence]:
    """Return the absences of a school that are not over on a day, the nearest first."""
    query = _ABSENCES.where(AbsenceRow.school_id == school, AbsenceRow.last >= day)
    rows = db.session.execute(query.order_by(AbsenceRow.first, StaffRow.name, AbsenceRow.id))
    return [Absence(*row) for row in rows]


def overlapping(staff: int, first: date, last: date) -> list[Absence]:
    """Return the absences of a person that share a day with a span."""
    query = _ABSENCES.where(
        AbsenceRow.staff_id == staff, AbsenceRow.first <= last, AbsenceRow.last >= first
    )
    return [Absence(*row) for row in db.session.execute(query.order_by(AbsenceRow.id))]


def absent_on(school: int, day: date) -> frozenset[int]:
    """Return who is away on a day."""
    query = select(AbsenceRow.staff_id).where(
        AbsenceRow.school_id == school, AbsenceRow.first <= day, AbsenceRow.last >= day
    )
    return frozenset(db.session.scalars(query))


def is_absent(staff: int, day: date) -> bool:
    """Tell whether a person is away on a day."""
    query = select(AbsenceRow.id).where(
        AbsenceRow.staff_id == staff, AbsenceRow.first <= day, AbsenceRow.last >= day
    )
    return db.session.scalars(query.limit(1)).first() is not None


def remove(id: int) -> None:
    """Take an absence back."""
    db.session.execute(delete(AbsenceRow).where(AbsenceRow.id == id))


def forget(before: date) -> int:
    """Forget the absences that ended before a day, and return how many."""
    result = db.session.execute(delete(AbsenceRow).where(AbsenceRow.last < before))
    return int(result.rowcount)  # type: ignore[attr-defined]


_ABSENCES = select(
    AbsenceRow.id,
    AbsenceRow.school_id,
    AbsenceRow.staff_id,
    StaffRow.name,
    AbsenceRow.first,
    AbsenceRow.last,
    AbsenceRow.noted_by,
).join(StaffRow, StaffRow.id == AbsenceRow.staff_id)
