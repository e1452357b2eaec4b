"""Which report period an address asks for, and what the periods are called."""

from flask import request
from flask_babel import gettext as _

from checkin.services.report_periods import LAST_YEAR, PERIODS, YEAR, offered_periods
from checkin.web.access import signed_in
from checkin.web.clock import now


def asked_period() -> str:
    """Return the period that is asked for, ten weeks where it is none of ours."""
    asked = request.args.get("period", "")
    return asked if asked in PERIODS else "10"


def period_words() -> dict[str, str]:
    """Name each period that is offered, and the one that is looked at."""
    offered = (*offered_periods(signed_in(), now()), asked_period())
    return {name: _word(name) for name in PERIODS if name in offered}


def _word(name: str) -> str:
    years = {YEAR: _("this school year"), LAST_YEAR: _("last school year")}
    return years.get(name) or _("%(weeks)s weeks", weeks=name)
