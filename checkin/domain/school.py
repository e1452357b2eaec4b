"""A school, its classrooms and its tablets, as facts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checkin.domain.calendar import TabletSeen
from checkin.domain.cards import CardSet, Style
from checkin.domain.rounds import Moment

MOST_PUPILS = 40
"""More in one classroom is a slip of the pen."""

UNDO_SECONDS = range(1, 11)
"""How long a choice may be taken back before it is sent."""


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
class Pause:
    """Days on which a class does not check in or out, first and last included.

    It holds no round on them, so nothing is released of them: they are no rounds without taps.
    """

    first: date
    last: date


@dataclass(frozen=True)
class Table:
    """What lies on the table of a class, and for how long a choice can be taken back.

    `coping` is the round after which 'what helps me today' is asked, None for never.
    """

    card_set: CardSet
    style: Style
    languages: tuple[str, ...]
    undo_seconds: int
    coping: Moment | None
    shows_words: bool = True


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
    coping: Moment | None
    shows_words: bool
    cards_since: date | None
    pause: Pause | None
    started_on: date
    closed_on: date | None


class Kept(StrEnum):
    """Where a tablet keeps the taps that wait: only on its disk do they outlive a restart."""

    DISK = "disk"
    MEMORY = "memory"


@dataclass(frozen=True)
class Tablet:
    """An enrolled device: it taps for one classroom and can do nothing else.

    `downloaded` is the version of the program that it can open without network, '' for none;
    None, as for `kept`, while it has not said.
    """

    id: int
    school: int
    classroom: int
    label: str
    is_revoked: bool
    seen: TabletSeen
    downloaded: str | None = None
    kept: Kept | None = None
