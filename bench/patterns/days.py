"""A school year of about 190 school days, Dutch style."""

import datetime as dt
from itertools import pairwise

import numpy as np

_FIRST, _LAST = dt.date(2025, 9, 1), dt.date(2026, 7, 17)
_OFF = (
    (dt.date(2025, 9, 26), dt.date(2025, 9, 26)),  # study days and public holidays are single days
    (dt.date(2025, 10, 20), dt.date(2025, 10, 24)),
    (dt.date(2025, 11, 12), dt.date(2025, 11, 12)),
    (dt.date(2025, 12, 22), dt.date(2026, 1, 2)),
    (dt.date(2026, 1, 29), dt.date(2026, 1, 29)),
    (dt.date(2026, 2, 16), dt.date(2026, 2, 20)),
    (dt.date(2026, 3, 17), dt.date(2026, 3, 17)),
    (dt.date(2026, 4, 6), dt.date(2026, 4, 6)),
    (dt.date(2026, 4, 27), dt.date(2026, 5, 8)),
    (dt.date(2026, 5, 14), dt.date(2026, 5, 15)),
    (dt.date(2026, 5, 25), dt.date(2026, 5, 25)),
    (dt.date(2026, 6, 5), dt.date(2026, 6, 5)),
    (dt.date(2026, 6, 24), dt.date(2026, 6, 24)),
)


def _school_days() -> list[dt.date]:
    every = (_FIRST + dt.timedelta(n) for n in range((_LAST - _FIRST).days + 1))
    return [d for d in every if d.weekday() < 5 and not any(a <= d <= b for a, b in _OFF)]


DATES = _school_days()
DAYS = len(DATES)
WEEKDAY = np.array([d.weekday() for d in DATES])
_GAPS = np.array([0] + [(b - a).days for a, b in pairwise(DATES)])
AFTER_BREAK = _GAPS >= 5
"""The first day back."""
EVERY_DAY = np.arange(DAYS)
"""The school days, numbered."""
