"""A school, its classrooms and its tablets, as facts."""

from dataclasses import dataclass
from datetime import date

from checkin.domain.calendar import TabletSeen
from checkin.domain.cards import CardSet, Style

MOST_PUPILS = 40
"""More in one classroom is a slip of the pen."""


@dataclass(frozen=True)
class School:
    """A school and what holds for all of it."""

    id: int
    name: str
    region: str
    zone: str
    floor: int
    timetable_version: int
    is_demo: bool


@dataclass(frozen=True)
class Classroom:
    """A group with a tablet; pupils are a number, never a list."""

    id: int
    school: int
    name: str
    pupils: int
    card_set: CardSet
    style: Style
    languages: tuple[str, ...]
    undo_seconds: int
    started_on: date
    closed_on: date | None


@dataclass(frozen=True)
class Tablet:
    """An enrolled device: it taps for one classroom and can do nothing else."""

    id: int
    school: int
    classroom: int
    label: str
    is_revoked: bool
    seen: TabletSeen
