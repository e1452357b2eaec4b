"""How it is with the backups: one judgement for the doctor and for the head's page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from checkin.config import Config
from checkin.services import backing_up
from checkin.storage import health
from checkin.storage.backups import Backup

OLD, OLD_BY_HAND = timedelta(days=2), timedelta(days=8)
FIRST_DAY = timedelta(days=1)
"""So long a school that was just set up may be without."""


class State(Enum):
    """How it is, in one word; all but the first two are wrong."""

    FINE = auto()
    NOT_YET = auto()
    NEVER = auto()
    FAILS = auto()
    OLD = auto()


@dataclass(frozen=True)
class Judged:
    """The last backup, and why a later one could not be made by itself."""

    state: State
    made: Backup | None
    trouble: Backup | None
    is_old: bool
    to_come: Backup | None
    """One that a wrong clock dated after now: it counts for nothing."""


def judge(config: Config, now: datetime) -> Judged:
    """Judge the backups of this server."""
    made, trouble = backing_up.last_backup(now), backing_up.last_trouble()
    by_itself = config.backup_dir is not None
    if trouble and made and not by_itself and made.made_at > trouble.made_at:
        trouble = None  # it was mended by no longer being asked for
    is_old = made is not None and now - made.made_at > (OLD if by_itself else OLD_BY_HAND)
    to_come = backing_up.backup_to_come(now)
    return Judged(_state(made, trouble, is_old, now), made, trouble, is_old, to_come)


def _state(made: Backup | None, trouble: Backup | None, is_old: bool, now: datetime) -> State:
    if trouble is not None:
        return State.FAILS
    if made is None:
        return State.NOT_YET if _is_new(now) else State.NEVER
    return State.OLD if is_old else State.FINE


def _is_new(now: datetime) -> bool:
    """Tell whether the first line of the record, that a school was set up, is of this day."""
    begun = health.begun_at()
    return begun is not None and now - begun < FIRST_DAY
