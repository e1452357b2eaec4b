"""Whether the record of who looked at what is whole; what is in it is not shown here."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import auditing
from checkin.services.auditing import Break, Why
from checkin.web.access import signed_in

blueprint = Blueprint("audit", __name__)


@blueprint.get("/audit")
def show() -> ResponseReturnValue:
    """Read the school's record from end to end, and say whether it is whole."""
    checked = auditing.check(signed_in().school)
    told = _told(checked.broken) if checked.broken else ""
    return render_template("audit/show.html", checked=checked, told=told)


def _told(broken: Break) -> str:
    number = broken.number
    match broken.why:
        case Why.CHANGED:
            return _("Line %(number)s is not as it was written.", number=number)
        case Why.MISSING:
            return _("Line %(number)s is not there any more.", number=number)
        case Why.INSERTED:
            return _("Line %(number)s was put in by another hand.", number=number)
        case Why.ANCHOR | Why.NOTED:
            return _("What was before line %(number)s is gone before its time.", number=number + 1)
