"""It believes no token that is not the provider's, for us, for now and for this sign-in."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.test import TestResponse

from checkin.domain.providers import Provider
from checkin.services.oidc import discovery
from checkin.services.oidc.identity import NotBelieved, read
from tests.oidc_provider import CLIENT, SECRET, Liar, lying_provider
from tests.web.conftest import HeldClock, browser, close
from tests.web.sign_in_form import is_signed_in
from tests.web.test_sign_in_elsewhere import with_provider


@pytest.fixture
def liar() -> Iterator[Liar]:
    with lying_provider() as liar:
        yield liar


@pytest.fixture
def app(folder: Path, clock: HeldClock, liar: Liar) -> Iterator[Flask]:
    app = with_provider(folder, clock, Provider(liar.issuer, CLIENT, SECRET, "Liar"))
    yield app
    close(app)


Lie = Callable[[Liar], None]


def sign_in(app: Flask, liar: Liar, clock: HeldClock, lie: Lie = lambda liar: None):
    """Sign in with a token that is right, but for one lie; return the answer and the browser."""
    client = browser(app)
    went = client.get("/sign-in/elsewhere")
    asked = {n: v[0] for n, v in parse_qs(urlsplit(went.location or "").query).items()}
    now = int(clock().timestamp())
    liar.claims = {
        "iss": liar.issuer,
        "aud": CLIENT,
        "sub": "inge",
        "iat": now,
        "exp": now + 300,
        "nonce": asked["nonce"],
        "email": "inge@school.example",
        "email_verified": True,
    }
    lie(liar)
    back = {"state": asked["state"], "code": "a code"}
    answer = client.get("/sign-in/elsewhere/back", query_string=back)
    return answer, client, asked


def claim(**more: Any) -> Lie:
    return lambda liar: liar.claims.update(more)


def without(name: str) -> Lie:
    return lambda liar: liar.claims.pop(name)


def signed_by_another(liar: Liar) -> None:
    liar.signs_with = RSAKey.generate_key(2048, {"kid": "1"})


def part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def unsigned(liar: Liar) -> None:
    head, body = json.dumps({"alg": "none"}).encode(), json.dumps(liar.claims).encode()
    liar.token = f"{part(head)}.{part(body)}."


def signed_with_what_is_public(liar: Liar) -> None:
    """Take the provider's public key for a shared secret."""
    head, body = json.dumps({"alg": "HS256"}).encode(), json.dumps(liar.claims).encode()
    signed = f"{part(head)}.{part(body)}"
    public = liar.key.as_pem(private=False)
    liar.token = f"{signed}.{part(hmac.digest(public, signed.encode(), 'sha256'))}"


def test_a_token_that_is_right_signs_in(app: Flask, liar: Liar, clock: HeldClock) -> None:
    answer, client, asked = sign_in(app, liar, clock)
    assert (answer.status_code, answer.location) == (303, "/home")
    assert is_signed_in(client)
    (form,) = liar.forms
    digest = hashlib.sha256(form["code_verifier"].encode()).digest()
    sent = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert sent == asked["code_challenge"]
    assert (form["client_id"], form["client_secret"]) == (CLIENT, SECRET)


@pytest.mark.parametrize(
    "lie",
    [
        claim(iss="https://accounts.google.com"),
        claim(aud="another program"),
        claim(aud=[CLIENT, "another"], azp="another"),
        claim(aud=[CLIENT, "another"]),
        claim(azp="another"),
        claim(nonce="of another sign-in"),
        without("nonce"),
        without("exp"),
        without("sub"),
        without("aud"),
        claim(exp=1),
        claim(iat=4_000_000_000),
        claim(sub=""),
        claim(sub={"a": 1}),
        claim(sub="x" * 300),
        signed_by_another,
        unsigned,
        signed_with_what_is_public,
        lambda liar: setattr(liar, "token", "not a token"),
        lambda liar: setattr(liar, "token", {"not": "text"}),
    ],
)
def test_a_lie_signs_nobody_in(app: Flask, liar: Liar, clock: HeldClock, lie: Lie) -> None:
    answer, client, _ = sign_in(app, liar, clock, lie)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert not is_signed_in(client)


def test_another_state_signs_nobody_in(app: Flask, liar: Liar, clock: HeldClock) -> None:
    client = browser(app)
    client.get("/sign-in/elsewhere")
    back = {"state": "another", "code": "a code"}
    answer: TestResponse = client.get("/sign-in/elsewhere/back", query_string=back)
    assert answer.location == "/sign-in"
    assert liar.forms == []  # no secret went anywhere


def test_follows_no_redirect_and_believes_no_other_name(
    app: Flask, liar: Liar, clock: HeldClock
) -> None:
    liar.told_issuer = "https://login.example"
    assert browser(app).get("/sign-in/elsewhere").status_code == 503
    liar.told_issuer, liar.elsewhere = None, f"{liar.issuer}/other"
    assert browser(app).get("/sign-in/elsewhere").status_code == 503
    assert "/other" not in liar.asked


def test_finds_the_new_keys_of_a_provider(app: Flask, liar: Liar, clock: HeldClock) -> None:
    assert sign_in(app, liar, clock)[0].location == "/home"
    liar.key = RSAKey.generate_key(2048, {"kid": "2"})
    liar.header = {"alg": "RS256", "kid": "2"}
    clock.pass_time(minutes=5)
    answer, client, _ = sign_in(app, liar, clock)
    assert answer.location == "/home"
    assert is_signed_in(client)


TENANT = "11111111-2222-3333-4444-555555555555"
ENTRA = Provider(f"https://login.microsoftonline.com/{TENANT}/v2.0", CLIENT, SECRET, "Microsoft")


@pytest.mark.parametrize(
    ("more", "email"),
    [
        ({"email": "inge@school.example"}, ""),
        ({"email": "inge@school.example", "preferred_username": "inge@school.example"}, ""),
        ({"email": "inge@school.example", "xms_edov": False}, ""),
        ({"email": "inge@school.example", "xms_edov": True}, "inge@school.example"),
        ({"email": "inge@school.example", "xms_edov": "1"}, "inge@school.example"),
    ],
)
def test_microsoft_s_address_counts_when_its_owner_was_verified(
    app: Flask, clock: HeldClock, monkeypatch: pytest.MonkeyPatch, more: dict[str, Any], email: str
) -> None:
    found = read_entra(app, clock, monkeypatch, {"tid": TENANT, "oid": "o-1", **more})
    assert (found.subject, found.email) == ("oid:o-1", email)


@pytest.mark.parametrize(
    "more", [{"oid": "o-1"}, {"tid": "another", "oid": "o-1"}, {"tid": TENANT}]
)
def test_microsoft_s_people_are_of_our_own_organisation(
    app: Flask, clock: HeldClock, monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]
) -> None:
    with pytest.raises(NotBelieved):
        read_entra(app, clock, monkeypatch, more)


def read_entra(app: Flask, clock: HeldClock, monkeypatch: pytest.MonkeyPatch, more: dict[str, Any]):
    """Read a token as Entra ID writes them; its keys are put at hand, as nothing is asked there."""
    key, now = RSAKey.generate_key(2048, {"kid": "1"}), int(clock().timestamp())
    kept = discovery._Known(clock(), discovery.Endpoints("", "", "", True), KeySet([key]))
    monkeypatch.setitem(app.extensions, "oidc", kept)
    claims = {"iss": ENTRA.issuer, "aud": CLIENT, "sub": "pairwise", "iat": now, "exp": now + 60}
    token = jwt.encode({"alg": "RS256", "kid": "1"}, claims | {"nonce": "n"} | more, key)
    with app.app_context():
        return read(ENTRA, token, "n", clock())
