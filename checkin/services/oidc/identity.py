"""Who a provider says somebody is: believed only when all of its token is right."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from checkin.domain.providers import Provider
from checkin.services.oidc.discovery import keys_of

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]
"""Signatures with a key that only the provider has: never none, never a shared secret."""
SKEW = timedelta(minutes=2)
LONGEST = 255


class NotBelieved(Exception):
    """A token that is not the provider's, not for us, not for now or not for this sign-in."""


@dataclass(frozen=True)
class Identity:
    """Who somebody is at a provider; `email` is '' unless the provider has verified it."""

    issuer: str
    subject: str
    email: str


def read(provider: Provider, token: str, nonce: str, now: datetime) -> Identity:
    """Return who a token names; raises NotBelieved, or Unreachable without the provider's keys."""
    claims = _claims(provider, token, now)
    rules = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(SKEW.total_seconds()),
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client_id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        rules.validate(claims)
    except JoseError as error:
        raise NotBelieved(str(error)) from error
    audience = claims["aud"]
    others = isinstance(audience, list) and len(audience) > 1
    if (others or "azp" in claims) and claims.get("azp") != provider.client_id:
        raise NotBelieved("meant for another program")
    return Identity(provider.issuer, _subject(provider, claims), _verified_email(claims))


def _claims(provider: Provider, token: str, now: datetime) -> dict[str, Any]:
    keys = keys_of(provider, now)
    try:
        return _decode(token, keys)
    except NotBelieved:
        newer = keys_of(provider, now, other_than=keys)
        if newer is keys:
            raise
        return _decode(token, newer)  # the provider has changed its keys since


def _decode(token: str, keys: KeySet) -> dict[str, Any]:
    try:
        return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise NotBelieved(type(error).__name__) from error


def _subject(provider: Provider, claims: dict[str, Any]) -> str:
    """Return what names a person for good: at Entra ID the object, of this organisation alone."""
    if provider.is_entra:
        if claims.get("tid") != provider.tenant or not isinstance(claims.get("oid"), str):
            raise NotBelieved("of another organisation")
        return f"oid:{claims['oid']}"[:LONGEST]
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST or "\0" in subject:
        raise NotBelieved("names nobody")
    return subject


def _verified_email(claims: dict[str, Any]) -> str:
    """Return the address the provider vouches for, or ''.

    Entra ID says so in `xms_edov`; its plain `email` can be set to anybody's address.
    """
    vouched = [claims.get(name) for name in ("email_verified", "xms_edov")]
    email = claims.get("email")
    is_vouched = any(value in (True, "true", "True", "1") for value in vouched)
    return email if is_vouched and isinstance(email, str) else ""
