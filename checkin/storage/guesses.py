"""How often somebody guessed wrong at one thing; whose guess it was is not kept."""

from datetime import datetime

from sqlalchemy import delete, select

from checkin.storage.database import db
from checkin.storage.rows import GuessRow


def find(what: str, subject: bytes) -> tuple[int, datetime] | None:
    """Return how many wrong guesses there were and until when to wait, or None."""
    row = _row(what, subject)
    return (row.failures, row.wait_until) if row is not None else None


def put(what: str, subject: bytes, failures: int, wait_until: datetime) -> None:
    """Keep the number of wrong guesses."""
    row = _row(what, subject) or GuessRow(what=what, subject=subject)
    row.failures, row.wait_until = failures, wait_until
    db.session.add(row)


def remove(what: str, subject: bytes) -> None:
    """Forget the wrong guesses, after a right one."""
    db.session.execute(delete(GuessRow).where(GuessRow.what == what, GuessRow.subject == subject))


def remove_older(than: datetime) -> int:
    """Forget guesses whose wait ended before an instant."""
    result = db.session.execute(delete(GuessRow).where(GuessRow.wait_until < than))
    return int(result.rowcount)  # type: ignore[attr-defined]


def _row(what: str, subject: bytes) -> GuessRow | None:
    query = select(GuessRow).where(GuessRow.what == what, GuessRow.subject == subject)
    return db.session.scalars(query).one_or_none()
