"""Deleting what is past its time, and saying what was deleted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from checkin.services import sealing, signing_in
from checkin.storage import guesses, tablets
from checkin.storage.database import db

MARKS_KEPT = timedelta(days=60)
CODES_KEPT = timedelta(days=1)
GUESSES_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Forgotten:
    """How many of each were deleted."""

    sessions: int
    codes: int
    guesses: int
    seal_marks: int


def forget(now: datetime) -> Forgotten:
    """Delete what is past its time; a second time deletes nothing."""
    sessions = signing_in.forget_sessions(now)
    codes = tablets.remove_codes(now - CODES_KEPT)
    wrong = guesses.remove_older(now - GUESSES_KEPT)
    db.session.commit()
    marks = sealing.forget_marks((now - MARKS_KEPT).date())
    return Forgotten(sessions, codes, wrong, marks)
