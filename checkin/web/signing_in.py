"""Signing in and out."""

from flask import (
    Blueprint,
    current_app,
    redirect,
    render_template,
    request,
)
from flask import url_for as to
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from checkin.services import signing_in as service
from checkin.services.signing_in import WaitFirst, WrongPassword
from checkin.web.access import STAFF_COOKIE
from checkin.web.clock import now
from checkin.web.security import relative_path

blueprint = Blueprint("signing_in", __name__)


@blueprint.get("/sign-in")
def show() -> ResponseReturnValue:
    """Show the form."""
    return _form(next=relative_path(request.args.get("next")))


@blueprint.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Sign a person in, or show the form again."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    next = relative_path(request.form.get("next"))
    try:
        token = service.sign_in(email, password, now())
    except WrongPassword:
        return _form(
            email, next, _("This e-mail address and password do not belong together.")
        ), 401
    except WaitFirst as wait:
        return _form(email, next, _wait_text(wait.seconds)), 401, {"Retry-After": str(wait.seconds)}
    _end_session()
    response = redirect(next or to("home.staff"), 303)
    _keep(response, token)
    return response


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session, here and on the server."""
    _end_session()
    response = redirect(to("signing_in.show"), 303)
    response.delete_cookie(STAFF_COOKIE, path="/", httponly=True, samesite="Lax")
    return response


def _form(email: str = "", next: str | None = None, problem: str = "") -> str:
    is_demo = current_app.extensions["checkin_config"].is_demo
    demo = current_app.extensions.get("checkin_demo") if is_demo else None
    return render_template("sign_in.html", email=email, next=next, problem=problem, demo=demo)


def _wait_text(seconds: int) -> str:
    if seconds < 60:
        return ngettext(
            "Too many tries in a row. Wait %(num)s second, then try again.",
            "Too many tries in a row. Wait %(num)s seconds, then try again.",
            seconds,
        )
    return ngettext(
        "Too many tries in a row. Wait %(num)s minute, then try again.",
        "Too many tries in a row. Wait %(num)s minutes, then try again.",
        -(-seconds // 60),
    )


def _end_session() -> None:
    if token := request.cookies.get(STAFF_COOKIE):
        service.sign_out(token)


def _keep(response: Response, token: str) -> None:
    is_https = current_app.extensions["checkin_config"].is_https
    response.set_cookie(
        STAFF_COOKIE, token, httponly=True, samesite="Lax", secure=is_https, path="/"
    )
