"""Flags, decisions, reviews and class lines are forgotten a year after they ended."""

from datetime import datetime, timedelta

from checkin.domain.rounds import week_of
from checkin.storage import care_forgetting, class_loops
from checkin.storage.database import db

KEPT = timedelta(days=365)


def forget_care(now: datetime) -> int:
    """Forget what ended a year ago, and return how many flags, decisions, reviews and lines."""
    before = now - KEPT
    forgotten = care_forgetting.forget_flags(before)
    forgotten += care_forgetting.forget_decisions(before)
    forgotten += care_forgetting.forget_meetings(before)
    forgotten += class_loops.forget(week_of(before.date()))
    db.session.expire_all()
    return forgotten
