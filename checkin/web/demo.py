"""What only a demo has: a tablet that is enrolled at a click."""

from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, abort, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from checkin.web import cookies

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
    replace(cookies.TABLET, path="/tablet", lasts=timedelta(days=1)).keep(response, token)
    return response
