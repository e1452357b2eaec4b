"""Opening times in a few words: 'Mon, Tue, Thu, Fri 14:00-14:45; Wed 12:00-12:45'."""

from collections.abc import Mapping
from datetime import time

from babel.dates import get_day_names
from flask_babel import gettext as _

from checkin.domain.calendar import MINUTES_A_DAY, Opening
from checkin.domain.rounds import Moment
from checkin.web.language import clock, locale

Lines = tuple[tuple[str, str], ...]


def opening_lines(
    openings: Mapping[tuple[int, Moment], Opening],
) -> tuple[tuple[Moment, Lines], ...]:
    """Return for each moment its weekdays and times, weekdays with the same times together."""
    return tuple((moment, _lines_of(moment, openings)) for moment in Moment)


def _lines_of(moment: Moment, openings: Mapping[tuple[int, Moment], Opening]) -> Lines:
    days: dict[Opening, list[int]] = {}
    for weekday in range(1, 8):
        if opening := openings.get((weekday, moment)):
            days.setdefault(opening, []).append(weekday)
    return tuple((_days(found), _hours(opening)) for opening, found in days.items())


def _days(weekdays: list[int]) -> str:
    if len(weekdays) == 7:
        return _("every day")
    names = get_day_names("abbreviated", locale=locale())
    first, last = weekdays[0], weekdays[-1]
    if len(weekdays) > 2 and last - first == len(weekdays) - 1:
        return f"{names[first - 1]}–{names[last - 1]}"
    return ", ".join(names[weekday - 1] for weekday in weekdays)


def _hours(opening: Opening) -> str:
    if (opening.opens, opening.closes) == (0, MINUTES_A_DAY):
        return _("all day")
    return f"{_clock(opening.opens)}–{_clock(opening.closes)}"


def _clock(minutes: int) -> str:
    minutes %= MINUTES_A_DAY  # midnight at the end of a day is written as at its beginning
    return clock(time(minutes // 60, minutes % 60))
