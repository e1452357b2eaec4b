"""Setting the first school up in a browser, with the code that the console shows."""

from flask import Blueprint, Flask, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from checkin.services.setting_up import is_set_up
from checkin.web.security import SAFE_METHODS, wants_json

blueprint = Blueprint("setup", __name__)

LEADS_HERE = frozenset({"home.show", "signing_in.show", "joining.enter", "joining.forgotten"})
"""Pages that have nothing to say while there is no school."""


def attach(app: Flask) -> None:
    """Lead people here while there is no school; tablets are answered as ever."""
    app.before_request(_lead_here)


def has_school() -> bool:
    """Tell whether there is a school; once there is one it is not asked again."""
    known: dict[str, bool] = current_app.extensions.setdefault("checkin_has_school", {})
    if not known.get("yes"):
        known["yes"] = is_set_up()
    return known["yes"]


def _lead_here() -> ResponseReturnValue | None:
    if request.endpoint not in LEADS_HERE or request.method not in SAFE_METHODS:
        return None
    if g.tablet is not None or g.person is not None or wants_json(request) or has_school():
        return None
    return redirect(url_for("setup.show"), 303)


from checkin.web.setup import entering, finishing, steps, words  # noqa: E402, F401  # routes
