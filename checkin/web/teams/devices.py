"""The devices of a team: somebody's own phone, or a tablet in the staff room."""

from flask import abort, flash, g, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import enrolling
from checkin.web import cookies
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.school.codes import keep_code, read_code
from checkin.web.teams import blueprint
from checkin.web.teams.places import get_team


@blueprint.post("/teams/<int:team>/device")
def use_this_device(team: int) -> ResponseReturnValue:
    """Let the very device that asks tap for the team; never the tablet of a class."""
    found = get_team(team)
    if g.tablet is not None and g.tablet.classroom != found.id:
        flash(_("This device is the tablet of a class. Use your own phone."), "wrong")
        return redirect(url_for("teams.show", team=team), 303)
    response = make_response(redirect(url_for("tablet.show"), 303))
    if g.tablet is None:
        cookies.TABLET.keep(response, enrolling.enrol_here(found.school, found.id, now()))
    return response


@blueprint.post("/teams/<int:team>/enrolment-codes")
def make_code(team: int) -> ResponseReturnValue:
    """Make a code for another device and lead to the page that shows it."""
    found, instant = get_team(team), now()
    code = enrolling.make_code(found.school, found.id, signed_in().id, instant)
    shown_at = url_for("teams.show_code", team=team)
    response = make_response(redirect(shown_at, 303))
    keep_code(response, code, found.id, instant + enrolling.CODE_LASTS, shown_at)
    return response


@blueprint.get("/teams/<int:team>/code")
def show_code(team: int) -> ResponseReturnValue:
    """Show the code that was made last in this browser for this team, while it is good."""
    found = get_team(team)
    shown = read_code(cookies.CODE.read())
    if shown is None or shown.classroom != found.id or not enrolling.is_fresh(shown.code, now()):
        abort(404, _("This code has been used or is too old. Make a new one."))
    return render_template("team/code.html", team=found, shown=shown)
