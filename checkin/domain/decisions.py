"""What a weekly review decides, and whether it was done by the next."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

LONGEST_LINE = 100
"""Characters of a note with a decision: thirty of them fit on one sheet."""


class DecisionKind(StrEnum):
    """What is going to be done."""

    LOOK = "look"
    TEACHER = "teacher"
    CLASS = "class"
    PARENTS = "parents"
    WATCH = "watch"
    OTHER = "other"


class FollowUp(StrEnum):
    """Whether a decision was done."""

    OPEN = "open"
    DONE = "done"
    NOT_DONE = "not-done"
    CARRIED_ON = "carried-on"


class AlreadyFollowed(Exception):
    """Somebody said before whether this was done."""


@dataclass(frozen=True)
class Decision:
    """One line of the list a review ends in; about a flag, a class or the school."""

    id: int
    school: int
    week: str
    flag: int | None
    classroom: int | None
    classroom_name: str
    pattern: str
    kind: DecisionKind
    who: int | None
    who_name: str
    due_on: date | None
    note: str
    made_by: str
    made_at: datetime
    follow_up: FollowUp = FollowUp.OPEN
    followed_by: str = ""
    followed_at: datetime | None = None
    carried_from: int | None = None
    classroom_ended_on: date | None = None


@dataclass(frozen=True)
class Meeting:
    """A weekly review: who was there, when it began and when it ended."""

    school: int
    week: str
    present: tuple[int, ...]
    began_at: datetime
    ended_at: datetime | None
