"""What leaves the open rounds, and the names of its rows."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.release import Released, WeekPicture
from checkin.domain.rounds import Moment, Round

VERSION = 1
FEELINGS = tuple(Feeling)
COPING = tuple(Coping)
COUNTERS = tuple(f"feeling_{f.digit}" for f in FEELINGS) + tuple(f"helps_{c.digit}" for c in COPING)

THE_ROUND = "classroom = ? AND day = ? AND moment = ?"
THE_WEEK = "classroom = ? AND week = ?"


def new_mark() -> str:
    """Return what tells one home of open rounds from all others: a school knows its own by it."""
    return secrets.token_hex(16)


def key_of(round: Round) -> tuple[int, str, str]:
    """Return what names a round in its tables."""
    return round.classroom, round.day.isoformat(), round.moment.value


def round_of(classroom: int, day: str, moment: str) -> Round:
    """Return the round of a row."""
    return Round(classroom, date.fromisoformat(day), Moment(moment))


def ones_of(feeling: Feeling, helps: Coping | None) -> list[int]:
    """Return what one tap adds to each counter of its week."""
    return [int(f is feeling) for f in FEELINGS] + [int(c is helps) for c in COPING]


@dataclass(frozen=True)
class Asked:
    """What a job is going to ask for, so that a server is asked once for all who wait together."""

    keys: tuple[bytes, ...] = ()
    rounds: frozenset[Round] = frozenset()


@dataclass(frozen=True)
class SealedRound:
    """A sealed round on its way to the main database."""

    school: int
    round: Round
    released: Released
    at: datetime
    by: int | None


@dataclass(frozen=True)
class ClosedWeek:
    """A closed week on its way to the main database."""

    school: int
    classroom: int
    week: str
    picture: WeekPicture


@dataclass(frozen=True)
class OpenWeek:
    """The noised counters of a week."""

    school: int
    taps: int
    feelings: Mapping[str, int]
    coping: Mapping[str, int]


def open_week_of(school: int, taps: int, counters: Sequence[int]) -> OpenWeek:
    """Return a week by the names of its cards; `counters` in the order of COUNTERS."""
    feelings = dict(zip((f.value for f in FEELINGS), counters, strict=False))
    coping = dict(zip((c.value for c in COPING), counters[len(FEELINGS) :], strict=True))
    return OpenWeek(school, taps, feelings, coping)
