"""Which day it is at a school."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from checkin.storage import schools


def today_at(school: int, now: datetime) -> date:
    """Return the day of an instant by a school's own clock."""
    return now.astimezone(ZoneInfo(schools.get_school(school).zone)).date()
