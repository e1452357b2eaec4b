"""Recovery codes: made anew, shown once, to be printed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from checkin.services.factors import codes as service
from checkin.services.factors import keeping
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.factors import asking, blueprint, listing


@blueprint.get("/account/factors/codes")
def codes() -> ResponseReturnValue:
    """Say what recovery codes are, and offer to make them."""
    mine = listing.my_factors()
    if mine.kept.is_empty:
        return redirect(url_for("factors.show"), 303)
    return render_template("factors/codes.html", mine=mine)


@blueprint.post("/account/factors/codes")
def make_codes() -> ResponseReturnValue:
    """Show ten new codes, once; the ones before open nothing any more."""
    person = signed_in()
    if keeping.kept_by(person.id).is_empty:
        return redirect(url_for("factors.show"), 303)
    if problem := asking.find_problem(request.form.get("password"), is_adding=True):
        flash(problem, "wrong")
        return redirect(url_for("factors.codes"), 303)
    return render_template("factors/codes_shown.html", codes=service.make(person, now()))
