"""The list of a person's factors: renaming and removing them."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import signing_in
from checkin.services.factors import keeping
from checkin.services.factors.keeping import Kept
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.factors import asking, blueprint
from checkin.web.passkey_place import find_place
from checkin.web.plain_text import plain_name


@dataclass(frozen=True)
class Mine:
    """What the list of factors shows."""

    kept: Kept
    asks_to_add: bool
    """Whether the password is asked to add one: not just after signing in."""
    asks_to_remove: bool
    passkeys: bool
    """Whether passkeys work at this address."""


def my_factors() -> Mine:
    """Return the factors of whoever is signed in, for the page of the account."""
    return Mine(
        kept=keeping.kept_by(signed_in().id),
        asks_to_add=not asking.is_fresh(),
        asks_to_remove=asking.has_password_ways() or not asking.is_fresh(),
        passkeys=find_place() is not None,
    )


@blueprint.get("/account/factors")
def show() -> ResponseReturnValue:
    """Show a person's factors."""
    return render_template("factors/show.html")


@blueprint.post("/account/factors/<any(app, passkey):kind>/<int:id>/name")
def rename(kind: str, id: int) -> ResponseReturnValue:
    """Give a factor another name."""
    label = keeping.tidy_label(plain_name(request.form.get("label", "")), "")
    if not label:
        flash(_("A name needs at least one letter."), "wrong")
    elif keeping.rename(signed_in(), kind, id, label):
        flash(_("Saved."), "done")
    else:
        abort(404)
    return redirect(url_for("factors.show"), 303)


@blueprint.post("/account/factors/<any(app, passkey):kind>/<int:id>/removal")
def remove(kind: str, id: int) -> ResponseReturnValue:
    """Remove a factor, after the password; whoever is signed in elsewhere has to do so anew."""
    person = signed_in()
    if not any(one.id == id for one in _of_kind(kind, keeping.kept_by(person.id))):
        abort(404)
    if problem := asking.find_problem(request.form.get("password")):
        flash(problem, "wrong")
    elif keeping.remove(person, kind, id, now()):
        signing_in.end_others(person, asking.session_token())
        flash(_("Removed. Other browsers where you were signed in have to sign in anew."), "done")
    return redirect(url_for("factors.show"), 303)


def after_adding(is_first: bool) -> str:
    """Return where to go on after adding a factor; the first one needs recovery codes too."""
    signing_in.end_others(signed_in(), asking.session_token())
    needs_codes = is_first or not keeping.kept_by(signed_in().id).codes_left
    return url_for("factors.codes" if needs_codes else "factors.show")


def _of_kind(kind: str, kept: Kept) -> list[keeping.Authenticator] | list[keeping.Passkey]:
    return kept.apps if kind == "app" else kept.passkeys
