"""Who looked at or did what; only ever added, each line chained to the one before it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from checkin.domain.audit import BEGINNING, FORGOT, Ends, Line, Place, forgot_up_to, hash_of
from checkin.storage.database import db
from checkin.storage.rows import AuditHeadRow, AuditRow, StaffRow

AS_IT_IS = {"synchronize_session": False}
AT_ONCE = 1000
"""So many lines are in memory while a chain is read."""


@dataclass(frozen=True)
class Look:
    """Somebody looked at or did something."""

    at: datetime
    by: str
    what: str


def add(school: int, at: datetime, by: int | None, what: str, subject: str) -> None:
    """Add a line; the caller commits, and until then nobody else adds one at this school."""
    last = _hold(school).head
    line = Line(school, last.number + 1, at, by, what, subject, last.hash)
    line = replace(line, hash=hash_of(line))
    db.session.execute(insert(AuditRow).values(_values(line)))
    _set(school, number=line.number, hash=line.hash)


def looks_at(subject: str, most: int = 50) -> list[Look]:
    """Return the last lines about a subject, newest first."""
    query = (
        select(AuditRow.at, StaffRow.name, AuditRow.what)
        .outerjoin(StaffRow, StaffRow.id == AuditRow.staff_id)
        .where(AuditRow.subject == subject)
        .order_by(AuditRow.school_id, AuditRow.number.desc())
        .limit(most)
    )
    return [Look(at, name or "", what) for at, name, what in db.session.execute(query)]


def ends_of(school: int) -> Ends:
    """Return where the chain of a school begins and ends."""
    row = db.session.execute(select(*_HEAD).where(AuditHeadRow.school_id == school)).one_or_none()
    return _ends(*row) if row is not None else Ends()


def lines_of(school: int, last: int) -> Iterator[Line]:
    """Yield the lines of a school in order, up to a number."""
    query = (
        select(*AuditRow.__table__.c)
        .where(AuditRow.school_id == school, AuditRow.number <= last)
        .order_by(AuditRow.number)
        .limit(AT_ONCE)
    )
    rows = db.session.execute(query).all()
    while rows:
        for row in rows:
            yield _line(*row)
        later = query.where(AuditRow.number > rows[-1].number)
        rows = db.session.execute(later).all()


def find_beyond(school: int) -> int | None:
    """Return the first line beyond the end that the school's chain tells of, or None."""
    head = select(AuditHeadRow.number).where(AuditHeadRow.school_id == school).scalar_subquery()
    query = select(func.min(AuditRow.number)).where(
        AuditRow.school_id == school, AuditRow.number > func.coalesce(head, 0)
    )
    return db.session.scalar(query)


def forget(school: int, before: datetime, now: datetime) -> int:
    """Remove the lines of a school that are older, keep the last hash as the anchor, and say so.

    Returns how many; the caller commits.
    """
    ends = _hold(school)
    kept = db.session.scalar(
        select(func.min(AuditRow.number)).where(AuditRow.school_id == school, AuditRow.at >= before)
    )
    last = ends.head if kept is None else _place(school, kept - 1, ends.anchor)
    if last.number <= ends.anchor.number:
        return 0
    _set(school, forgotten=last.number, forgotten_hash=last.hash)
    gone = db.session.execute(
        delete(AuditRow).where(AuditRow.school_id == school, AuditRow.number <= last.number),
        execution_options=AS_IT_IS,
    )
    add(school, now, None, FORGOT, forgot_up_to(last))
    return int(gone.rowcount)  # type: ignore[attr-defined]


_HEAD = (
    AuditHeadRow.number,
    AuditHeadRow.hash,
    AuditHeadRow.forgotten,
    AuditHeadRow.forgotten_hash,
)


def _hold(school: int) -> Ends:
    """Hold a school's chain until the commit: whoever else would add a line waits for that."""
    head = update(AuditHeadRow).where(AuditHeadRow.school_id == school)
    turn = head.values(number=AuditHeadRow.number).returning(*_HEAD)
    row = db.session.execute(turn, execution_options=AS_IT_IS).one_or_none()
    if row is None:
        _begin(school)
        row = db.session.execute(turn, execution_options=AS_IT_IS).one()
    return _ends(*row)


def _begin(school: int) -> None:
    new = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    start = {"number": 0, "hash": BEGINNING, "forgotten": 0, "forgotten_hash": BEGINNING}
    db.session.execute(new(AuditHeadRow).values(school_id=school, **start).on_conflict_do_nothing())


def _set(school: int, **values: int | str) -> None:
    head = update(AuditHeadRow).where(AuditHeadRow.school_id == school).values(**values)
    db.session.execute(head, execution_options=AS_IT_IS)


def _place(school: int, number: int, anchor: Place) -> Place:
    query = select(AuditRow.number, AuditRow.hash)
    row = db.session.execute(
        query.where(AuditRow.school_id == school, AuditRow.number == number)
    ).one_or_none()
    return Place(*row) if row is not None else anchor


def _ends(number: int, hash: str, forgotten: int, forgotten_hash: str) -> Ends:
    return Ends(Place(forgotten, forgotten_hash), Place(number, hash))


def _line(
    school: int,
    number: int,
    at: datetime,
    by: int | None,
    what: str,
    subject: str,
    previous: str,
    hash: str,
) -> Line:
    return Line(school, number, at, by, what, subject, previous, hash)


def _values(line: Line) -> dict[str, object]:
    return {
        "school_id": line.school,
        "number": line.number,
        "at": line.at,
        "staff_id": line.by,
        "what": line.what,
        "subject": line.subject,
        "previous": line.previous,
        "hash": line.hash,
    }
