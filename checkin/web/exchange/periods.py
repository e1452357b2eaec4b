"""Which report period an address asks for, and what the periods are called."""

from flask import request
from flask_babel import gettext as _

from checkin.services.term_report import PERIODS, YEAR


def asked_period() -> str:
    """Return the period that is asked for, ten weeks where it is none of ours."""
    asked = request.args.get("period", "")
    return asked if asked in PERIODS else "10"


def period_words() -> dict[str, str]:
    """Name each period."""
    return {
        name: _("this school year") if name == YEAR else _("%(weeks)s weeks", weeks=name)
        for name in PERIODS
    }
