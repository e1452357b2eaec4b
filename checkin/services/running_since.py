"""Since when no round was held, and whether there was school: a holiday is no standstill."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from checkin.domain.school import Kind
from checkin.services.timetables import calendar_of, timetables_of
from checkin.storage import schools

LOOKED_BACK = 400
"""Days; what is older than that is longer ago than any holiday."""


@dataclass(frozen=True)
class Since:
    """The days from one to today, neither counted: with a round of some class, and all of them."""

    school_days: int
    days: int


def since(school: int, day: date, now: datetime) -> Since:
    """Count on how many days after one a class should have had a round, up to yesterday."""
    rooms = [c for c in schools.list_every_classroom(school) if c.kind is Kind.CLASS]
    timetables = timetables_of(schools.get_school(school), rooms)
    today = calendar_of(school).today(now)
    between = max((today - day).days - 1, 0)
    looked = (day + timedelta(days=n) for n in range(1, min(between, LOOKED_BACK) + 1))
    expected = sum(
        any(room.started_on <= one and timetables[room.id].is_school_day(one) for room in rooms)
        for one in looked
    )
    return Since(expected, between)
