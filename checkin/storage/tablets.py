"""Enrolled tablets and the codes that enrol them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, bindparam, delete, select, update

from checkin.domain.calendar import TabletSeen
from checkin.domain.rounds import Moment
from checkin.domain.school import Kept, Tablet
from checkin.storage.database import ask, db
from checkin.storage.rows import CodeRow, TabletRow


def add_code(
    school: int, classroom: int, code_hash: bytes, made_by: int, expires_at: datetime
) -> None:
    """Keep the hash of a fresh code."""
    db.session.add(
        CodeRow(
            school_id=school,
            classroom_id=classroom,
            code_hash=code_hash,
            made_by=made_by,
            expires_at=expires_at,
        )
    )


def use_code(code_hash: bytes, now: datetime, most_tries: int) -> tuple[int, int] | None:
    """Spend a code if it is fresh, and return its school and classroom, else None.

    One statement, so that of two tablets with the same code one is too late.
    """
    row = db.session.execute(
        update(CodeRow)
        .where(CodeRow.code_hash == code_hash, *_is_live(now, most_tries))
        .values(used_at=now)
        .returning(CodeRow.school_id, CodeRow.classroom_id)
    ).one_or_none()
    return (row[0], row[1]) if row is not None else None


def is_live_code(code_hash: bytes, now: datetime, most_tries: int) -> bool:
    """Tell whether a code is fresh, without spending it."""
    asked = select(CodeRow.code_hash).where(
        CodeRow.code_hash == code_hash, *_is_live(now, most_tries)
    )
    return db.session.scalar(asked) is not None


def count_wrong_try(now: datetime, most_tries: int) -> None:
    """Let a wrong try count against every code that is still good."""
    db.session.execute(
        update(CodeRow)
        .where(*_is_live(now, most_tries))
        .values(wrong_tries=CodeRow.wrong_tries + 1)
    )


def remove_codes(expired_before: datetime) -> int:
    """Delete codes that expired before an instant and return how many there were."""
    return int(
        db.session.execute(  # type: ignore[attr-defined]
            delete(CodeRow).where(CodeRow.expires_at < expired_before)
        ).rowcount
    )


def add_tablet(
    school: int, classroom: int, label: str, token_hash: bytes, enrolled_at: datetime
) -> int:
    """Add a tablet and return its id."""
    row = TabletRow(
        school_id=school,
        classroom_id=classroom,
        label=label,
        token_hash=token_hash,
        enrolled_at=enrolled_at,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def find_by_token(token_hash: bytes) -> Tablet | None:
    """Return the tablet with this token, revoked or not, or None."""
    row = ask(_BY_TOKEN, token_hash=token_hash).first()
    return _tablet(row) if row is not None else None


def find_tablet(id: int) -> Tablet | None:
    """Return a tablet by its number, or None."""
    row = db.session.get(TabletRow, id)
    return _tablet(row) if row is not None else None


def list_tablets(school: int) -> list[Tablet]:
    """Return the tablets of a school in order of enrolment."""
    rows = db.session.scalars(
        select(TabletRow).where(TabletRow.school_id == school).order_by(TabletRow.id)
    )
    return [_tablet(row) for row in rows]


def tablets_of(classroom: int) -> tuple[Tablet, ...]:
    """Return the tablets of a classroom that are not revoked."""
    rows = db.session.scalars(
        select(TabletRow)
        .where(TabletRow.classroom_id == classroom, TabletRow.revoked_at.is_(None))
        .order_by(TabletRow.id)
    )
    return tuple(_tablet(row) for row in rows)


def rename_tablet(id: int, label: str) -> None:
    """Give a tablet another name."""
    db.session.get_one(TabletRow, id).label = label


def revoke_tablet(id: int, by: int, at: datetime) -> None:
    """Take a tablet's right to tap away; a second time changes nothing."""
    db.session.execute(
        update(TabletRow)
        .where(TabletRow.id == id, TabletRow.revoked_at.is_(None))
        .values(revoked_at=at, revoked_by=by)
    )


def note_heard(tablet: Tablet) -> None:
    """Note what a tablet said of itself; a day, never a time."""
    row, seen = db.session.get_one(TabletRow, tablet.id), tablet.seen
    row.heard_on, row.waiting = seen.heard_on, seen.waiting
    row.downloaded, row.kept = tablet.downloaded, tablet.kept
    if seen.emptied is not None:
        row.emptied_day, row.emptied_moment = seen.emptied[0], seen.emptied[1].value


def _is_live(now: datetime, most_tries: int) -> tuple[ColumnElement[bool], ...]:
    return (
        CodeRow.used_at.is_(None),
        CodeRow.expires_at > now,
        CodeRow.wrong_tries < most_tries,
    )


_TABLETS = TabletRow.__table__
_BY_TOKEN = select(_TABLETS).where(_TABLETS.c.token_hash == bindparam("token_hash"))


def _tablet(row: TabletRow | Row[Any]) -> Tablet:
    emptied = None
    if row.emptied_day is not None and row.emptied_moment is not None:
        emptied = (row.emptied_day, Moment(row.emptied_moment))
    return Tablet(
        id=row.id,
        school=row.school_id,
        classroom=row.classroom_id,
        label=row.label,
        is_revoked=row.revoked_at is not None,
        seen=TabletSeen(row.label, row.heard_on, emptied, row.waiting),
        downloaded=row.downloaded,
        kept=Kept(row.kept) if row.kept else None,
    )
