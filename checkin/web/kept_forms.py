"""A form sent after its session ended: kept, encrypted, in the browser for the same person.

Nothing is ever sent by itself: the person sees what was typed and sends it again, or not.
"""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from checkin.domain.access import Person
from checkin.services import signing_in
from checkin.services.factors import encrypting
from checkin.web import cookies
from checkin.web.clock import now
from checkin.web.security import relative_path

MOST_SENT, MOST_KEPT = 16 * 1024, 3800
"""A browser keeps about 4000 letters in a cookie; a longer form is told about and not kept."""
NEVER = ("password", "code", "token", "secret", "credential")


@dataclass(frozen=True)
class KeptForm:
    """What was typed, where it was sent, and the page it came from."""

    path: str
    back: str
    fields: tuple[tuple[str, str], ...]


def to_sign_in(token: str) -> Response:
    """Send whoever sent a form without a session to sign in, and keep what they typed."""
    back = _page_of_form()
    whose = signing_in.whose_session(token) if token else None
    kept = _seal(whose, back) if whose is not None else None
    if kept is None:
        flash(
            _(
                "You are not signed in, so nothing was done. Sign in and send it again. With the"
                " back button of the browser you may still find what you typed."
            ),
            "look",
        )
        return redirect(url_for("signing_in.show", next=back), 303)
    flash(_("You were signed out. What you typed comes back after signing in."), "look")
    response = redirect(url_for("signing_in.show", next=url_for("signing_in.kept")), 303)
    cookies.KEPT_FORM.keep(response, kept)
    return response


def find_kept(person: Person) -> KeptForm | None:
    """Return what a person typed before they were signed out; None too when it is another's."""
    try:
        sealed = urlsafe_b64decode(cookies.KEPT_FORM.read())
        opened = encrypting.decrypt(sealed, _name(person.id))
        told = json.loads(zlib.decompress(opened)) if opened else None
    except (Error, ValueError, zlib.error):
        return None
    if not told or now() - datetime.fromisoformat(told["at"]) > cookies.FORM_KEPT:
        return None
    return KeptForm(told["path"], told["back"], tuple((name, text) for name, text in told["form"]))


def _seal(whose: int, back: str | None) -> str | None:
    if (request.content_length or 0) > MOST_SENT or request.files or not request.form:
        return None
    form = [(name, text) for name, texts in request.form.lists() for text in texts]
    if any(word in name for name, _text in form for word in NEVER):
        return None
    told = {"path": request.path, "back": back or "", "at": now().isoformat(), "form": form}
    sealed = encrypting.encrypt(zlib.compress(json.dumps(told).encode()), _name(whose))
    text = urlsafe_b64encode(sealed).decode()
    return text if len(text) <= MOST_KEPT else None


def _page_of_form() -> str | None:
    """Return the page of this site a form was on."""
    came_from = urlsplit(request.referrer or "")
    return relative_path(came_from.path) if came_from.netloc == request.host else None


def _name(person: int) -> str:
    return f"kept form of {person}"
