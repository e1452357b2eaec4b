"""A school, its classrooms and its tablets, as facts."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checkin.domain.calendar import TabletSeen
from checkin.domain.cards import CardSet, Style
from checkin.domain.rounds import Moment

MOST_PUPILS = 40
"""More in one classroom is a slip of the pen."""

MOST_MEMBERS = 99
"""More in one team likewise."""

UNDO_SECONDS = range(1, 11)
"""How long a choice may be taken back before it is sent."""


class Kind(StrEnum):
    """What a group is: a class of pupils, or a team of colleagues."""

    CLASS = "class"
    TEAM = "team"


@dataclass(frozen=True)
class School:
    """A school and what holds for all of it.

    `home` is the mark of where its open rounds are; `lost_on` the last day on which they were lost.
    """

    id: int
    name: str
    region: str
    zone: str
    floor: int
    timetable_version: int
    is_demo: bool
    home: str | None
    lost_on: date | None


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
    """A group with a tablet; pupils are a number, never a list.

    Of a team, `pupils` is the number of its members.
    """

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
    kind: Kind = Kind.CLASS

    @property
    def is_planned(self) -> bool:
        """Tell whether it never began: it is planned, or was."""
        return self.closed_on is not None and self.closed_on <= self.started_on

    @property
    def table(self) -> Table:
        """Return what lies on its table now."""
        return Table(
            self.card_set,
            self.style,
            self.languages,
            self.undo_seconds,
            self.coping,
            self.shows_words,
        )


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
