"""How a device becomes a tablet: a code, once, for ten minutes."""

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from checkin.services import enrolling
from tests.web.conftest import Cast, HeldClock, browser, close, make_app
from tests.web.page_checks import PageClient


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


def test_over_https_the_cookie_is_secure(folder, clock: HeldClock, cast: Cast) -> None:
    app = make_app(folder, clock, "https://checkin.school.example")
    with app.app_context():
        code = enrolling.make_code(cast.school, cast.zon, next(iter(cast.people.values())), clock())
    assert "Secure" in enrol(browser(app), code).headers["Set-Cookie"]
    close(app)


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
