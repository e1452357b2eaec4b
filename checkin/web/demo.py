"""What only a demo has: a tablet that is enrolled at a click."""

from flask import Blueprint, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

blueprint = Blueprint("demo", __name__)


@blueprint.post("/demo/tablets/<int:classroom>")
def open_tablet(classroom: int) -> ResponseReturnValue:
    """Open the tablet of a demo classroom in this browser.

    Its cookie holds for /tablet alone, so that staff can stay signed in beside it.
    """
    tablets = current_app.extensions["checkin_demo"]["tablets"]
    token = next((t["token"] for t in tablets if t["classroom"] == classroom), None)
    if token is None:
        abort(404)
    response = redirect(url_for("tablet.show"), 303)
    response.set_cookie(
        "checkin_tablet", token, httponly=True, samesite="Strict", path="/tablet", max_age=86400
    )
    return response
