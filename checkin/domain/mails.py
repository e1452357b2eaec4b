"""What is mailed, to whom, when, and how often it is tried.

A mail says that something waits and where; it knows of no feeling, class, light or symbol.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from checkin.domain.calendar import LONGEST_BREAK, MINUTES_A_DAY, SchoolCalendar
from checkin.domain.rounds import days_of, week_of

TALK_HOURS = (8, 10, 12, 14, 16)
"""When mails about talk requests leave: at set hours, so that none tells when a pupil asked."""
DIGEST_AT = 7 * 60 + 30
"""When the weekly overview leaves, in minutes after midnight."""
PAUSES = tuple(timedelta(minutes=m) for m in (2, 10, 30, 60, 180, 360, 720))
GIVES_UP = timedelta(days=5)
SHORTEST_DAY = 60
"""At least so many minutes a day are not quiet."""


class Kind(StrEnum):
    """What a mail is about."""

    DIGEST = "digest"
    FLAG = "flag"
    TALK = "talk"
    DECISIONS = "decisions"
    INVITATION = "invitation"
    PASSWORD = "password"  # noqa: S105  # a word for what it is about

    @property
    def goes_at_once(self) -> bool:
        """Tell whether it waits for no school day: in a holiday it would be too old by then."""
        return self in (Kind.INVITATION, Kind.PASSWORD)


class Ended(StrEnum):
    """What became of a mail that is not tried any more."""

    SENT = "sent"
    PERHAPS = "perhaps"
    """It was handed over, and nothing was heard of it: never sent twice."""
    GIVEN_UP = "given-up"
    NOT_NEEDED = "not-needed"


class Trouble(StrEnum):
    """Why a mail did not go out."""

    NO_CONNECTION = "no-connection"
    SILENT = "silent"
    NOT_SAFE = "not-safe"
    NO_SIGN_IN = "no-sign-in"
    LATER = "later"
    """The server refused it for now (4xx)."""
    REFUSED = "refused"
    """The server refused it (5xx)."""


@dataclass(frozen=True)
class Occasion:
    """A reason to mail somebody; the same key never mails the same person twice."""

    kind: Kind
    staff: int
    subject: str
    key: str


@dataclass(frozen=True)
class Quiet:
    """From when to when a school gets no mail, in minutes after midnight: over the night."""

    begins: int = 18 * 60
    ends: int = 7 * 60

    def __post_init__(self) -> None:
        if not 0 <= self.ends <= self.begins - SHORTEST_DAY <= MINUTES_A_DAY - SHORTEST_DAY:
            raise ValueError("it is quiet over the night, and not all day")

    def holds(self, minutes: int) -> bool:
        """Tell whether it is quiet at a time of day."""
        return not self.ends <= minutes < self.begins


@dataclass(frozen=True)
class Waiting:
    """A mail that waits to be sent."""

    id: int
    school: int
    staff: int
    kind: Kind
    subject: str
    made_at: datetime
    tries: int


@dataclass(frozen=True)
class Counts:
    """All that a weekly overview tells."""

    new: int
    overdue: int
    in_hand: int

    @property
    def is_nothing(self) -> bool:
        """Tell whether there is nothing to tell."""
        return not (self.new or self.overdue or self.in_hand)


@dataclass(frozen=True)
class Link:
    """A page by its endpoint, and what of it."""

    page: str
    id: str = ""


@dataclass(frozen=True)
class Letter:
    """What a mail is to say to one person: that something waits, and where."""

    kind: Kind
    links: tuple[Link, ...]
    counts: Counts | None = None
    of_week: str = ""
    asked_by: str = ""
    until: datetime | None = None


def goes_at(quiet: Quiet, calendar: SchoolCalendar, at: datetime) -> datetime:
    """Return the first instant from one on at which mail goes: by day, on a day with school."""
    local = at.astimezone(calendar.zone)
    for day in _days(local.date()):
        if not calendar.is_school_day(day):
            continue
        minutes = local.hour * 60 + local.minute if day == local.date() else 0
        if minutes < quiet.ends:
            return _at(calendar, day, quiet.ends)
        if minutes < quiet.begins:
            return at
    return at + LONGEST_BREAK


def digest_at(quiet: Quiet, calendar: SchoolCalendar, now: datetime) -> datetime | None:
    """Return when this week's overview goes: on its first day with school; None without one."""
    days = days_of(week_of(calendar.today(now)))
    first = next(filter(calendar.is_school_day, days), None)
    return None if first is None else _at(calendar, first, max(quiet.ends, DIGEST_AT))


def talk_hour_since(calendar: SchoolCalendar, since: datetime, now: datetime) -> bool:
    """Tell whether one of the hours at which talk requests are mailed has come since an instant."""
    today = calendar.today(now)
    hours = (
        _at(calendar, day, 60 * hour) for day in (today, _before(today)) for hour in TALK_HOURS
    )
    return any(since < hour <= now for hour in hours)


def pause_after(tries: int) -> timedelta:
    """Return how long to wait after so many tries: longer each time, at most half a day."""
    return PAUSES[min(max(tries, 1), len(PAUSES)) - 1]


def _days(first: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range(LONGEST_BREAK.days + 1))


def _before(day: date) -> date:
    return day - timedelta(days=1)


def _at(calendar: SchoolCalendar, day: date, minutes: int) -> datetime:
    wall = time(minutes // 60, minutes % 60)
    return datetime.combine(day, wall, tzinfo=calendar.zone).astimezone(UTC)
