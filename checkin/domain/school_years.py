"""Holidays per region, Saturday to Sunday inclusive, as the ministry publishes them.

2027-28 is the official table. The summer of 2026, and of 2026-27 the dates of Zuid, come from
secondary sources and carry `to_check`, which the app shows. A school edits its own copy and adds
its study days.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from checkin.domain.calendar import DayOff, Span


class Region(StrEnum):
    """The three holiday regions of the Netherlands."""

    NOORD = "noord"
    MIDDEN = "midden"
    ZUID = "zuid"


def holidays_of(region: Region) -> tuple[Span, ...]:
    """Return the shipped holidays of a region in order of time."""
    rows = [row for row in _ROWS if region in row[0]]
    spans = [
        Span(
            date.fromisoformat(first),
            date.fromisoformat(last),
            DayOff.HOLIDAY,
            label,
            to_check=(region, first) in _TO_CHECK,
        )
        for _, label, first, last in rows
    ]
    return tuple(sorted(spans, key=lambda span: span.first))


def school_year_of(day: date) -> int:
    """Return the year in which a day's school year began: it turns on the first of August."""
    return day.year if day.month >= 8 else day.year - 1


def days_of_year(year: int) -> tuple[date, date]:
    """Return the first and last day of a school year."""
    return date(year, 8, 1), date(year + 1, 7, 31)


def find_missing_year(spans: Iterable[Span], today: date) -> int | None:
    """Return the school year whose holidays are missing, this one or from April the next.

    A year has its holidays when a Christmas holiday is among them: every school in the country has.
    """
    year = school_year_of(today)
    asked = (year, year + 1) if 4 <= today.month <= 7 else (year,)
    firsts = {_around_christmas(y) for y in asked}
    known = {
        day
        for span in spans
        if span.kind is DayOff.HOLIDAY
        for day in firsts
        if span.first <= day <= span.last
    }
    return next((y for y in asked if _around_christmas(y) not in known), None)


def shipped_for(region: Region, year: int) -> tuple[Span, ...]:
    """Return the shipped holidays of a region that begin in one school year."""
    first, last = days_of_year(year)
    return tuple(span for span in holidays_of(region) if first <= span.first <= last)


def find_region(name: str) -> Region | None:
    """Return a region by its name, however it is written, or None."""
    return next((region for region in Region if region.value == name.strip().lower()), None)


def _around_christmas(year: int) -> date:
    """Return a day that is in every school's Christmas holiday: it begins by the 27th."""
    return date(year, 12, 28)


_N, _M, _Z = (Region.NOORD,), (Region.MIDDEN,), (Region.ZUID,)
_ALL = tuple(Region)
_ROWS: tuple[tuple[tuple[Region, ...], str, str, str], ...] = (
    (_N, "Zomervakantie", "2026-07-04", "2026-08-16"),
    (_M, "Zomervakantie", "2026-07-18", "2026-08-30"),
    (_Z, "Zomervakantie", "2026-07-11", "2026-08-23"),
    (_N, "Herfstvakantie", "2026-10-10", "2026-10-18"),
    (_M + _Z, "Herfstvakantie", "2026-10-17", "2026-10-25"),
    (_ALL, "Kerstvakantie", "2026-12-19", "2027-01-03"),
    (_N + _M, "Voorjaarsvakantie", "2027-02-20", "2027-02-28"),
    (_Z, "Voorjaarsvakantie", "2027-02-13", "2027-02-21"),
    (_ALL, "Meivakantie", "2027-04-24", "2027-05-02"),
    (_N, "Zomervakantie", "2027-07-10", "2027-08-22"),
    (_M, "Zomervakantie", "2027-07-17", "2027-08-29"),
    (_Z, "Zomervakantie", "2027-07-24", "2027-09-05"),
    (_N + _M, "Herfstvakantie", "2027-10-16", "2027-10-24"),
    (_Z, "Herfstvakantie", "2027-10-23", "2027-10-31"),
    (_ALL, "Kerstvakantie", "2027-12-25", "2028-01-09"),
    (_N, "Voorjaarsvakantie", "2028-02-19", "2028-02-27"),
    (_M + _Z, "Voorjaarsvakantie", "2028-02-26", "2028-03-05"),
    (_ALL, "Meivakantie", "2028-04-29", "2028-05-07"),
    (_N, "Zomervakantie", "2028-07-15", "2028-08-27"),
    (_M, "Zomervakantie", "2028-07-08", "2028-08-20"),
    (_Z, "Zomervakantie", "2028-07-22", "2028-09-03"),
)
_TO_CHECK = {
    (Region.NOORD, "2026-07-04"),
    (Region.MIDDEN, "2026-07-18"),
    *((Region.ZUID, day) for day in ("2026-07-11", "2026-10-17", "2027-02-13", "2027-07-24")),
}
