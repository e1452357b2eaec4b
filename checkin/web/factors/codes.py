"""Recovery codes: made anew, shown for ten minutes in one browser, to be printed."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import datetime

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from checkin.domain.access import Person
from checkin.services.factors import codes as service
from checkin.services.factors import encrypting, keeping
from checkin.web import cookies
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
    """Make ten new codes and lead to them; the ones before open nothing any more."""
    person = signed_in()
    if keeping.kept_by(person.id).is_empty:
        return redirect(url_for("factors.show"), 303)
    if problem := asking.find_problem(request.form.get("password"), is_adding=True):
        flash(problem, "wrong")
        return redirect(url_for("factors.codes"), 303)
    page = url_for("factors.codes_shown")
    response = make_response(redirect(page, 303))
    cookies.CODE.at(page).keep(response, _seal(person, service.make(person, now())))
    return response


@blueprint.get("/account/factors/codes/shown")
def codes_shown() -> ResponseReturnValue:
    """Show the codes that were made last in this browser; to look again makes no others."""
    person = signed_in()
    made = _open(person, cookies.CODE.read())
    if not made or not service.are_of(person, made):
        return redirect(url_for("factors.codes"), 303)
    return render_template("factors/codes_shown.html", codes=made)


def _seal(person: Person, made: list[str]) -> str:
    told = json.dumps({"at": now().isoformat(), "codes": made}).encode()
    return urlsafe_b64encode(encrypting.encrypt(told, _name(person))).decode()


def _open(person: Person, sealed: str) -> list[str]:
    """Return what this browser keeps for a person; nothing when it is another's, or too old."""
    try:
        opened = encrypting.decrypt(urlsafe_b64decode(sealed), _name(person))
    except (Error, ValueError):
        return []
    told = json.loads(opened) if opened else None
    if told is None or now() - datetime.fromisoformat(told["at"]) > cookies.CODE_SHOWN:
        return []
    return [str(code) for code in told["codes"]]


def _name(person: Person) -> str:
    return f"recovery codes of {person.id}"
