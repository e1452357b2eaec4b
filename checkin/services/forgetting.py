"""Deleting what is past its time, and saying what was deleted and how long the rest is kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkin.services import (
    auditing,
    backing_up,
    calendars,
    forgetting_care,
    forgetting_figures,
    mailing,
    presence,
    sealing,
    signing_in,
    talking_forgetting,
)
from checkin.services.class_years import standing_in
from checkin.services.factors import steps
from checkin.services.staffing import inviting
from checkin.storage import guesses, migrating, staff, tablets, timetables
from checkin.storage.database import db

MARKS_KEPT = timedelta(days=60)
CODES_KEPT = timedelta(days=1)
GUESSES_KEPT = timedelta(days=1)
COPIES_KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Kind:
    """One kind of what is forgotten: its field, its words, how long it is kept, and how it goes."""

    name: str
    words: str
    kept: str
    forget: Callable[[datetime], int]


def _sessions(now: datetime) -> int:
    return staff.remove_sessions(now - signing_in.ABSOLUTE_LIMIT, now - signing_in.IDLE_LIMIT)


KINDS = (
    Kind(
        "sessions",
        "sessions of staff",
        f"{signing_in.ABSOLUTE_LIMIT // timedelta(hours=1)} hours, or"
        f" {signing_in.IDLE_LIMIT // timedelta(minutes=1)} minutes without a look",
        _sessions,
    ),
    Kind(
        "codes",
        "enrolment codes",
        "a day after they ended",
        lambda now: tablets.remove_codes(now - CODES_KEPT),
    ),
    Kind(
        "guesses",
        "records of wrong guesses",
        "a day",
        lambda now: guesses.remove_older(now - GUESSES_KEPT),
    ),
    Kind(
        "talks",
        "talk requests",
        f"{talking_forgetting.WEEKS_KEPT} school weeks after they were closed",
        talking_forgetting.forget_talks,
    ),
    Kind(
        "figures",
        "released rounds and weeks",
        "to the end of the school year after theirs",
        forgetting_figures.forget_figures,
    ),
    Kind(
        "care",
        "flags, decisions, reviews and class lines",
        "a year after they ended",
        forgetting_care.forget_care,
    ),
    Kind(
        "substitutions",
        "who stood in for whom",
        f"{standing_in.KEPT.days} days after it ended",
        lambda now: standing_in.forget_substitutions(now.date()),
    ),
    Kind(
        "days",
        "days taken out of the calendar",
        f"{calendars.REMOVED_KEPT.days} days",
        lambda now: timetables.forget_removed(now - calendars.REMOVED_KEPT),
    ),
    Kind("steps", "sign-ins that are half done", "minutes", steps.forget),
    Kind(
        "invitations",
        "invitations",
        f"{inviting.KEPT.days} days after they ended",
        inviting.forget_invitations,
    ),
    Kind("mails", "mails", f"{mailing.KEPT.days} days after they went", mailing.forget_mails),
    Kind(
        "absences",
        "absences of colleagues",
        f"{presence.KEPT.days} days after they ended",
        presence.forget_absences,
    ),
    Kind("audit", "lines of the audit", "two years", auditing.forget_audit),
    Kind(
        "backups",
        "notes of backups",
        f"{backing_up.KEPT.days} days; the last one stays",
        backing_up.forget_backups,
    ),
)
"""What the main database forgets, in this order; none of these commits."""

COPIES = "copies from before an update or a restore"
MARKS = "marks of sealed rounds"


@dataclass(frozen=True)
class Forgotten:
    """How many of each were deleted, or would be."""

    sessions: int
    codes: int
    guesses: int
    talks: int
    figures: int
    care: int
    substitutions: int
    days: int
    steps: int
    invitations: int
    mails: int
    absences: int
    audit: int
    backups: int
    copies: int
    seal_marks: int

    def told(self) -> Iterator[tuple[int, str, str]]:
        """Yield of each kind how many went, its words, and how long it is kept."""
        for kind in KINDS:
            yield getattr(self, kind.name), kind.words, kind.kept
        yield self.copies, COPIES, f"{COPIES_KEPT.days} days"
        yield self.seal_marks, MARKS, f"{MARKS_KEPT.days} days"


def forget(now: datetime, dry_run: bool = False) -> Forgotten:
    """Delete what is past its time; a second time deletes nothing, and a dry run never does."""
    counts = {kind.name: kind.forget(now) for kind in KINDS}
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    copies = migrating.forget_asides(now - COPIES_KEPT, dry_run)
    marks = sealing.forget_marks((now - MARKS_KEPT).date(), dry_run)
    return Forgotten(**counts, copies=copies, seal_marks=marks)
