"""Adding a passkey: the browser makes it, and sends its public half."""

from flask import abort, flash, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services.factors import keeping, passkeys
from checkin.services.factors.passkeys import NotAPasskey
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.factors import asking, blueprint, listing
from checkin.web.passkey_place import get_place
from checkin.web.plain_text import plain_name


@blueprint.post("/account/factors/passkeys/options")
def passkey_options() -> ResponseReturnValue:
    """Answer with what a browser needs to make a passkey."""
    place, sent = get_place(), request.get_json(silent=True)
    password = sent.get("password") if isinstance(sent, dict) else None
    if problem := asking.find_problem(password, is_adding=True):
        abort(403, problem)
    return jsonify(passkeys.begin_adding(signed_in(), asking.session_token(), place, now()))


@blueprint.post("/account/factors/passkeys")
def add_passkey() -> ResponseReturnValue:
    """Add the passkey that the browser made, and say where to go on."""
    place, person, sent = get_place(), signed_in(), request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(400)
    label = keeping.tidy_label(plain_name(str(sent.get("label") or "")), _("My passkey"))
    is_first = keeping.kept_by(person.id).is_empty
    session = asking.session_token()
    try:
        passkeys.add(person, session, place, sent.get("credential"), label, now())
    except NotAPasskey:
        abort(400, _("This passkey could not be added. Please try again."))
    flash(_("Added. You can sign in with this passkey alone now."), "done")
    return jsonify(next=listing.after_adding(is_first))
