"""The browsers a person is signed in with, and ending them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from checkin.storage.database import db
from checkin.storage.rows import SessionRow

MARK = 16
"""So many digits of a token's hash tell one browser of a person from another."""


@dataclass(frozen=True)
class SignedIn:
    """A browser somebody is signed in with; `mark` names it, and lets nobody in."""

    mark: str
    browser: str
    device: str
    started_at: datetime
    seen_at: datetime


def list_of(staff: int, started_after: datetime, seen_after: datetime) -> list[SignedIn]:
    """Return the browsers of a person that are not over, the last seen first."""
    query = select(SessionRow).where(
        SessionRow.staff_id == staff,
        SessionRow.started_at > started_after,
        SessionRow.seen_at > seen_after,
    )
    return [
        SignedIn(mark_of(row.token_hash), row.browser, row.device, row.started_at, row.seen_at)
        for row in db.session.scalars(query.order_by(SessionRow.seen_at.desc()))
    ]


def mark_of(token_hash: bytes) -> str:
    """Return what names a browser to its person."""
    return token_hash.hex()[:MARK]


def note_browser(token_hash: bytes, browser: str, device: str) -> None:
    """Keep which family of browser it is, and on what kind of device."""
    row = db.session.get(SessionRow, token_hash)
    if row is not None:
        row.browser, row.device = browser, device


def end_one(staff: int, mark: str) -> bool:
    """End one of a person's sessions, and tell whether there was one."""
    query = select(SessionRow.token_hash).where(SessionRow.staff_id == staff)
    found = [known for known in db.session.scalars(query) if mark_of(known) == mark]
    db.session.execute(delete(SessionRow).where(SessionRow.token_hash.in_(found)))
    return bool(found)


def end_all(staff: int, but: bytes | None = None) -> int:
    """End the sessions of a person, all or all but one, and return how many."""
    theirs = delete(SessionRow).where(SessionRow.staff_id == staff)
    if but is not None:
        theirs = theirs.where(SessionRow.token_hash != but)
    gone = db.session.execute(theirs.returning(SessionRow.token_hash)).all()
    return len(gone)
