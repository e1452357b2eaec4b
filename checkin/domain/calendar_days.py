"""What a school writes in its calendar, and which changes of it may be made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from checkin.domain.calendar import MINUTES_A_DAY, DayOff, SchoolCalendar, Span

LONGEST_LABEL = 60
LONGEST_SPAN = 70
"""Days; a summer holiday has 44."""
FARTHEST = timedelta(days=3 * 366)


class OtherDay(StrEnum):
    """What a day of the calendar can be besides free."""

    EXTRA = "extra"
    EARLY = "early"


DayKind = DayOff | OtherDay
ADDED_BY_HAND: tuple[DayKind, ...] = (
    DayOff.STUDY_DAY,
    DayOff.HOLIDAY,
    OtherDay.EARLY,
    OtherDay.EXTRA,
)


@dataclass(frozen=True)
class Day:
    """One line of a school's calendar: free days, a day that ends sooner, or an extra day."""

    kind: DayKind
    span: Span
    closes: int | None = None
    id: int = 0
    added_by: int | None = None
    added_at: datetime | None = None
    removed_at: datetime | None = None


class DayProblem(StrEnum):
    """Why something cannot be in the calendar."""

    BACKWARDS = "backwards"
    PAST = "past"
    BEGUN = "begun"
    LONG = "long"
    FAR = "far"
    LABEL = "label"
    CLOSES = "closes"
    TOO_SOON = "too-soon"
    FREE_ALREADY = "free-already"
    SCHOOL_ALREADY = "school-already"
    TWICE = "twice"


class NotADay(ValueError):
    """Something that cannot be in the calendar."""

    def __init__(self, problem: DayProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def kind_named(name: str) -> DayKind:
    """Return what a day is by the name under which it is kept."""
    return OtherDay(name) if name in tuple(OtherDay) else DayOff(name)


def make_day(
    kind: DayKind, first: date, last: date, label: str = "", closes: int | None = None
) -> Day:
    """Return a day as it would be kept; an extra or shorter day is one day."""
    off = kind if isinstance(kind, DayOff) else DayOff.HOLIDAY
    if isinstance(kind, OtherDay):
        last = first
    return Day(kind, Span(first, last, off, label), closes if kind is OtherDay.EARLY else None)


def find_problem(day: Day, calendar: SchoolCalendar, today: date) -> DayProblem | None:
    """Return why a day cannot be added to a calendar, or None; it asks no round."""
    span = day.span
    if span.last < span.first:
        return DayProblem.BACKWARDS
    if span.first < today:
        return DayProblem.PAST
    if (span.last - span.first).days >= LONGEST_SPAN:
        return DayProblem.LONG
    if span.last - today > FARTHEST:
        return DayProblem.FAR
    if len(span.label) > LONGEST_LABEL or not span.label.isprintable():
        return DayProblem.LABEL
    if day.kind is OtherDay.EXTRA and calendar.is_school_day(span.first):
        return DayProblem.SCHOOL_ALREADY
    return _problem_of_early(day, calendar) if day.kind is OtherDay.EARLY else None


def _problem_of_early(day: Day, calendar: SchoolCalendar) -> DayProblem | None:
    if day.closes is None or not 0 < day.closes <= MINUTES_A_DAY:
        return DayProblem.CLOSES
    if not calendar.is_school_day(day.span.first):
        return DayProblem.FREE_ALREADY
    return DayProblem.TWICE if day.span.first in calendar.early else None


def changed_days(before: SchoolCalendar, after: SchoolCalendar, days: Iterable[date]) -> set[date]:
    """Return the days on which there is school in one calendar and not, or not so, in the other."""
    return {
        day
        for day in days
        if before.is_school_day(day) != after.is_school_day(day)
        or before.early.get(day) != after.early.get(day)
    }
