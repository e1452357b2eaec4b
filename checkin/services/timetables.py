"""When a classroom has school, from the school's own calendar and the public holidays."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from flask import current_app

from checkin.domain.calendar import DayOff, SchoolCalendar, Span, Timetable
from checkin.domain.calendar_days import Day, OtherDay
from checkin.domain.school import Classroom, Pause, School
from checkin.storage import schools, timetables

YEARS = range(2024, 2041)

FOREVER = timedelta(days=366 * 100)
"""How long a closed class has no rounds: for as long as anything of it is kept, and beyond."""

Version = tuple[int, Pause | None, date | None]


def timetable_of(classroom: Classroom) -> Timetable:
    """Return the timetable of a classroom, built anew when something of it changed."""
    return timetables_of(schools.get_school(classroom.school), [classroom])[classroom.id]


def timetables_of(school: School, classrooms: Sequence[Classroom]) -> dict[int, Timetable]:
    """Return timetables of classrooms of one school; those that changed share what is read."""
    known: dict[int, tuple[Version, Timetable]] = current_app.extensions.setdefault(
        "timetables", {}
    )
    versions: dict[int, Version] = {
        c.id: (school.timetable_version, c.pause, c.closed_on) for c in classrooms
    }
    changed = [c for c in classrooms if c.id not in known or known[c.id][0] != versions[c.id]]
    if changed:
        calendar, openings = calendar_of(school.id), timetables.openings_in([c.id for c in changed])
        for c in changed:
            known[c.id] = (versions[c.id], Timetable(_seen_by(c, calendar), openings[c.id]))
    return {c.id: known[c.id][1] for c in classrooms}


def calendar_of(school: int) -> SchoolCalendar:
    """Return the calendar of a school: its own days, and the public holidays."""
    return calendar_with(school, timetables.days_of(school))


def calendar_with(school: int, days: Sequence[Day]) -> SchoolCalendar:
    """Return the calendar of a school as it is with these days."""
    own = tuple(day.span for day in days if isinstance(day.kind, DayOff))
    return SchoolCalendar(
        ZoneInfo(schools.get_school(school).zone),
        own + public_holidays(),
        frozenset(day.span.first for day in days if day.kind is OtherDay.EXTRA),
        early={day.span.first: day.closes for day in days if day.closes is not None},
    )


@lru_cache(maxsize=1)
def public_holidays() -> tuple[Span, ...]:
    """Return the Dutch public holidays of the years a school may look at."""
    table = holidays.country_holidays("NL", years=YEARS, language="nl")
    return tuple(_public_holiday(day, name) for day, name in sorted(table.items()))


def _seen_by(classroom: Classroom, calendar: SchoolCalendar) -> SchoolCalendar:
    pause, ended = classroom.pause, classroom.closed_on
    if not pause and not ended:
        return calendar
    return replace(
        calendar,
        pause=Span(pause.first, pause.last, DayOff.PAUSE) if pause else None,
        closed=Span(ended, ended + FOREVER, DayOff.CLOSED) if ended else None,
    )


def _public_holiday(day: date, name: str) -> Span:
    return Span(day, day, DayOff.PUBLIC_HOLIDAY, name)
