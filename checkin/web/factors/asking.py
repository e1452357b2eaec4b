"""Asking the password again, where more than looking is at stake."""

from flask_babel import gettext as _

from checkin.services import signing_in
from checkin.services.signing_in import ELSEWHERE, WaitFirst
from checkin.web import cookies
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.signing_in.sessions import wait_text


def session_token() -> str:
    """Return the token of the session that asks."""
    return cookies.SESSION.read()


def is_fresh() -> bool:
    """Tell whether the person signed in a moment ago: then nothing is asked to add a factor."""
    return signing_in.is_fresh(session_token(), now())


def has_password_ways() -> bool:
    """Tell whether the password is what this person shows who they are by.

    Whoever came from elsewhere may never have had one: signing in anew does in its place.
    """
    return signing_in.way_of(session_token()) != ELSEWHERE


def find_problem(password: object, is_adding: bool = False) -> str:
    """Return why somebody cannot go on, '' when the password is right or none is needed."""
    if is_fresh() and (is_adding or not has_password_ways()):
        return ""
    if not has_password_ways():
        return _("Sign out, sign in anew and try again within ten minutes.")
    try:
        is_right = signing_in.ask_password(signed_in(), str(password or ""), now())
    except WaitFirst as wait:
        return wait_text(wait.seconds)
    return "" if is_right else _("That is not your password.")
