"""Who teaches a classroom: for good, or from day to day."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from checkin.storage.database import db
from checkin.storage.rows import (
    StaffRow,
    SubstitutionRow,
    TalkAdultClassRow,
    TalkClassRow,
    TeachingRow,
)


@dataclass(frozen=True)
class Substitution:
    """Somebody stands in for a teacher; first and last day included."""

    id: int
    school: int
    classroom: int
    staff: int
    name: str
    first: date
    last: date


def teachers_of(classroom: int) -> frozenset[int]:
    """Return who teaches a classroom for good."""
    query = select(TeachingRow.staff_id).where(TeachingRow.classroom_id == classroom)
    return frozenset(db.session.scalars(query))


def set_teachers(classroom: int, school: int, staff: Collection[int]) -> None:
    """Choose who teaches a classroom; nobody else does then."""
    known = teachers_of(classroom)
    gone = TeachingRow.staff_id.in_(known - set(staff))
    rows = db.session.scalars(
        select(TeachingRow).where(TeachingRow.classroom_id == classroom, gone)
    )
    for row in rows.all():
        db.session.delete(row)
    db.session.add_all(
        TeachingRow(staff_id=id, classroom_id=classroom, school_id=school)
        for id in sorted(set(staff) - known)
    )
    db.session.flush()
    for id in known ^ set(staff):
        if person := db.session.get(StaffRow, id):
            db.session.expire(person, ["teaching"])


def add_substitution(
    classroom: int, school: int, staff: int, days: tuple[date, date], by: int, at: datetime
) -> int:
    """Let somebody stand in from one day to another and return its id."""
    row = SubstitutionRow(
        school_id=school,
        classroom_id=classroom,
        staff_id=staff,
        first=days[0],
        last=days[1],
        added_by=by,
        added_at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def substitutions_of(classroom: int, since: date) -> list[Substitution]:
    """Return who stands in for a classroom on a day or later."""
    query = (
        select(SubstitutionRow, StaffRow.name)
        .join(StaffRow, StaffRow.id == SubstitutionRow.staff_id)
        .where(
            SubstitutionRow.classroom_id == classroom,
            SubstitutionRow.last >= since,
            SubstitutionRow.ended_at.is_(None),
        )
        .order_by(SubstitutionRow.first, SubstitutionRow.id)
    )
    return [_substitution(row, name) for row, name in db.session.execute(query)]


def find_substitution(id: int) -> Substitution | None:
    """Return a substitution that was not ended, or None."""
    row = db.session.get(SubstitutionRow, id)
    return _substitution(row, "") if row is not None and row.ended_at is None else None


def end_substitution(id: int, by: int, at: datetime) -> None:
    """End a substitution at once."""
    row = db.session.get_one(SubstitutionRow, id)
    row.ended_by, row.ended_at = by, at


def stand_in_there_too(
    before: Iterable[int], after: int, school: int, day: date, at: datetime
) -> None:
    """Let who stands in for a class that ends stand in for the one in its place, from a day on."""
    known = {one.staff for one in substitutions_of(after, day)} | teachers_of(after)
    rows = select(SubstitutionRow).where(
        SubstitutionRow.classroom_id.in_(list(before)),
        SubstitutionRow.last >= day,
        SubstitutionRow.ended_at.is_(None),
    )
    for row in db.session.scalars(rows.order_by(SubstitutionRow.id)).all():
        if row.staff_id not in known:
            days = max(row.first, day), row.last
            add_substitution(after, school, row.staff_id, days, row.added_by, at)


def end_substitutions_of(classroom: int, by: int, at: datetime) -> None:
    """End who stands in for a class that did not begin."""
    rows = select(SubstitutionRow).where(
        SubstitutionRow.classroom_id == classroom, SubstitutionRow.ended_at.is_(None)
    )
    for row in db.session.scalars(rows).all():
        row.ended_by, row.ended_at = by, at


def classrooms_on(staff: int, day: date) -> frozenset[int]:
    """Return for which classrooms somebody stands in on a day."""
    query = select(SubstitutionRow.classroom_id).where(
        SubstitutionRow.staff_id == staff,
        SubstitutionRow.first <= day,
        SubstitutionRow.last >= day,
        SubstitutionRow.ended_at.is_(None),
    )
    return frozenset(db.session.scalars(query))


def standing_in_on(classroom: int, day: date) -> tuple[int, ...]:
    """Return who stands in for a classroom on a day."""
    return tuple(
        one.staff for one in substitutions_of(classroom, day) if one.first <= day <= one.last
    )


def forget_substitutions(before: date) -> int:
    """Forget who stood in up to a day, and return how many there were."""
    result = db.session.execute(delete(SubstitutionRow).where(SubstitutionRow.last < before))
    return int(result.rowcount)  # type: ignore[attr-defined]


def let_same_adults_talk(before: Iterable[int], after: int, school: int) -> None:
    """Let the pupils of a new class ask for whom those of the old ones could ask."""
    old = set(before)
    asked = select(TalkClassRow.classroom_id).where(TalkClassRow.classroom_id.in_(old))
    if db.session.scalars(asked).first() is not None:
        db.session.merge(TalkClassRow(classroom_id=after, school_id=school))
    adults = select(TalkAdultClassRow.staff_id).where(TalkAdultClassRow.classroom_id.in_(old))
    for staff in sorted(set(db.session.scalars(adults))):
        row = TalkAdultClassRow(staff_id=staff, classroom_id=after, school_id=school)
        db.session.merge(row)


def let_nobody_talk(classroom: int) -> None:
    """Let the pupils of a class that did not begin ask for nobody."""
    for table in (TalkClassRow, TalkAdultClassRow):
        db.session.execute(delete(table).where(table.classroom_id == classroom))
    db.session.expire_all()


def _substitution(row: SubstitutionRow, name: str) -> Substitution:
    return Substitution(
        row.id, row.school_id, row.classroom_id, row.staff_id, name, row.first, row.last
    )
