"""A round: one check-in or check-out of one classroom on one school day."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Moment(StrEnum):
    """The two rounds of a school day, in order."""

    CHECK_IN = "check-in"
    CHECK_OUT = "check-out"


@dataclass(frozen=True, order=True)
class Round:
    """Names one round; it says nothing about what was tapped in it."""

    classroom: int
    day: date
    moment: Moment

    @property
    def week(self) -> str:
        """Return the ISO 8601 week the round counts for, such as 2026-W47."""
        return week_of(self.day)


def week_of(day: date) -> str:
    """Return the ISO 8601 week of a day, such as 2026-W47."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def days_of(week: str) -> tuple[date, ...]:
    """Return the seven days of an ISO 8601 week, Monday first."""
    year, number = week.split("-W")
    monday = date.fromisocalendar(int(year), int(number), 1)
    return tuple(monday + timedelta(days=n) for n in range(7))
