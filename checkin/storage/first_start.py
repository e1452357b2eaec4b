"""The code that a school can be set up with, and what was typed so far."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from checkin.storage.database import db
from checkin.storage.rows import FirstAnswerRow, FirstStartRow

THE_ONE = 1
AS_IT_IS = {"synchronize_session": False}

Answers = dict[str, Any]


def hold() -> None:
    """Let whoever else sets a school up wait until the commit; the first thing a setting-up does.

    A statement that writes, so that on either database the second of two comes after the first.
    """
    if _has_locked():
        return
    try:
        with db.session.begin_nested():
            db.session.execute(insert(FirstStartRow).values(id=THE_ONE))
    except IntegrityError:  # somebody else did so while this waited
        _has_locked()


def offer(code_hash: bytes, at: datetime) -> None:
    """Let a school be set up with this code, and with no earlier one; after `hold`."""
    row = db.session.get_one(FirstStartRow, THE_ONE, populate_existing=True)
    row.code_hash, row.made_at = code_hash, at


def find_code() -> bytes | None:
    """Return the hash of the code that is good now, or None."""
    return db.session.scalar(select(FirstStartRow.code_hash).where(FirstStartRow.id == THE_ONE))


def add_answers(token_hash: bytes, code_hash: bytes) -> None:
    """Begin to keep what somebody types who gave the code."""
    db.session.add(FirstAnswerRow(token_hash=token_hash, code_hash=code_hash, answers={}))


def find_answers(token_hash: bytes) -> tuple[bytes, Answers] | None:
    """Return with which code somebody came in, and what was typed since, or None."""
    row = db.session.get(FirstAnswerRow, token_hash, populate_existing=True)
    return (row.code_hash, dict(row.answers)) if row is not None else None


def renew(token_hash: bytes, code_hash: bytes) -> None:
    """Note that somebody gave the code of now, and may go on."""
    db.session.get_one(FirstAnswerRow, token_hash).code_hash = code_hash


def keep_answers(token_hash: bytes, answers: Answers) -> None:
    """Keep what was typed."""
    db.session.get_one(FirstAnswerRow, token_hash).answers = answers


def forget() -> None:
    """Forget the code and all that was typed: there is a school."""
    db.session.execute(delete(FirstAnswerRow), execution_options=AS_IT_IS)
    db.session.execute(delete(FirstStartRow), execution_options=AS_IT_IS)


def _has_locked() -> bool:
    held = update(FirstStartRow).where(FirstStartRow.id == THE_ONE).values(school_id=None)
    return bool(db.session.connection().execute(held).rowcount)
