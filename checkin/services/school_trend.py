"""The school as a whole over weeks: shares of lights over all classrooms (R8).

A week is published when the next school week is over: then the rounds of every classroom are
sealed, and what comes later does not count. So nobody sees a figure move by one classroom's light.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import dropwhile

from flask import current_app

from checkin.domain.access import Person, may_see_trend
from checkin.domain.calendar import LONGEST_BREAK, SchoolCalendar, Span
from checkin.domain.rounds import days_of, week_of
from checkin.domain.school_weeks import ClassLights, SchoolWeek, release_school_week
from checkin.services.timetables import calendar_of
from checkin.storage import school_lights

A_WEEK = timedelta(weeks=1)
HOLIDAYS_A_YEAR = 16
"""Weeks without school in a school year, and some."""

_Known = dict[tuple[int, str], Mapping[int, ClassLights]]


@dataclass(frozen=True)
class NextWeek:
    """The first week that is not published yet, and the day on which it will be."""

    week: str
    on: date


@dataclass(frozen=True)
class SchoolTrend:
    """The published school weeks of a period, oldest first; `off` has the weeks without school."""

    weeks: tuple[SchoolWeek, ...]
    to_come: NextWeek | None
    off: Mapping[str, Span] = field(default_factory=dict)


def school_trend_of(person: Person, weeks: int, now: datetime) -> SchoolTrend:
    """Return so many school weeks of a person's school, the last one that is published last.

    Weeks before the school's first light are left out.
    """
    calendar = calendar_of(person.school)
    today = calendar.today(now)
    to_come: NextWeek | None = None
    found: list[tuple[str, Mapping[int, ClassLights]]] = []
    for monday in _school_weeks_back(calendar, today, weeks + HOLIDAYS_A_YEAR):
        on = _published_on(calendar, monday)
        if on > today:
            to_come = NextWeek(week_of(monday), on)
        elif len(found) < weeks:
            before = datetime.combine(on, time(), tzinfo=calendar.zone)
            found.append((week_of(monday), _lights(person.school, monday, before)))
    held = dropwhile(lambda week: not week[1], reversed(found))
    shown = tuple(_released(person, *week) for week in held)
    return SchoolTrend(shown, to_come, _weeks_off(calendar, shown))


def _released(person: Person, week: str, lights: Mapping[int, ClassLights]) -> SchoolWeek:
    seen = frozenset(classroom for classroom in lights if may_see_trend(person, classroom))
    return release_school_week(week, lights, seen)


def _lights(school: int, monday: date, before: datetime) -> Mapping[int, ClassLights]:
    """Return the lights of a published week; they never change, so they are looked up once."""
    known: _Known = current_app.extensions.setdefault("school_weeks", {})
    key = (school, week_of(monday))
    if key not in known:
        days = days_of(key[1])
        known[key] = school_lights.lights_of_school(school, days[0], days[-1], before)
    return known[key]


def _school_weeks_back(calendar: SchoolCalendar, today: date, weeks: int) -> Iterator[date]:
    """Yield the Mondays of the weeks with school, from this one back over so many weeks."""
    monday = today - timedelta(days=today.weekday())
    for n in range(weeks):
        if _has_school(calendar, monday - n * A_WEEK):
            yield monday - n * A_WEEK


def _weeks_off(calendar: SchoolCalendar, shown: Sequence[SchoolWeek]) -> dict[str, Span]:
    """Return the weeks without school among those that are shown, with why."""
    found: dict[str, Span] = {}
    monday = days_of(shown[0].week)[0] if shown else date.max
    while shown and week_of(monday) < shown[-1].week:
        off = calendar.find_day_off(monday)
        if off is not None and not _has_school(calendar, monday):
            found[week_of(monday)] = off
        monday += A_WEEK
    return found


def _has_school(calendar: SchoolCalendar, monday: date) -> bool:
    return any(calendar.is_school_day(monday + timedelta(days=n)) for n in range(7))


def _published_on(calendar: SchoolCalendar, monday: date) -> date:
    """Return the Monday after the next week with school."""
    later = monday + A_WEEK
    while not _has_school(calendar, later) and later - monday < LONGEST_BREAK:
        later += A_WEEK
    return later + A_WEEK
