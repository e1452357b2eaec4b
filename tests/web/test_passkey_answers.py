"""It believes no answer of a browser that is not a passkey's, and breaks over none."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from checkin.storage import factors
from checkin.storage.database import db
from tests.web.conftest import MONDAY_MORNING, Cast, HeldClock, SignIn, browser, close, make_app
from tests.web.page_checks import PageClient
from tests.web.sign_in_form import is_signed_in

KNOWN = "AQIDBA"  # the bytes 1, 2, 3, 4
JUNK: list[Any] = [
    None,
    1,
    "x",
    [],
    {},
    {"rawId": 5},
    {"rawId": "é"},
    {"rawId": "A"},
    {"rawId": KNOWN},
    {"rawId": KNOWN, "id": KNOWN, "type": "public-key"},
    {"rawId": KNOWN, "id": KNOWN, "type": "public-key", "response": {}},
    {
        "rawId": KNOWN,
        "id": KNOWN,
        "type": "public-key",
        "response": {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA"},
    },
    {
        "rawId": KNOWN,
        "id": KNOWN,
        "type": "public-key",
        "response": {"clientDataJSON": "e30", "attestationObject": "oA"},
    },
]


@pytest.fixture
def client(app: Flask, cast: Cast) -> PageClient:
    """A browser at a school where Tess has a passkey."""
    with app.app_context():
        day = MONDAY_MORNING.date()
        factors.add_passkey(
            cast.school, cast.people["tess"], "x", bytes([1, 2, 3, 4]), b"k", 0, day
        )
        db.session.commit()
    return browser(app)


@pytest.mark.parametrize("sent", JUNK)
def test_junk_signs_nobody_in(client: PageClient, sent: Any) -> None:
    assert client.post("/sign-in/passkey/challenge", json={}).status_code == 200
    answer = client.post("/sign-in/passkey", json={"credential": sent})
    assert answer.status_code == 401
    assert not is_signed_in(client)


@pytest.mark.parametrize("sent", JUNK)
def test_junk_adds_no_passkey(client: PageClient, sign_in: SignIn, sent: Any) -> None:
    omar = sign_in("omar")
    options = omar.post("/account/factors/passkeys/options", json={}).get_json()
    assert options["authenticatorSelection"]["userVerification"] == "required"
    answer = omar.post("/account/factors/passkeys", json={"credential": sent, "label": ["x"]})
    assert answer.status_code == 400
    with omar.application.app_context():
        assert len(factors.passkeys_of(1)) == 1


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"null"])
def test_a_body_that_is_no_object_is_refused(client: PageClient, body: bytes) -> None:
    answer = client.post("/sign-in/passkey", data=body, content_type="application/json")
    assert answer.status_code == 400


def test_asks_the_password_to_add_one_later_on(
    client: PageClient, sign_in: SignIn, clock: HeldClock
) -> None:
    omar = sign_in("omar")
    clock.pass_time(minutes=11)
    answer = omar.post("/account/factors/passkeys/options", json={"password": ["x"]})
    assert answer.status_code == 403
    assert "error" in answer.get_json()


@pytest.mark.parametrize(
    ("base_url", "host"),
    [
        ("https://checkin.school.example", "checkin.school.example"),
        ("https://checkin.school.example:8443", "checkin.school.example"),
        ("http://localhost:8000", "localhost"),
        ("http://checkin.school.example", None),
        ("https://10.1.2.3", None),
        ("https://[::1]:8000", None),
    ],
)
def test_passkeys_are_of_the_name_people_know(
    folder: Path, clock: HeldClock, base_url: str, host: str | None
) -> None:
    app = make_app(folder, clock, base_url=base_url)
    answer = browser(app).post("/sign-in/passkey/challenge", json={})
    close(app)
    assert answer.status_code == (200 if host else 409)
    assert answer.get_json().get("rpId") == host
