"""What a provider says of itself: where to go, and with which keys it signs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from checkin.domain.providers import Provider
from checkin.services.oidc.fetching import Unreachable, fetch

PATH = "/.well-known/openid-configuration"
KEPT = timedelta(hours=1)
ASKED_AGAIN_AFTER = timedelta(minutes=1)


@dataclass(frozen=True)
class Endpoints:
    """Where a provider is asked what."""

    authorization: str
    token: str
    keys: str
    secret_in_form: bool
    """Whether it takes the secret among the fields; else it goes into the header."""


@dataclass(frozen=True)
class _Known:
    at: datetime
    endpoints: Endpoints
    keys: KeySet


def endpoints_of(provider: Provider, now: datetime) -> Endpoints:
    """Return where a provider is asked what; raises Unreachable."""
    return _known(provider, now).endpoints


def keys_of(provider: Provider, now: datetime, other_than: KeySet | None = None) -> KeySet:
    """Return a provider's keys; fetched anew when those at hand did not do, but not every time."""
    known = _known(provider, now)
    if other_than is known.keys and now - known.at >= ASKED_AGAIN_AFTER:
        known = _find_out(provider, now)
    return known.keys


def _known(provider: Provider, now: datetime) -> _Known:
    known = current_app.extensions.get("oidc")
    if isinstance(known, _Known) and timedelta(0) <= now - known.at < KEPT:
        return known
    return _find_out(provider, now)


def _find_out(provider: Provider, now: datetime) -> _Known:
    told = fetch(provider.issuer.rstrip("/") + PATH)
    if told.get("issuer") != provider.issuer:
        raise Unreachable(f"it calls itself {told.get('issuer')!r}")
    endpoints = _endpoints(told)
    try:
        keys = KeySet.import_key_set(fetch(endpoints.keys))  # type: ignore[arg-type]
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise Unreachable("its keys cannot be read") from error
    known = _Known(now, endpoints, keys)
    current_app.extensions["oidc"] = known
    return known


def _endpoints(told: dict[str, Any]) -> Endpoints:
    ways = told.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return Endpoints(
        authorization=_address(told, "authorization_endpoint"),
        token=_address(told, "token_endpoint"),
        keys=_address(told, "jwks_uri"),
        secret_in_form="client_secret_basic" not in ways,
    )


def _address(told: dict[str, Any], name: str) -> str:
    address = told.get(name)
    if not isinstance(address, str):
        raise Unreachable(f"it does not tell its {name}")
    return address
