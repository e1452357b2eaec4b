"""When a classroom has school, from the school's own calendar and the public holidays."""

from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from flask import current_app

from checkin.domain.calendar import DayOff, SchoolCalendar, Span, Timetable
from checkin.domain.school import Classroom
from checkin.storage import schools

YEARS = range(2024, 2041)


def timetable_of(classroom: Classroom) -> Timetable:
    """Return the timetable of a classroom, built anew when its school's version changed."""
    version = schools.get_school(classroom.school).timetable_version
    known: dict[int, tuple[int, Timetable]] = current_app.extensions.setdefault("timetables", {})
    if classroom.id not in known or known[classroom.id][0] != version:
        timetable = Timetable(calendar_of(classroom.school), schools.openings_of(classroom.id))
        known[classroom.id] = (version, timetable)
    return known[classroom.id][1]


def calendar_of(school: int) -> SchoolCalendar:
    """Return the calendar of a school: its own days, and the public holidays."""
    days = schools.days_of(school)
    extra = frozenset(span.first for kind, span in days if kind == schools.EXTRA)
    own = tuple(span for kind, span in days if kind != schools.EXTRA)
    return SchoolCalendar(ZoneInfo(schools.get_school(school).zone), own + public_holidays(), extra)


@lru_cache(maxsize=1)
def public_holidays() -> tuple[Span, ...]:
    """Return the Dutch public holidays of the years a school may look at."""
    table = holidays.country_holidays("NL", years=YEARS, language="nl")
    return tuple(_public_holiday(day, name) for day, name in sorted(table.items()))


def _public_holiday(day: date, name: str) -> Span:
    return Span(day, day, DayOff.PUBLIC_HOLIDAY, name)
