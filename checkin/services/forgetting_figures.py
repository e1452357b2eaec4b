"""Deleting released figures at the end of the school year after theirs."""

from datetime import date, datetime

from checkin.services.timetables import calendar_of
from checkin.storage import released, schools

YEARS_AFTER = 1
"""So many school years a figure is kept after its own."""
YEAR_BEGINS = (8, 1)
"""Month and day on which a Dutch school year begins by law."""


def forget_figures(now: datetime) -> int:
    """Delete the rounds and weeks whose time is up and return how many; the caller commits."""
    return sum(
        released.remove_before(school.id, kept_since(calendar_of(school.id).today(now)))
        for school in schools.list_schools()
    )


def kept_since(today: date) -> date:
    """Return the first day of the school year before this one."""
    begins = date(today.year, *YEAR_BEGINS)
    this_year = today.year if today >= begins else today.year - 1
    return date(this_year - YEARS_AFTER, *YEAR_BEGINS)
