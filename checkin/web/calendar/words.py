"""What the days of a calendar are called, and why one cannot be, in the reader's language."""

from datetime import time

from flask_babel import gettext as _

from checkin.domain.calendar import MINUTES_A_DAY
from checkin.domain.calendar_days import LONGEST_LABEL, LONGEST_SPAN, DayProblem
from checkin.web.language import clock


def kind_words() -> dict[str, str]:
    """Name each kind of day."""
    return {
        "holiday": _("Holiday"),
        "public-holiday": _("Public holiday"),
        "study-day": _("Study day"),
        "early": _("School ends earlier"),
        "extra": _("Extra school day"),
        "weekend": _("Weekend"),
        "": _("School day"),
    }


def problem_words(problem: DayProblem) -> tuple[str, str]:
    """Return which field a problem is about, and say it."""
    return {
        DayProblem.BACKWARDS: ("last", _("The last day is the first day or a later one.")),
        DayProblem.PAST: (
            "first",
            _("A day that is over stays as it was. Choose today or a later day."),
        ),
        DayProblem.BEGUN: (
            "first",
            _(
                "A round of today has begun, so today stays as it is. Begin tomorrow; a class that"
                " stops today can pause."
            ),
        ),
        DayProblem.LONG: ("last", _("This takes %(most)s days at most.", most=LONGEST_SPAN)),
        DayProblem.FAR: ("last", _("The calendar goes three years ahead.")),
        DayProblem.LABEL: (
            "label",
            _("A name has at most %(most)s letters, on one line.", most=LONGEST_LABEL),
        ),
        DayProblem.CLOSES: ("closes", _("Write the time at which school ends, such as 12:00.")),
        DayProblem.TOO_SOON: ("closes", _("This time is over.")),
        DayProblem.FREE_ALREADY: ("first", _("There is no school on this day.")),
        DayProblem.SCHOOL_ALREADY: ("first", _("There is school on this day already.")),
        DayProblem.TWICE: ("first", _("This day ends earlier already. Take that out first.")),
    }[problem]


def clock_of(minutes: int) -> str:
    """Write a minute after midnight as a time of day."""
    minutes %= MINUTES_A_DAY
    return clock(time(minutes // 60, minutes % 60))
