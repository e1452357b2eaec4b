"""It signs staff in by a provider: a foreign one in a process of its own."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from flask import Flask

from checkin import create_app
from checkin.config import UnsafeConfig, read_config
from checkin.domain.providers import Provider
from checkin.services import signing_in
from checkin.services.factors import keeping
from checkin.storage import staff
from checkin.storage.database import db
from checkin.storage.rows import StaffRow
from tests.oidc_provider import CLIENT, SECRET, foreign_provider
from tests.web.conftest import Cast, HeldClock, browser, close, make_app
from tests.web.page_checks import PageClient, h1_of, page_of
from tests.web.second_factors import ENGLISH
from tests.web.sign_in_form import is_signed_in

HERE = "http://localhost"
PEOPLE = [
    {"sub": "1-inge", "email": "Inge@School.example", "email_verified": True},
    {"sub": "2-stranger", "email": "stranger@school.example", "email_verified": True},
    {"sub": "3-unverified", "email": "adam@school.example", "email_verified": False},
    {"sub": "4-not-told", "email": "adam@school.example"},
    {"sub": "5-other-inge", "email": "inge@school.example", "email_verified": True},
]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with foreign_provider(PEOPLE) as issuer:
        yield issuer


@pytest.fixture
def app(folder: Path, clock: HeldClock, issuer: str) -> Iterator[Flask]:
    clock.instant = datetime.now(UTC) + timedelta(hours=1)  # the provider has its own clock
    app = with_provider(folder, clock, Provider(issuer, CLIENT, SECRET, "De Bovenschool"))
    yield app
    close(app)


def with_provider(folder: Path, clock: HeldClock, provider: Provider) -> Flask:
    """Return the app of a school that has a provider."""
    plain = make_app(folder, clock, base_url=HERE)
    config = replace(plain.extensions["checkin_config"], provider=provider)
    app = create_app(config, clock)
    app.test_client_class = PageClient
    app.extensions["passwords"] = plain.extensions.get("passwords")
    return app


def sign_in_as(client: PageClient, subject: str, next: str = ""):
    """Go to the provider, sign in there, and come back."""
    address = client.get("/sign-in/elsewhere", query_string={"next": next}).location
    back = authorize(address, subject)
    return client.get(f"{back.path}?{back.query}", headers=ENGLISH | {"Sec-Fetch-Site": "none"})


def authorize(address: str, subject: str):
    """Sign in on the provider's own page, as a browser does, and return where it sends one."""

    class Stay(HTTPRedirectHandler):
        def http_error_302(self, _request, _answer, _code, _told, headers):
            found.append(headers["Location"])
            return

        http_error_303 = http_error_302

    found: list[str] = []
    body = urlencode({"sub": subject}).encode()
    try:
        build_opener(Stay).open(Request(address, data=body), timeout=20).close()
    except OSError:
        assert found, "the provider sent nobody back"
    return urlsplit(found[0])


def test_offers_it_on_the_page_to_sign_in(app: Flask) -> None:
    page = page_of(browser(app).get("/sign-in?next=/flags", headers=ENGLISH))
    (link,) = page.xpath("//a[starts-with(@href, '/sign-in/elsewhere')]")
    assert link.text_content() == "Sign in with De Bovenschool"
    assert link.get("href") == "/sign-in/elsewhere?next=/flags"


def test_signs_in_whom_the_provider_vouches_for(app: Flask) -> None:
    client = browser(app)
    answer = sign_in_as(client, "1-inge", "/flags")
    assert (answer.status_code, answer.location) == (303, "/flags")
    assert client.get("/flags").status_code == 200
    assert client.get_cookie("checkin_elsewhere", path="/sign-in") is None


def test_goes_with_pkce_state_and_nonce_and_asks_for_no_more_than_the_address(app: Flask) -> None:
    asked = parse_qs(urlsplit(browser(app).get("/sign-in/elsewhere").location).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid email"]
    assert asked["redirect_uri"] == [f"{HERE}/sign-in/elsewhere/back"]
    assert len({asked[name][0] for name in ("state", "nonce", "code_challenge")}) == 3
    again = parse_qs(urlsplit(browser(app).get("/sign-in/elsewhere").location).query)
    assert all(asked[n] != again[n] for n in ("state", "nonce", "code_challenge"))


def test_knows_a_person_by_number_from_then_on(app: Flask, cast: Cast) -> None:
    sign_in_as(browser(app), "1-inge")
    with app.app_context():
        db.session.get_one(StaffRow, cast.people["inge"]).email = "i.visser@school.example"
        db.session.commit()
    client = browser(app)
    assert sign_in_as(client, "1-inge").status_code == 303
    assert is_signed_in(client)


def test_nobody_else_gets_the_account_by_its_address(app: Flask) -> None:
    assert sign_in_as(browser(app), "1-inge").status_code == 303
    client = browser(app)
    answer = sign_in_as(client, "5-other-inge")
    assert answer.status_code == 403
    assert "belongs to another account at De Bovenschool" in answer.text
    assert not is_signed_in(client)


def test_tells_a_stranger_plainly(app: Flask) -> None:
    client = browser(app)
    answer = sign_in_as(client, "2-stranger")
    assert (answer.status_code, h1_of(answer)) == (403, "You are not signed in")
    assert "stranger@school.example. Nobody here has an account" in answer.text
    assert not is_signed_in(client)


@pytest.mark.parametrize("subject", ["3-unverified", "4-not-told"])
def test_never_goes_by_an_address_nobody_verified(app: Flask, subject: str) -> None:
    client = browser(app)
    answer = sign_in_as(client, subject)
    assert answer.status_code == 403
    assert "does not vouch for your e-mail address" in answer.text
    assert not is_signed_in(client)


def test_lets_nobody_in_who_left(app: Flask, cast: Cast, clock: HeldClock) -> None:
    sign_in_as(browser(app), "1-inge")
    with app.app_context():
        signing_in.leave(cast.people["inge"], clock())
    client = browser(app)
    assert sign_in_as(client, "1-inge").status_code == 403
    assert not is_signed_in(client)


def test_the_second_factor_is_the_provider_s(app: Flask, clock: HeldClock) -> None:
    client = browser(app)
    sign_in_as(client, "1-inge")
    assert "/account/factors" not in page_of(client.get("/home")).xpath("//main//a/@href")
    clock.pass_time(days=20)
    sign_in_as(client, "1-inge")
    assert is_signed_in(client)


def test_an_administrator_can_undo_who_is_who(app: Flask, cast: Cast, clock: HeldClock) -> None:
    sign_in_as(browser(app), "1-inge")
    with app.app_context():
        inge = staff.find_person(cast.people["inge"])
        assert inge is not None
        keeping.take_away(inge, staff.find_person(cast.people["adam"]), clock())
    assert sign_in_as(browser(app), "5-other-inge").status_code == 303


def test_takes_what_comes_back_once_only_and_in_the_same_browser_only(app: Flask) -> None:
    client, thief = browser(app), browser(app)
    address = client.get("/sign-in/elsewhere").location
    back = authorize(address, "1-inge")
    come = f"{back.path}?{back.query}"
    assert thief.get(come).location == "/sign-in"
    assert not is_signed_in(thief)
    token = client.get_cookie("checkin_elsewhere", path="/sign-in").value
    assert client.get(come).status_code == 303
    assert is_signed_in(client)
    thief.set_cookie("checkin_elsewhere", token, path="/sign-in")
    assert thief.get(come).location == "/sign-in"
    assert not is_signed_in(thief)


def test_comes_back_to_the_form_when_somebody_thinks_better_of_it(app: Flask) -> None:
    client = browser(app)
    address = client.get("/sign-in/elsewhere").location
    state = parse_qs(urlsplit(address).query)["state"][0]
    back = {"error": "access_denied", "state": state}
    answer = client.get("/sign-in/elsewhere/back", query_string=back, headers=ENGLISH)
    assert (answer.status_code, answer.location) == (303, "/sign-in")
    assert "was broken off" in client.get("/sign-in", headers=ENGLISH).text


def test_too_late_is_too_late(app: Flask, clock: HeldClock) -> None:
    client = browser(app)
    address = client.get("/sign-in/elsewhere").location
    back = authorize(address, "1-inge")
    clock.pass_time(minutes=10)
    assert client.get(f"{back.path}?{back.query}").location == "/sign-in"
    assert not is_signed_in(client)


def test_says_so_when_the_provider_does_not_answer(folder: Path, clock: HeldClock) -> None:
    app = with_provider(folder, clock, Provider("http://localhost:9", CLIENT, SECRET, "Dicht"))
    answer = browser(app).get("/sign-in/elsewhere", headers=ENGLISH)
    assert answer.status_code == 503
    assert "Dicht does not answer now" in answer.text
    close(app)


def test_is_not_there_without_a_provider(folder: Path, clock: HeldClock) -> None:
    app = make_app(folder, clock)
    client = browser(app)
    assert client.get("/sign-in/elsewhere").status_code == 404
    assert "elsewhere" not in client.get("/sign-in").text
    close(app)


ENVIRON = {
    "CHECKIN_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
    "CHECKIN_BASE_URL": "https://checkin.school.example",
    "CHECKIN_OIDC_ISSUER": "https://accounts.google.com",
    "CHECKIN_OIDC_CLIENT_ID": "us",
    "CHECKIN_OIDC_CLIENT_SECRET": "ours",
}


def test_reads_a_provider_from_the_environment(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("in a file\n")
    given = ENVIRON | {"CHECKIN_OIDC_CLIENT_SECRET_FILE": str(tmp_path / "secret")}
    provider = read_config(given).provider
    assert provider == Provider(
        "https://accounts.google.com", "us", "in a file", "accounts.google.com"
    )
    assert "in a file" not in repr(read_config(given))
    assert read_config({k: v for k, v in ENVIRON.items() if "OIDC" not in k}).provider is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"CHECKIN_OIDC_ISSUER": "http://accounts.google.com"}, "must begin with https://"),
        ({"CHECKIN_OIDC_ISSUER": "https://login.microsoftonline.com/common/v2.0"}, "your own"),
        ({"CHECKIN_OIDC_CLIENT_ID": ""}, "CHECKIN_OIDC_CLIENT_ID"),
        ({"CHECKIN_OIDC_CLIENT_SECRET": ""}, "CHECKIN_OIDC_CLIENT_SECRET"),
        ({"CHECKIN_OIDC_CLIENT_SECRET_FILE": "/nowhere"}, "cannot be read"),
        ({"CHECKIN_BASE_URL": ""}, "CHECKIN_BASE_URL"),
    ],
)
def test_does_not_start_with_half_a_provider(change: dict[str, str], said: str) -> None:
    with pytest.raises(UnsafeConfig, match=said):
        read_config(ENVIRON | change)
