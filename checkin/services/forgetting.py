"""Deleting what is past its time, and saying what was deleted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from checkin.services import (
    auditing,
    forgetting_care,
    forgetting_figures,
    mailing,
    presence,
    sealing,
    signing_in,
    talking_forgetting,
)
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
    talks: int = 0
    audit: int = 0
    figures: int = 0
    mails: int = 0
    care: int = 0
    absences: int = 0


def forget(now: datetime) -> Forgotten:
    """Delete what is past its time; a second time deletes nothing."""
    sessions = signing_in.forget_sessions(now)
    codes = tablets.remove_codes(now - CODES_KEPT)
    wrong = guesses.remove_older(now - GUESSES_KEPT)
    talks = talking_forgetting.forget_talks(now)
    lines = auditing.forget_audit(now)
    figures = forgetting_figures.forget_figures(now)
    sent = mailing.forget_mails(now)
    care = forgetting_care.forget_care(now)
    away = presence.forget_absences(now)
    db.session.commit()
    marks = sealing.forget_marks((now - MARKS_KEPT).date())
    return Forgotten(
        sessions, codes, wrong, marks, talks, lines, figures, sent, care=care, absences=away
    )
