"""Deleting talk requests ten school weeks after they were closed, and adults who left."""

from datetime import date, datetime, timedelta

from checkin.domain.calendar import SchoolCalendar
from checkin.services.timetables import calendar_of
from checkin.storage import schools, talk_settings, talks

WEEKS_KEPT = 10
FAR = 60
"""Weeks to look back at most: ten school weeks are in it, whatever the holidays."""


def forget_talks(now: datetime) -> int:
    """Delete the wishes whose time is up and return how many; the caller commits."""
    gone = 0
    for school in schools.list_schools():
        calendar = calendar_of(school.id)
        ids = talks.closed_before(school.id, kept_since(calendar, calendar.today(now)))
        talks.remove_requests(ids)
        talk_settings.remove_who_left(school.id)
        gone += len(ids)
    return gone


def kept_since(calendar: SchoolCalendar, today: date) -> date:
    """Return the first day of the ten school weeks before today; weeks without school are none."""
    weeks, first = 0, today
    while weeks < WEEKS_KEPT and today - first < timedelta(weeks=FAR):
        first -= timedelta(weeks=1)
        weeks += any(calendar.is_school_day(first + timedelta(days=n)) for n in range(7))
    return first
