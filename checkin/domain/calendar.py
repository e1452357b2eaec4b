"""When a class has school, and when its rounds open, close and seal.

Opening times are wall-clock minutes in the school's zone; every instant that leaves this module is
aware UTC, so that both nights of daylight saving come out right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from zoneinfo import ZoneInfo

from checkin.domain.rounds import Moment, Round, days_of

MINUTES_A_DAY = 24 * 60
LONGEST_BREAK = timedelta(days=120)
"""How far to look for a next school day: well over a summer holiday."""
FAR_AWAY = timedelta(days=2 * 366)


class DayOff(StrEnum):
    """Why a span of days has no rounds: the school is closed, or one class pauses."""

    HOLIDAY = "holiday"
    PUBLIC_HOLIDAY = "public-holiday"
    STUDY_DAY = "study-day"
    WEEKEND = "weekend"
    PAUSE = "pause"
    CLOSED = "closed"


@dataclass(frozen=True)
class Span:
    """Days without school, both ends included."""

    first: date
    last: date
    kind: DayOff
    label: str = ""
    to_check: bool = False

    def days(self) -> Iterator[date]:
        """Yield the days of this span."""
        for n in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=n)


@dataclass(frozen=True)
class SchoolCalendar:
    """The days a school is open: Monday to Friday but for its spans, and `extra` days.

    `early` holds the minute at which the school closes on days that end sooner. One class sees it
    with its `pause` and the days from which it is `closed`, which free also an extra day.
    """

    zone: ZoneInfo
    free: tuple[Span, ...] = ()
    extra: frozenset[date] = frozenset()
    pause: Span | None = None
    early: Mapping[date, int] = field(default_factory=dict)
    closed: Span | None = None

    def is_school_day(self, day: date) -> bool:
        """Tell whether there is school on a day."""
        return self.find_day_off(day) is None

    def find_day_off(self, day: date) -> Span | None:
        """Return the span that makes a day free, or None on a school day."""
        return self._find_closed(day) or self._find_pause(day)

    def _find_closed(self, day: date) -> Span | None:
        if day in self.extra:
            return None
        span = self._free_days.get(day)
        if span is None and day.isoweekday() > 5:
            return Span(day, day, DayOff.WEEKEND)
        return span

    def _find_pause(self, day: date) -> Span | None:
        spans = (span for span in (self.closed, self.pause) if span is not None)
        return next((span for span in spans if span.first <= day <= span.last), None)

    @cached_property
    def without_pause(self) -> "SchoolCalendar":
        """Return the days of the school itself, whatever one class does."""
        return replace(self, pause=None, closed=None) if self.pause or self.closed else self

    @cached_property
    def _free_days(self) -> Mapping[date, Span]:
        """Every free day with its first span: asked dozens of times at every tap."""
        days: dict[date, Span] = {}
        for span in self.free:
            for day in span.days():
                days.setdefault(day, span)
        return days

    def today(self, now: datetime) -> date:
        """Return the school's date at an instant."""
        return now.astimezone(self.zone).date()


@dataclass(frozen=True)
class Opening:
    """From when to when a round is open, in minutes after midnight; 1440 is midnight's end."""

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < self.closes <= MINUTES_A_DAY:
            raise ValueError("a round opens before it closes, within one day")


def shortened(openings: Mapping[Moment, Opening], ends: int) -> dict[Moment, Opening]:
    """Return the rounds of a day that ends at a minute after midnight.

    A check-out keeps its length as far as there is room for it after the check-in; a round that
    would begin only when the day is over is not held.
    """
    rounds: dict[Moment, Opening] = {}
    for moment, usual in sorted(openings.items(), key=lambda item: list(Moment).index(item[0])):
        earliest = usual.opens
        if moment is Moment.CHECK_OUT and usual.closes > ends:
            first = openings.get(Moment.CHECK_IN)
            is_apart = first is not None and first.closes <= usual.opens
            bound = min(first.closes, ends) if first is not None and is_apart else 0
            earliest = min(usual.opens, max(ends - (usual.closes - usual.opens), bound))
        if earliest < min(usual.closes, ends):
            rounds[moment] = Opening(earliest, min(usual.closes, ends))
    return rounds


@dataclass(frozen=True)
class Timetable:
    """When one classroom's rounds are, by ISO weekday (Monday is 1) and moment."""

    calendar: SchoolCalendar
    openings: Mapping[tuple[int, Moment], Opening]

    def is_school_day(self, day: date) -> bool:
        """Tell whether this class has a round on a day."""
        return self.calendar.is_school_day(day) and bool(self.moments(day))

    def moments(self, day: date) -> tuple[Moment, ...]:
        """Return the rounds of that weekday, whether there is school or not."""
        if day in self.calendar.early:
            return tuple(m for m in Moment if m in self._shortened[day])
        return tuple(m for m in Moment if (day.isoweekday(), m) in self.openings)

    def opening(self, day: date, moment: Moment) -> Opening:
        """Return from when to when a round is, also on a day that ends sooner."""
        if day in self.calendar.early:
            return self._shortened[day][moment]
        return self.openings[day.isoweekday(), moment]

    def opens(self, day: date, moment: Moment) -> datetime:
        """Return when a round opens."""
        return self._at(day, self.opening(day, moment).opens)

    def closes(self, day: date, moment: Moment) -> datetime:
        """Return when a round closes."""
        return self._at(day, self.opening(day, moment).closes)

    def day_ends(self, day: date) -> datetime:
        """Return when the last round of a school day closes."""
        return max(self.closes(day, moment) for moment in self.moments(day))

    def had_school(self, day: date) -> bool:
        """Tell whether the school was open on a day, whether this class had rounds or not."""
        return self.calendar.without_pause.is_school_day(day)

    def school_days_after(self, day: date) -> Iterator[date]:
        """Yield the school days of this class after a day, as far as a long break reaches.

        A pause does not stop them: deadlines run on, and setting or ending a pause moves no moment
        at which a round is sealed or a week closed.
        """
        for n in range(1, LONGEST_BREAK.days + 1):
            if self.had_school(later := day + timedelta(days=n)) and self.moments(later):
                yield later

    def find_next_day(self, day: date) -> date | None:
        """Return the first day after another on which this class has a round again."""
        return next(filter(self.is_school_day, self.school_days_after(day)), None)

    def seals_at_latest(self, day: date, moment: Moment) -> datetime:
        """Return until when sealing may wait for a silent tablet (R2)."""
        if moment is Moment.CHECK_IN:
            return self.day_ends(day)
        after = next(self.school_days_after(day), None)
        if after is None:
            return self.closes(day, moment) + LONGEST_BREAK
        return min(self.opens(after, m) for m in self.moments(after))

    def week_closes(self, week: str) -> datetime:
        """Return the end of the first school day after a week (R2)."""
        sunday = days_of(week)[-1]
        after = next(self.school_days_after(sunday), None)
        if after is None:
            return self._at(sunday + LONGEST_BREAK, 0)
        return self.day_ends(after)

    def last_closed(self, now: datetime) -> tuple[date, Moment] | None:
        """Return the last round that has closed in the seven days before an instant."""
        today = self.calendar.today(now)
        for n in range(8):
            day = today - timedelta(days=n)
            if not self.is_school_day(day):
                continue
            for moment in reversed(self.moments(day)):
                if self.closes(day, moment) <= now:
                    return day, moment
        return None

    @cached_property
    def _shortened(self) -> Mapping[date, Mapping[Moment, Opening]]:
        """The rounds of the days that end sooner."""
        return {
            day: shortened(
                {m: its for (weekday, m), its in self.openings.items() if weekday == on}, ends
            )
            for day, ends in self.calendar.early.items()
            for on in (day.isoweekday(),)
        }

    def _at(self, day: date, minutes: int) -> datetime:
        days, minutes = divmod(minutes, MINUTES_A_DAY)
        wall = time(minutes // 60, minutes % 60)
        zoned = datetime.combine(day + timedelta(days=days), wall, tzinfo=self.calendar.zone)
        return zoned.astimezone(UTC)


class Door(StrEnum):
    """What the clock says of a tap's round, before anybody looks whether it was sealed."""

    OPEN = "open"
    SEALED = "sealed"
    WEEK_CLOSED = "week-closed"
    NOT_YET = "not-yet"
    NO_SCHOOL = "no-school"


def door_of(timetable: Timetable, day: date, moment: Moment, now: datetime) -> Door:
    """Tell whether a round takes taps at an instant, by the clock alone."""
    today = timetable.calendar.today(now)
    if abs(day - today) > FAR_AWAY:  # a tablet with a broken clock; no calendar reaches there
        return Door.NOT_YET if day > today else Door.WEEK_CLOSED
    week_is_closed = now >= timetable.week_closes(Round(0, day, moment).week)
    if not timetable.is_school_day(day) or moment not in timetable.moments(day):
        if day > today or not timetable.had_school(day):
            return Door.NO_SCHOOL
        # The class pauses or has other times since: a tablet without network may not know yet.
        return Door.WEEK_CLOSED if week_is_closed else Door.SEALED
    if now < timetable.opens(day, moment):
        return Door.NOT_YET
    if week_is_closed:
        return Door.WEEK_CLOSED
    if now >= timetable.seals_at_latest(day, moment):
        return Door.SEALED
    return Door.OPEN


@dataclass(frozen=True)
class TabletSeen:
    """What sealing needs to know of a tablet: when it was heard, what it has handed in."""

    label: str
    heard_on: date | None
    emptied: tuple[date, Moment] | None
    waiting: int | None

    def is_silent(self, day: date, moment: Moment) -> bool:
        """Tell whether this tablet may still hold taps of a closed round (R2)."""
        heard_then = self.heard_on is not None and self.heard_on >= day
        return heard_then and (self.emptied is None or self.emptied < (day, moment))


def is_due(
    timetable: Timetable, day: date, moment: Moment, tablets: tuple[TabletSeen, ...], now: datetime
) -> bool:
    """Tell whether the clock seals a round now (R2)."""
    if not timetable.is_school_day(day) or moment not in timetable.moments(day):
        return True  # the calendar was changed under an open round: it can only be sealed
    if now < timetable.closes(day, moment):
        return False
    waits = any(tablet.is_silent(day, moment) for tablet in tablets)
    return not waits or now >= timetable.seals_at_latest(day, moment)
