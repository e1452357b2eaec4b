"""Reopening a flag that was closed by mistake: it is where it was, and closing it did nothing."""

from datetime import datetime, timedelta
from enum import StrEnum

from checkin.domain.flags import Flag, NotPossible, Outcome, Step
from checkin.services.caring.steps import Meanwhile, take_step
from checkin.services.caring.today import SchoolToday
from checkin.storage import engine_states, flags
from checkin.storage.database import db

LATELY = timedelta(days=7)
"""So long a flag stands in the review as closed, and can be reopened."""


class WhyNot(StrEnum):
    """Why a flag cannot be reopened."""

    OPEN = "open"
    TOO_LONG_AGO = "too-long-ago"
    GOES_ON = "goes-on"
    """A newer flag of the same pattern is open."""


class CannotReopen(NotPossible):
    """A flag that stays as it is."""

    def __init__(self, why: WhyNot) -> None:
        super().__init__(why.value)
        self.why = why


def is_closed_lately(flag: Flag, now: datetime) -> bool:
    """Tell whether a flag was closed in the last seven days of its school."""
    if flag.closing is None:
        return False
    today = SchoolToday(flag.school, now)
    return today.today - today.day_of(flag.closing.at) <= LATELY


def goes_on_in(flag: Flag) -> Flag | None:
    """Return the open flag in which the pattern of a closed one goes on, or None."""
    others = flags.flags_of(flag.classroom) if flag.is_closed else []
    same = (o for o in others if o.pattern == flag.pattern and not o.is_closed)
    return next(same, None)


def reopen(flag: Flag, by: int, note: str, now: datetime, seen: int | None = None) -> Flag:
    """Put a closed flag back where it was; raises Meanwhile and CannotReopen.

    What was taken for the new usual no longer is: the rules look at the class anew.
    """
    engine_states.take_turn(flag.school)  # before the flag, as the night does
    flag = flags.hold(flag.id)
    if why := _why_not(flag, seen, now):
        db.session.rollback()
        raise why
    if flag.closing and flag.closing.outcome is Outcome.NEW_USUAL:
        engine_states.have_made_anew(flag.classroom)
    return take_step(flag, Step.REOPENED, by, now, note=note)


def _why_not(flag: Flag, seen: int | None, now: datetime) -> Exception | None:
    is_done = flag.last_step is not None and flag.last_step.step is Step.REOPENED
    if is_done or seen not in (None, flag.version):
        return Meanwhile(flag)
    if not flag.is_closed:
        return CannotReopen(WhyNot.OPEN)
    if not is_closed_lately(flag, now):
        return CannotReopen(WhyNot.TOO_LONG_AGO)
    return CannotReopen(WhyNot.GOES_ON) if goes_on_in(flag) else None
