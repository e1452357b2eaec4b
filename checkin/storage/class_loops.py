"""What classes did with their week, one line a week."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select

from checkin.storage.database import db
from checkin.storage.rows import ClassLoopRow, StaffRow


@dataclass(frozen=True)
class ClassLine:
    """One line of a teacher about one week of a class."""

    classroom: int
    week: str
    text: str
    written_by: str
    written_at: datetime


def keep(school: int, classroom: int, week: str, text: str, by: int, at: datetime) -> None:
    """Keep the line of a week in the place of the one before; '' takes it away."""
    row = db.session.get(ClassLoopRow, (classroom, week))
    if not text:
        if row is not None:
            db.session.delete(row)
        return
    if row is None:
        row = ClassLoopRow(classroom_id=classroom, week=week, school_id=school)
        db.session.add(row)
    row.text, row.written_by, row.written_at = text, by, at


def lines_of(classroom: int, most: int) -> list[ClassLine]:
    """Return the last lines of a class, the newest week first."""
    query = _query().where(ClassLoopRow.classroom_id == classroom)
    return _read(query.order_by(ClassLoopRow.week.desc()).limit(most))


def lines_in(school: int, weeks: Collection[str]) -> list[ClassLine]:
    """Return the lines of a school's classes in some weeks, in order of the weeks."""
    query = _query().where(ClassLoopRow.school_id == school, ClassLoopRow.week.in_(weeks))
    return _read(query.order_by(ClassLoopRow.week))


def forget(before: str) -> int:
    """Forget the lines of the weeks before a week, and return how many."""
    result = db.session.execute(delete(ClassLoopRow).where(ClassLoopRow.week < before))
    return int(result.rowcount)  # type: ignore[attr-defined]


_Rows = Select[int, str, str, str, datetime]


def _query() -> _Rows:
    return select(
        ClassLoopRow.classroom_id,
        ClassLoopRow.week,
        ClassLoopRow.text,
        StaffRow.name,
        ClassLoopRow.written_at,
    ).outerjoin(StaffRow, StaffRow.id == ClassLoopRow.written_by)


def _read(query: _Rows) -> list[ClassLine]:
    return [
        ClassLine(room, week, text, name or "", at)
        for room, week, text, name, at in db.session.execute(query)
    ]
