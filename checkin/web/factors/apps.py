"""Adding an app that shows codes: its picture, and the code that proves it."""

import io

import segno
from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import classrooms
from checkin.services.factors import apps, keeping
from checkin.services.factors.apps import NewApp
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.factors import asking, blueprint, listing
from checkin.web.plain_text import plain_name


@blueprint.post("/account/factors/app")
def begin_app() -> ResponseReturnValue:
    """Begin to add an app."""
    if problem := asking.find_problem(request.form.get("password"), is_adding=True):
        flash(problem, "wrong")
        return redirect(url_for("factors.show"), 303)
    apps.begin(signed_in(), asking.session_token(), now())
    return redirect(url_for("factors.new_app"), 303)


@blueprint.get("/account/factors/app")
def new_app() -> ResponseReturnValue:
    """Show the picture for the app's camera, and ask for a code."""
    found = _find_new()
    if found is None:
        return redirect(url_for("factors.show"), 303)
    return _page(found)


@blueprint.get("/account/factors/app/picture.svg")
def app_picture() -> ResponseReturnValue:
    """Draw what the app's camera looks at."""
    found = _find_new()
    if found is None:
        abort(404)
    picture = io.BytesIO()
    segno.make(found.address, error="m").save(
        picture, kind="svg", scale=6, border=4, light="#fff", dark="#000", xmldecl=False
    )
    return Response(picture.getvalue(), mimetype="image/svg+xml")


@blueprint.post("/account/factors/app/code")
def add_app() -> ResponseReturnValue:
    """Add the app whose code was typed."""
    person, found = signed_in(), _find_new()
    if found is None:
        flash(_("That took too long. Please begin again."), "look")
        return redirect(url_for("factors.show"), 303)
    label = keeping.tidy_label(plain_name(request.form.get("label", "")), _("My phone"))
    is_first = keeping.kept_by(person.id).is_empty
    if not apps.add(person, asking.session_token(), label, request.form.get("code", ""), now()):
        problem = _("This code does not fit. Look again: it changes every thirty seconds.")
        return _page(found, label, problem), 400
    flash(_("Added. From now on a code of this app is asked after your password."), "done")
    return redirect(listing.after_adding(is_first), 303)


def _page(found: NewApp, label: str = "", problem: str = "") -> str:
    groups = " ".join(found.secret[n : n + 4] for n in range(0, len(found.secret), 4))
    return render_template(
        "factors/app.html", found=found, secret=groups, label=label, problem=problem
    )


def _find_new() -> NewApp | None:
    person = signed_in()
    school = classrooms.get_school_of(person).name
    return apps.find_new(person, asking.session_token(), school, now())
