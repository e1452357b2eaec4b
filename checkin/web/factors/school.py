"""How everybody at the school signs in, and what an administrator does after a lost phone."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

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


@blueprint.get("/staff/factors/rule")
def rule() -> ResponseReturnValue:
    """Say who could not go on if second factors were asked at once, before it is done."""
    person = signed_in()
    if duty.asked_at_once(person.school):
        return redirect(url_for("factors.standings"), 303)
    without = duty.list_without(person.school, now())
    others = [one for one in without if one.id != person.id]
    return render_template("factors/rule.html", others=others, is_own=len(others) < len(without))


@blueprint.post("/staff/factors/rule")
def choose_rule() -> ResponseReturnValue:
    """Ask second factors at once, or give people their two weeks."""
    person, at_once = signed_in(), request.form.get("at_once") == "yes"
    duty.ask_at_once(person, at_once, now())
    flash(_asked_words(person) if at_once else _given_words(), "done")
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


def _asked_words(person: Person) -> str:
    """Say how many set one up first now, whoever pressed the button too."""
    number = len(duty.list_without(person.school, now()))
    if not number:
        return _("From now on it is asked at once. Nobody has to do anything for it now.")
    return ngettext(
        "From now on it is asked at once: %(num)s person sets one up before anything else opens.",
        "From now on it is asked at once: %(num)s people set one up before anything else opens.",
        number,
    )


def _given_words() -> str:
    return _("Everybody has two weeks from their first sign-in again.")


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
