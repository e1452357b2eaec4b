"""The periods of reports and files: so many weeks, this school year, or the one before."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from checkin.domain.access import Person, may_see_trend
from checkin.domain.rounds import week_of
from checkin.domain.school import Classroom, Kind
from checkin.domain.school_years import days_of_year, school_year_of
from checkin.services.forgetting_figures import kept_since
from checkin.services.timetables import calendar_of
from checkin.storage import schools

YEAR = "year"
LAST_YEAR = "last-year"
PERIODS: Mapping[str, int | None] = {"10": 10, "13": 13, YEAR: None, LAST_YEAR: None}
"""So many weeks; None is a school year."""


def period_of(school: int, period: str, now: datetime) -> tuple[date, date]:
    """Return the first and the last day of a period: today, or the end of the year before."""
    today = calendar_of(school).today(now)
    year = school_year_of(today)
    if period == LAST_YEAR:
        return days_of_year(year - 1)
    weeks = PERIODS.get(period, 10)
    if weeks is None:
        return days_of_year(year)[0], today
    return today - timedelta(days=today.weekday(), weeks=weeks - 1), today


def offered_periods(person: Person, now: datetime) -> tuple[str, ...]:
    """Return the periods there can be figures of; a school's first year has none before it."""
    last = period_of(person.school, LAST_YEAR, now)[1]
    began = (one.started_on for one in schools.list_every_classroom(person.school))
    had_one = any(day <= last for day in began)
    return tuple(name for name in PERIODS if name != LAST_YEAR or had_one)


def stopped_classes(person: Person, now: datetime) -> tuple[Classroom, ...]:
    """Return the classes that ended and of which figures are kept, as far as a person sees them.

    The last one that ended comes first; whose teacher one was, one may look back at.
    """
    since = kept_since(calendar_of(person.school).today(now))
    ended = [
        (one.closed_on, one)
        for one in schools.list_every_classroom(person.school)
        if one.kind is Kind.CLASS and one.closed_on is not None
        if one.closed_on > max(one.started_on, since) and may_see_trend(person, one.id)
    ]
    return tuple(room for _on, room in sorted(ended, key=lambda one: (one[0], one[1].id))[::-1])


def year_that_shows(classroom: Classroom, asked: str, now: datetime) -> str:
    """Return the school year in which a class ended, or the one before where that was asked for."""
    if classroom.closed_on is None:
        return asked
    begins = period_of(classroom.school, YEAR, now)[0]
    had_both = classroom.started_on < begins < classroom.closed_on
    if had_both and asked == LAST_YEAR:
        return LAST_YEAR
    return YEAR if classroom.closed_on > begins else LAST_YEAR


def last_year_of(classroom: Classroom, now: datetime) -> tuple[date, date] | None:
    """Return the last school year, or None where a class has begun after it."""
    first, last = period_of(classroom.school, LAST_YEAR, now)
    return (first, last) if classroom.started_on <= last else None


def days_within(classroom: Classroom, first: date, last: date) -> tuple[date, date]:
    """Return the days of a period on which there was this class; all of it where there was none."""
    begins = max(first, classroom.started_on)
    ends = min(last, classroom.closed_on - timedelta(days=1)) if classroom.closed_on else last
    return (begins, ends) if begins <= ends else (first, last)


def days_of_class(classroom: int, first: date, last: date) -> tuple[date, date]:
    """Return the days of a period on which there was a class."""
    return days_within(schools.get_classroom(classroom), first, last)


def weeks_back_to(first: date, today: date) -> int:
    """Return over how many weeks a period reaches back from today, this week with it."""
    monday = today - timedelta(days=today.weekday())
    return (monday - (first - timedelta(days=first.weekday()))).days // 7 + 1


def is_week_within(week: str, first: date, last: date) -> bool:
    """Tell whether a week has a day of a period."""
    return week_of(first) <= week <= week_of(last)
