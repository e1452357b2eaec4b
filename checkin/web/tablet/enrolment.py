"""How a device becomes a tablet of a classroom."""

import json
from collections.abc import Mapping

from flask import (
    Response,
    abort,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.services.enrolling import GuessingTooFast, WrongCode
from checkin.services.enrolling import enrol as enrol_device
from checkin.web import cookies
from checkin.web.clock import now
from checkin.web.tablet import blueprint
from checkin.web.tablet.files import STYLES

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


@blueprint.get("/tablet/enrolment")
def enrolment_page() -> ResponseReturnValue:
    """Ask for the code that enrols this device."""
    return render_template("tablet/enrolment.html", problem="")


@blueprint.get("/tablet/grown-up")
def grown_up() -> ResponseReturnValue:
    """Show a device that was a tablet a picture, as its cards did: pupils stand before it."""
    if g.tablet is not None:
        return redirect(url_for("tablet.show"), 303)
    return render_template("tablet/grown_up.html", styles=STYLES)


@blueprint.post("/tablet/enrolment")
def enrol() -> ResponseReturnValue:
    """Turn a fresh code into a token, and into this device's cookie."""
    try:
        token = enrol_device(_code(), now())
    except WrongCode:
        return _refuse(_("This code is wrong or too old. Ask for a new one and try again."))
    except GuessingTooFast as fast:
        response = _refuse(
            ngettext(
                "Too many wrong codes. Wait %(num)d second and try again.",
                "Too many wrong codes. Wait %(num)d seconds and try again.",
                fast.seconds,
            )
        )
        response.headers["Retry-After"] = str(fast.seconds)
        return response
    response = make_response(
        redirect(url_for("tablet.show"), 303) if _is_form() else jsonify(token=token)
    )
    cookies.TABLET.keep(response, token)
    return response


def _is_form() -> bool:
    return request.mimetype in FORMS


def _code() -> str:
    if _is_form():
        return request.form.get("code", "")
    try:
        body = json.loads(request.get_data())
    except (ValueError, RecursionError):
        abort(400, "the body must be JSON")
    code = body.get("code") if isinstance(body, Mapping) else None
    if not isinstance(code, str):
        abort(400, "'code' must be text")
    return code


def _refuse(problem: str) -> Response:
    if _is_form():
        return make_response(render_template("tablet/enrolment.html", problem=problem), 403)
    return make_response(jsonify(error=problem), 403)
