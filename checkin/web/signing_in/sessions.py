"""What a browser keeps of a sign-in, done or half done."""

from flask import current_app, redirect, request
from flask import url_for as to
from flask_babel import ngettext
from werkzeug.wrappers import Response

from checkin.services import signing_in as service
from checkin.services import staffing
from checkin.web.access import STAFF_COOKIE
from checkin.web.security import relative_path

STEP_COOKIE = "checkin_step"
CHALLENGE_COOKIE = "checkin_challenge"
ELSEWHERE_COOKIE = "checkin_elsewhere"
STEP_PATH = "/sign-in"


def begin(token: str, next: str | None) -> Response:
    """Go on to the page that was asked for, in a new session; the one before ends."""
    response = redirect(relative_path(next) or to("home.staff"), 303)
    keep(response, token)
    return response


def keep(response: Response, token: str) -> None:
    """Keep a new session in the browser, in the place of all there was."""
    end()
    _set(response, STAFF_COOKIE, token, "/")
    staffing.note_browser(token, request.user_agent.string)
    forget_step(response)


def end() -> None:
    """End the session that this browser had."""
    if token := request.cookies.get(STAFF_COOKIE):
        service.sign_out(token)


def keep_step(response: Response, token: str, name: str = STEP_COOKIE) -> None:
    """Keep what finds a half-done sign-in."""
    _set(response, name, token, STEP_PATH)


def step_token() -> str:
    """Return what finds a half-done sign-in, '' without one."""
    return request.cookies.get(STEP_COOKIE, "")


def forget_step(response: Response) -> None:
    """Forget what was half done."""
    for name in {STEP_COOKIE, CHALLENGE_COOKIE, ELSEWHERE_COOKIE} & request.cookies.keys():
        response.delete_cookie(name, path=STEP_PATH, httponly=True, samesite="Lax")


def wait_text(seconds: int) -> str:
    """Say how long to wait after many guesses."""
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


def _set(response: Response, name: str, token: str, path: str) -> None:
    is_https = current_app.extensions["checkin_config"].is_https
    response.set_cookie(name, token, httponly=True, samesite="Lax", secure=is_https, path=path)
