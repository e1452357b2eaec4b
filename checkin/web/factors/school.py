"""How everybody at the school signs in, and what an administrator does after a lost phone."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import Person
from checkin.services.factors import duty, keeping
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.factors import asking, blueprint


@blueprint.get("/staff/factors")
def standings() -> ResponseReturnValue:
    """Show who has a second factor; never which."""
    school = signed_in().school
    return render_template(
        "factors/school.html",
        standings=duty.list_standings(school, now()),
        at_once=duty.asked_at_once(school),
    )


@blueprint.post("/staff/factors/rule")
def choose_rule() -> ResponseReturnValue:
    """Ask second factors at once, or give people their two weeks."""
    duty.ask_at_once(signed_in(), request.form.get("at_once") == "yes", now())
    flash(_("Saved."), "done")
    return redirect(url_for("factors.standings"), 303)


@blueprint.get("/staff/<int:id>/factors")
def colleague(id: int) -> ResponseReturnValue:
    """Ask whether a colleague's factors are to be taken away."""
    return _page(_colleague(id))


@blueprint.post("/staff/<int:id>/factors/removal")
def take_away(id: int) -> ResponseReturnValue:
    """Take a colleague's factors away and end the sessions, after the own password."""
    found, person = _colleague(id), signed_in()
    if found.id == person.id:
        return _page(found), 409
    if problem := asking.find_problem(request.form.get("password")):
        return _page(found, problem), 400
    keeping.take_away(found, person, now())
    told = _("%(name)s can sign in with the password alone now, and sets up anew.", name=found.name)
    flash(told, "done")
    return redirect(url_for("factors.standings"), 303)


def _colleague(id: int) -> Person:
    found = keeping.find_colleague(signed_in(), id)
    if found is None:
        abort(404)
    return found


def _page(found: Person, problem: str = "") -> str:
    return render_template(
        "factors/take_away.html",
        colleague=found,
        is_own=found.id == signed_in().id,
        asks=asking.has_password_ways() or not asking.is_fresh(),
        problem=problem,
    )
