"""How a device becomes a tablet: a code, once, for ten minutes."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from checkin.services import enrolling
from tests.web.conftest import Cast, HeldClock, SignIn, browser, close, make_app
from tests.web.page_checks import PageClient

HTTPS = "https://checkin.school.example"
HOST = HTTPS.removeprefix("https://")


@pytest.fixture
def code(app: Flask, cast: Cast, clock: HeldClock) -> str:
    """A fresh code for classroom Zon."""
    with app.app_context():
        return enrolling.make_code(cast.school, cast.zon, next(iter(cast.people.values())), clock())


def enrol(client: PageClient, code: object) -> TestResponse:
    return client.post("/tablet/enrolment", json={"code": code})


def test_a_fresh_code_gives_a_token_and_a_cookie(client: PageClient, code: str, cast: Cast) -> None:
    response = enrol(client, code)
    assert response.status_code == 200
    assert set(response.json) == {"token"}
    assert len(response.json["token"]) >= 43  # 256 bits
    assert client.get("/tablet").status_code == 200


def test_the_cookie_cannot_be_read_or_sent_from_elsewhere(client: PageClient, code: str) -> None:
    cookie = enrol(client, code).headers["Set-Cookie"]
    assert cookie.startswith("checkin_tablet=")
    for part in ("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=34560000"):
        assert part in cookie
    assert "Secure" not in cookie


@pytest.fixture
def https(folder, clock: HeldClock) -> Iterator[Flask]:
    """The same school over HTTPS."""
    app = make_app(folder, clock, HTTPS)
    yield app
    close(app)


def test_over_https_the_cookie_is_secure_and_bound_to_this_server(https: Flask, code: str) -> None:
    cookie = enrol(browser(https), code).headers["Set-Cookie"]
    assert cookie.startswith("__Host-checkin_tablet=")
    assert "Secure" in cookie


def test_a_tablet_of_before_such_names_stays_one_and_gets_the_new_name(
    https: Flask, cast: Cast
) -> None:
    tablet = https.test_client()
    tablet.set_cookie("checkin_tablet", cast.tablet_token, domain=HOST)
    cards = tablet.get("/tablet", base_url=HTTPS)
    assert cards.status_code == 200
    assert cards.headers["Set-Cookie"].startswith(f"__Host-checkin_tablet={cast.tablet_token};")


def test_a_name_that_another_machine_could_lay_down_signs_nobody_in(
    https: Flask, sign_in: SignIn
) -> None:
    token = sign_in("tess").get_cookie("checkin_session").value
    stranger = https.test_client()
    stranger.set_cookie("checkin_session", token, domain=HOST)
    assert stranger.get("/home", base_url=HTTPS).status_code == 303
    stranger.set_cookie("__Host-checkin_session", token, domain=HOST)
    assert stranger.get("/home", base_url=HTTPS).status_code == 200


def test_small_letters_spaces_and_dashes_do_no_harm(client: PageClient, code: str) -> None:
    assert enrol(client, f" {code[:4].lower()} - {code[4:]} ").status_code == 200


def test_the_form_leads_to_the_cards(client: PageClient, code: str) -> None:
    response = client.post("/tablet/enrolment", data={"code": code})
    assert (response.status_code, response.location) == (303, "/tablet")
    assert client.get("/tablet").status_code == 200


def test_a_code_works_once(app: Flask, client: PageClient, code: str) -> None:
    assert enrol(client, code).status_code == 200
    assert enrol(browser(app), code).status_code == 403


def test_a_code_lasts_ten_minutes(client: PageClient, code: str, clock: HeldClock) -> None:
    clock.pass_time(minutes=10, seconds=1)
    response = enrol(client, code)
    assert response.status_code == 403
    assert response.json["error"]
    assert "Set-Cookie" not in response.headers


def test_a_wrong_code_gets_the_page_again_with_words(client: PageClient) -> None:
    for language, words in (("nl", "code"), ("en", "This code is wrong or too old")):
        response = client.post(
            "/tablet/enrolment",
            data={"code": "WRONG234"},
            headers={"Sec-Fetch-Site": "same-origin", "Accept-Language": language},
        )
        assert response.status_code == 403
        assert response.mimetype == "text/html"
        assert words in response.get_data(as_text=True)


def test_guessing_gets_slower_and_says_for_how_long(client: PageClient, code: str) -> None:
    for _ in range(5):
        assert enrol(client, "WRONG234").status_code == 403
    response = enrol(client, code)
    assert response.status_code == 403
    assert int(response.headers["Retry-After"]) > 0
    form = client.post("/tablet/enrolment", data={"code": code})
    assert form.headers["Retry-After"] in form.get_data(as_text=True)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"code": 7}', b"[" * 50_000])
def test_a_body_without_a_code_is_malformed(client: PageClient, body: bytes) -> None:
    response = client.post("/tablet/enrolment", data=body, content_type="application/json")
    assert response.status_code == 400
    assert response.json["error"]


@pytest.mark.parametrize("code", ["", "\ud800", "😀" * 8, "A" * 100_000])
def test_an_odd_code_is_only_a_wrong_one(client: PageClient, code: str) -> None:
    assert enrol(client, code).status_code == 403


def test_without_enrolment_there_are_no_cards(client: PageClient) -> None:
    assert client.get("/tablet").status_code in (302, 303)
    assert client.get("/tablet/today").status_code == 401
    assert client.get("/tablet/enrolment").status_code == 200
