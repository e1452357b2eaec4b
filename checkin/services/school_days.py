"""The days of a class as its teacher sees them: school, or free and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from checkin.domain.calendar import LONGEST_BREAK, Span
from checkin.domain.rounds import Moment, week_of
from checkin.services.timetables import timetable_of
from checkin.storage import schools


@dataclass(frozen=True)
class ClassDay:
    """A day with the rounds a class has on it; `off` says why there are none."""

    day: date
    off: Span | None
    moments: tuple[Moment, ...]


def weeks_off(days: Iterable[ClassDay]) -> dict[str, Span]:
    """Return the weeks in which a class has no round at all, with why."""
    found: dict[str, Span | None] = {}
    for day in days:
        week = week_of(day.day)
        if day.moments or (week in found and found[week] is None):
            found[week] = None
        elif day.off is not None:
            found.setdefault(week, day.off)
    return {week: span for week, span in found.items() if span is not None}


def days_between(classroom: int, first: date, last: date) -> tuple[ClassDay, ...]:
    """Return the days of a class in a period, both ends included."""
    timetable = timetable_of(schools.get_classroom(classroom))
    # Only the spans of the period: a year of days against every holiday known would be slow.
    free = (span for span in timetable.calendar.free if span.first <= last and span.last >= first)
    calendar = replace(timetable.calendar, free=tuple(free))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(
        ClassDay(day, off := calendar.find_day_off(day), () if off else timetable.moments(day))
        for day in days
    )


def picture_due_on(classroom: int, now: datetime) -> date:
    """Return the day at whose end the picture of this week comes."""
    timetable = timetable_of(schools.get_classroom(classroom))
    today = timetable.calendar.today(now)
    closes = timetable.week_closes(week_of(today))
    return timetable.calendar.today(closes - timedelta(minutes=1))  # midnight ends the day before


def earlier_picture_due(classroom: int, now: datetime) -> tuple[str, date] | None:
    """Return an earlier week whose picture is still to come, and the day at whose end it comes."""
    timetable = timetable_of(schools.get_classroom(classroom))
    today = timetable.calendar.today(now)
    before = (today - timedelta(days=n) for n in range(today.weekday() + 1, LONGEST_BREAK.days))
    day = next(filter(timetable.is_school_day, before), None)
    if day is None or (closes := timetable.week_closes(week_of(day))) <= now:
        return None
    return week_of(day), timetable.calendar.today(closes - timedelta(minutes=1))
