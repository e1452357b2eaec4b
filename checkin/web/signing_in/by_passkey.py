"""Signing in with a passkey alone: it stands for the password and the second factor."""

from flask import abort, jsonify, make_response, request
from flask import url_for as to
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import signing_in as service
from checkin.services.factors import passkeys
from checkin.services.factors.passkeys import NotAPasskey
from checkin.services.signing_in import PASSKEY, WrongPassword
from checkin.web import cookies
from checkin.web.clock import now
from checkin.web.passkey_place import get_place
from checkin.web.security import relative_path
from checkin.web.signing_in import blueprint, sessions


@blueprint.post("/sign-in/passkey/challenge")
def passkey_challenge() -> ResponseReturnValue:
    """Answer with what a browser needs to use a passkey."""
    token, options = passkeys.begin_sign_in(get_place(), now())
    response = make_response(jsonify(options))
    cookies.CHALLENGE.keep(response, token)
    return response


@blueprint.post("/sign-in/passkey")
def sign_in_by_passkey() -> ResponseReturnValue:
    """Sign in whoever's passkey answered, and say where to go on."""
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(400)
    challenge = cookies.CHALLENGE.read()
    try:
        whose = passkeys.recognise(challenge, get_place(), sent.get("credential"), now())
        token = service.open_session(whose, PASSKEY, now())
    except (NotAPasskey, WrongPassword):
        abort(401, _("This passkey opens nothing here."))
    asked = sent.get("next")
    next = relative_path(asked) if isinstance(asked, str) else None
    response = make_response(jsonify(next=next or to("home.staff")))
    sessions.keep(response, token)
    return response
