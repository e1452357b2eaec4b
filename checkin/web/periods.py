"""Which days a trend shows, from the address of its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from checkin.services import trends

WEEKS = (4, 10, 13, 40)
"""What the page offers: a month, the two report periods, a school year."""

USUAL = 10
LONGEST = timedelta(days=2 * 366)


class BadPeriod(ValueError):
    """An address with days that cannot be shown; its text says why, in the reader's language."""


@dataclass(frozen=True)
class Period:
    """The days of a trend, both ends included; `weeks` when it was chosen by their number."""

    first: date
    last: date
    weeks: int | None = None


def read_period(args: Mapping[str, str], classroom: int, now: datetime) -> Period:
    """Return the period an address asks for, by default the last ten weeks; raises BadPeriod."""
    if "from" in args or "to" in args:
        return _between(args, classroom, now)
    weeks = read_weeks(args.get("weeks", ""))
    return Period(*trends.period_ending_today(classroom, weeks, now), weeks)


def _between(args: Mapping[str, str], classroom: int, now: datetime) -> Period:
    usual_first, today = trends.period_ending_today(classroom, USUAL, now)
    last = read_day(args["to"]) if args.get("to") else today
    first = read_day(args["from"]) if args.get("from") else min(usual_first, last)
    if first > last:
        raise BadPeriod(_("The first day comes after the last day."))
    if last - first > LONGEST:
        raise BadPeriod(_("A trend covers two years at most."))
    return Period(first, last)


def read_day(text: str) -> date:
    """Read a day such as 2026-11-23; ISO weeks and other ways of writing raise BadPeriod."""
    try:
        if (day := date.fromisoformat(text)).isoformat() == text:
            return day
    except ValueError:
        pass
    raise BadPeriod(_("A day is written as 2026-11-23."))


def read_weeks(text: str) -> int:
    """Return the offered number of weeks nearest to what was asked, by default the usual one."""
    if not text.isdecimal() or len(text) > 4:
        return USUAL
    return min(WEEKS, key=lambda weeks: abs(weeks - int(text)))
