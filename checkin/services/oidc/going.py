"""Going to sign in elsewhere, and coming back."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from checkin.domain.providers import Provider
from checkin.services.factors import steps
from checkin.services.factors.steps import Kind
from checkin.services.oidc import identity
from checkin.services.oidc.discovery import endpoints_of
from checkin.services.oidc.fetching import Unreachable, send
from checkin.services.oidc.identity import Identity, NotBelieved


class NotThisBrowser(Exception):
    """Nobody went from this browser to come back now, or it is too long ago."""


@dataclass(frozen=True)
class Back:
    """Who came back, and to which page they wanted to go."""

    identity: Identity
    next: str


def go(provider: Provider, come_back: str, next: str, now: datetime) -> tuple[str, str]:
    """Return where to go, and the token of what is kept meanwhile; raises Unreachable."""
    endpoints = endpoints_of(provider, now)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    kept = json.dumps({"state": state, "nonce": nonce, "verifier": verifier, "next": next})
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": come_back,
        "scope": "openid email",
        "state": state,
        "nonce": nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    glue = "&" if "?" in endpoints.authorization else "?"
    token = steps.begin(Kind.ELSEWHERE, kept.encode(), now)
    return endpoints.authorization + glue + urlencode(asked), token


def come_back(
    provider: Provider, token: str, state: str, code: str, came_to: str, now: datetime
) -> Back:
    """Return who came back; raises NotThisBrowser, NotBelieved or Unreachable.

    What was kept is spent with the first try, whatever comes of it.
    """
    step = steps.take(Kind.ELSEWHERE, token, now)
    kept = json.loads(step.kept) if step is not None else None
    if not code or kept is None or not hmac.compare_digest(kept["state"].encode(), state.encode()):
        raise NotThisBrowser
    answer = _exchange(provider, code, kept["verifier"], came_to, now)
    id_token = answer.get("id_token")
    if not isinstance(id_token, str):
        raise NotBelieved("no token")
    return Back(identity.read(provider, id_token, kept["nonce"], now), kept["next"])


def _exchange(
    provider: Provider, code: str, verifier: str, came_to: str, now: datetime
) -> dict[str, object]:
    endpoints = endpoints_of(provider, now)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": came_to,
        "code_verifier": verifier,
    }
    basic = None
    if endpoints.secret_in_form:
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    else:
        basic = (provider.client_id, provider.client_secret)
    try:
        return send(endpoints.token, form, basic)
    except Unreachable as error:
        raise NotBelieved("the code was not taken") from error
