"""Signing in and out: by password, by a second step after it, by passkey."""

from flask import Blueprint

blueprint = Blueprint("signing_in", __name__)

from checkin.web.signing_in import by_passkey, by_password, kept, second_step  # noqa: E402, F401  # routes
