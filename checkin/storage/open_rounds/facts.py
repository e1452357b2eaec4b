"""What leaves the open rounds, and the names of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from checkin.domain.release import Released, WeekPicture
from checkin.domain.rounds import Moment, Round

THE_ROUND = "classroom = ? AND day = ? AND moment = ?"
THE_WEEK = "classroom = ? AND week = ?"


def key_of(round: Round) -> tuple[int, str, str]:
    """Return what names a round in the file."""
    return round.classroom, round.day.isoformat(), round.moment.value


def round_of(classroom: int, day: str, moment: str) -> Round:
    """Return the round of a row."""
    return Round(classroom, date.fromisoformat(day), Moment(moment))


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
