"""How often somebody guessed wrong at one thing; whose guess it was is not kept."""

from datetime import datetime

from sqlalchemy import case, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from checkin.storage.database import db
from checkin.storage.rows import GuessRow


def find(what: str, subject: bytes) -> tuple[int, datetime] | None:
    """Return how many wrong guesses there were and until when to wait, or None."""
    query = select(GuessRow.failures, GuessRow.wait_until).where(
        GuessRow.what == what, GuessRow.subject == subject
    )
    row = db.session.execute(query).one_or_none()
    return (row.failures, row.wait_until) if row is not None else None


def add(
    what: str, subject: bytes, free: int, now: datetime, forgotten_before: datetime
) -> int | None:
    """Count one guess more and return how many there are; None while guesses have to wait.

    One statement: of several processes that count at once each sees what the others counted, and
    the row is held until the transaction ends.
    """
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    fresh = GuessRow.wait_until < forgotten_before
    counted = (
        insert(GuessRow)
        .values(what=what, subject=subject, failures=1, wait_until=now)
        .on_conflict_do_update(
            index_elements=[GuessRow.what, GuessRow.subject],
            set_={"failures": case((fresh, 1), else_=GuessRow.failures + 1)},
            where=or_(GuessRow.failures < free, GuessRow.wait_until <= now),
        )
        .returning(GuessRow.failures)
    )
    return db.session.scalar(counted, execution_options={"populate_existing": True})


def wait(what: str, subject: bytes, until: datetime) -> None:
    """Let guesses wait."""
    db.session.execute(
        update(GuessRow)
        .where(GuessRow.what == what, GuessRow.subject == subject)
        .values(wait_until=until)
    )


def remove(what: str, subject: bytes) -> None:
    """Forget the wrong guesses, after a right one."""
    db.session.execute(delete(GuessRow).where(GuessRow.what == what, GuessRow.subject == subject))


def remove_older(than: datetime) -> int:
    """Forget guesses whose wait ended before an instant."""
    result = db.session.execute(delete(GuessRow).where(GuessRow.wait_until < than))
    return int(result.rowcount)  # type: ignore[attr-defined]
