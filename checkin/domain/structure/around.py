"""What stands around the steps: meetings, the social map and the card for when it cannot wait."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class Rhythm:
    """How often people meet: on set dates, or else every so many weeks."""

    weeks: int = 1
    dates: tuple[date, ...] = ()


@dataclass(frozen=True)
class Meeting:
    """Who meets how often; members are ids of roles."""

    label: str
    members: tuple[str, ...]
    rhythm: Rhythm = Rhythm()


class ReferralKind(StrEnum):
    """What one goes to an organisation with."""

    LEARNING = "learning"
    LIVING = "living"
    SAFETY = "safety"
    AROUND = "around"
    """The network of a child: family, neighbours, a club, a key person."""


@dataclass(frozen=True)
class Referral:
    """An entry of the social map: whom one can turn to outside the school.

    `checked_on` is the day somebody last found the entry to be right, None for never.
    """

    organisation: str
    kind: ReferralKind
    contact: str = ""
    languages: str = ""
    interpreter: bool = False
    days: str = ""
    answering_time: str = ""
    checked_on: date | None = None


@dataclass(frozen=True)
class AcuteCard:
    """What to do when a child is not safe now; any member of staff may call."""

    lines: tuple[str, ...] = ()
