"""What a browser keeps of a sign-in, done or half done."""

from flask import redirect, request
from flask import url_for as to
from flask_babel import ngettext
from werkzeug.wrappers import Response

from checkin.services import signing_in as service
from checkin.services import staffing
from checkin.web import cookies
from checkin.web.security import relative_path


def begin(token: str, next: str | None) -> Response:
    """Go on to the page that was asked for, in a new session; the one before ends."""
    response = redirect(relative_path(next) or to("home.staff"), 303)
    keep(response, token)
    return response


def keep(response: Response, token: str) -> None:
    """Keep a new session in the browser, in the place of all there was."""
    end()
    cookies.SESSION.keep(response, token)
    staffing.note_browser(token, request.user_agent.string)
    forget_step(response)


def end() -> None:
    """End the session that this browser had."""
    if token := cookies.SESSION.read():
        service.sign_out(token)


def forget_step(response: Response) -> None:
    """Forget what was half done."""
    for cookie in (cookies.STEP, cookies.CHALLENGE, cookies.ELSEWHERE):
        cookie.drop(response)


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
