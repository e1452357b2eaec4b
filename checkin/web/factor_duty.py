"""Leads whoever must have a second factor to set one up, and at its day before all else."""

from flask import Flask, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import signing_in
from checkin.services.factors import duty
from checkin.web import cookies
from checkin.web.access_table import TABLE, Who
from checkin.web.clock import now
from checkin.web.security import wants_json

SET_UP = frozenset(
    {
        "factors.show",
        "factors.begin_app",
        "factors.new_app",
        "factors.app_picture",
        "factors.add_app",
        "factors.passkey_options",
        "factors.add_passkey",
        "factors.codes",
        "factors.make_codes",
        "factors.codes_shown",
        "signing_in.sign_out",
    }
)
"""What stays open: all that it takes to set a second factor up."""


def attach(app: Flask) -> None:
    """Look before every page; after the table of access has."""
    app.before_request(_lead)
    app.context_processor(lambda: {"factor_duty": g.get("factor_duty")})


def _lead() -> ResponseReturnValue | None:
    g.factor_duty = None
    if g.get("person") is None or request.endpoint is None:
        return None
    token = cookies.SESSION.read()
    g.factor_duty = duty.find(g.person, lambda: signing_in.way_of(token), now())
    if g.factor_duty is None or not g.factor_duty.is_due or _stays_open(request.endpoint):
        return None
    if wants_json(request):
        abort(403, _("Set up a second factor first."))
    return redirect(url_for("factors.show"), 303)


def _stays_open(endpoint: str) -> bool:
    """Tell what opens without one; the first page is a person's, unless a tablet asks."""
    if endpoint in SET_UP:
        return True
    who = TABLE.get(endpoint)
    if g.tablet is not None and (who in (Who.TABLET, Who.HEARD) or endpoint == "home.show"):
        return True
    return who is Who.OPEN and endpoint != "home.show"
