"""The school's calendar as staff read it: what is to come, and a year at a glance."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checkin.domain.access import Person
from checkin.domain.calendar import DayOff, Opening, SchoolCalendar, Span, shortened
from checkin.domain.calendar_days import Day, OtherDay
from checkin.domain.rounds import Moment
from checkin.domain.school_years import (
    days_of_year,
    find_missing_year,
    find_region,
    school_year_of,
    shipped_for,
)
from checkin.services.timetables import calendar_of
from checkin.storage import schools, timetables

UNDO_FOR = timedelta(days=30)
"""So long a line that was taken out can be put back."""

REMOVED_KEPT = timedelta(days=366)
"""So long it is known who took a line out."""


@dataclass(frozen=True)
class GlanceDay:
    """A day of the year with what it is; `kind` is '' on an ordinary school day."""

    day: date
    kind: str
    label: str
    is_school_day: bool


@dataclass(frozen=True)
class GlanceMonth:
    """A month in weeks from Monday to Sunday; None is a day of another month."""

    first: date
    weeks: tuple[tuple[GlanceDay | None, ...], ...]


@dataclass(frozen=True)
class Glance:
    """A school year with how many school days it has."""

    year: int
    months: tuple[GlanceMonth, ...]
    school_days: int
    kinds: frozenset[str]


@dataclass(frozen=True)
class Missing:
    """A school year whose holidays are not in the calendar, and whether we have their table."""

    year: int
    has_table: bool


@dataclass(frozen=True)
class Usual:
    """What becomes of the check-out of a class on a day that ends sooner."""

    classroom: str
    usual: Opening | None
    then: Opening | None


def glance_of(person: Person, year: int) -> Glance:
    """Return a school year of a person's school."""
    calendar = calendar_of(person.school)
    labels = {day.span.first: day.span.label for day in timetables.days_of(person.school)}
    first, last = days_of_year(year)
    firsts = [date(first.year, m, 1) for m in range(8, 13)]
    firsts += [date(last.year, m, 1) for m in range(1, 8)]
    months = tuple(_month(calendar, labels, first) for first in firsts)
    days = [d for month in months for week in month.weeks for d in week if d is not None]
    school_days = sum(day.is_school_day for day in days)
    return Glance(year, months, school_days, frozenset(day.kind for day in days))


def coming_days(person: Person, now: datetime) -> tuple[list[Day], list[Span]]:
    """Return what the school wrote in its calendar, and public holidays of the next year."""
    calendar = calendar_of(person.school)
    today = calendar.today(now)
    own = [day for day in timetables.days_of(person.school) if day.span.last >= today]
    public = [
        span
        for span in calendar.free
        if span.kind is DayOff.PUBLIC_HOLIDAY and today <= span.first < today + timedelta(days=366)
    ]
    return own, public


def removed_lately(person: Person, now: datetime) -> list[Day]:
    """Return what was taken out lately and is not over."""
    today = calendar_of(person.school).today(now)
    removed = timetables.removed_days_of(person.school, now - UNDO_FOR)
    return [day for day in removed if day.span.last >= today]


def find_missing(person: Person, now: datetime) -> Missing | None:
    """Return the school year whose holidays are missing: this one, or from April the next."""
    calendar = calendar_of(person.school)
    year = find_missing_year(calendar.free, calendar.today(now))
    if year is None:
        return None
    region = find_region(schools.get_school(person.school).region)
    return Missing(year, bool(region and shipped_for(region, year)))


def year_now(person: Person, now: datetime) -> int:
    """Return the school year it is, from July on the next."""
    return school_year_of(calendar_of(person.school).today(now) + timedelta(days=31))


def early_times(person: Person, day: date, ends: int) -> list[Usual]:
    """Return what becomes of the check-outs of a day that ends at a minute after midnight."""
    rooms = schools.list_classrooms(person.school)
    openings = timetables.openings_in([room.id for room in rooms])
    told = []
    for room in rooms:
        of_day = {m: its for (on, m), its in openings[room.id].items() if on == day.isoweekday()}
        then = shortened(of_day, ends)
        usual = of_day.get(Moment.CHECK_OUT)
        told.append(Usual(room.name, usual, then.get(Moment.CHECK_OUT)))
    return told


def _month(calendar: SchoolCalendar, labels: dict[date, str], first: date) -> GlanceMonth:
    weeks: Sequence[list[date]] = Calendar().monthdatescalendar(first.year, first.month)
    return GlanceMonth(
        first,
        tuple(
            tuple(_day(calendar, labels, day) if day.month == first.month else None for day in week)
            for week in weeks
        ),
    )


def _day(calendar: SchoolCalendar, labels: dict[date, str], day: date) -> GlanceDay:
    off = calendar.find_day_off(day)
    if off is not None:
        return GlanceDay(day, off.kind.value, off.label, False)
    own = labels.get(day, "")
    if day in calendar.early:
        return GlanceDay(day, OtherDay.EARLY.value, own, True)
    return GlanceDay(day, OtherDay.EXTRA.value if day in calendar.extra else "", own, True)
