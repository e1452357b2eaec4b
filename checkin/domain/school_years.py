"""Holidays per region, Saturday to Sunday inclusive, as the ministry publishes them.

2027-28 is the official table. Of 2026-27, the dates of Zuid come from a secondary source and carry
`to_check`, which the app shows. A school edits its own copy and adds its study days.
"""

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
            to_check=region is Region.ZUID and first in _TO_CHECK,
        )
        for _, label, first, last in rows
    ]
    return tuple(sorted(spans, key=lambda span: span.first))


_N, _M, _Z = (Region.NOORD,), (Region.MIDDEN,), (Region.ZUID,)
_ALL = tuple(Region)
_TO_CHECK = {"2026-10-17", "2027-02-13", "2027-07-24"}
_ROWS: tuple[tuple[tuple[Region, ...], str, str, str], ...] = (
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
