"""Signing in elsewhere: going there, and coming back. Only there when a provider is set."""

from flask import Blueprint, current_app, flash, redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.providers import Provider
from checkin.services.oidc import arriving, going
from checkin.services.oidc.arriving import BoundOtherwise, Unknown
from checkin.services.oidc.fetching import Unreachable
from checkin.services.oidc.going import NotThisBrowser
from checkin.services.oidc.identity import NotBelieved
from checkin.web import cookies
from checkin.web.addresses import whole_address
from checkin.web.clock import now
from checkin.web.security import relative_path
from checkin.web.signing_in import sessions

blueprint = Blueprint("elsewhere", __name__)


@blueprint.get("/sign-in/elsewhere")
def begin() -> ResponseReturnValue:
    """Send somebody to the provider."""
    next = relative_path(request.args.get("next")) or ""
    try:
        address, token = going.go(_provider(), _come_back(), next, now())
    except Unreachable as error:
        return _unreachable(error)
    response = redirect(address, 303)
    cookies.ELSEWHERE.keep(response, token)
    return response


@blueprint.get("/sign-in/elsewhere/back")
def arrive() -> ResponseReturnValue:
    """Sign in whoever comes back from the provider."""
    token = cookies.ELSEWHERE.read()
    state, code = request.args.get("state", ""), request.args.get("code", "")
    try:
        back = going.come_back(_provider(), token, state, code, _come_back(), now())
        session = arriving.arrive(back.identity, now())
    except NotThisBrowser:
        return _broken_off()
    except NotBelieved as error:
        current_app.logger.warning("sign-in elsewhere not believed: %s", error)
        return _broken_off()
    except Unreachable as error:
        return _unreachable(error)
    except Unknown as error:
        return _page("unknown", error.email), 403
    except BoundOtherwise:
        return _page("bound"), 403
    return sessions.begin(session, back.next)


def _broken_off() -> ResponseReturnValue:
    flash(
        _("Signing in with %(label)s was broken off. Try again.", label=_provider().label), "look"
    )
    response = redirect(to("signing_in.show"), 303)
    sessions.forget_step(response)
    return response


def _unreachable(error: Unreachable) -> ResponseReturnValue:
    current_app.logger.warning("provider unreachable: %s", error)
    return _page("unreachable"), 503


def _page(why: str, email: str = "") -> str:
    return render_template("sign_in_elsewhere.html", why=why, email=email, label=_provider().label)


def _come_back() -> str:
    """Return the address that the provider has on its list."""
    return whole_address("elsewhere.arrive")


def _provider() -> Provider:
    found = current_app.extensions["checkin_config"].provider
    assert isinstance(found, Provider)  # noqa: S101  # without one these pages are not there
    return found
