"""It takes requests that change something from our own pages and from bearer tokens only."""

import pytest
from flask import Flask

from tests.web.conftest import Cast, SignIn, browser
from tests.web.page_checks import PageClient

TAKEN = [
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"},
    {"Origin": "http://localhost"},
    {"Origin": "http://LOCALHOST"},
]
REFUSED = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": ""},
    {"Origin": "null"},
    {"Origin": ""},
    {"Origin": "http://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "http://localhost:8001"},
    {"Origin": "localhost"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"},
    {"Referer": "http://localhost/sign-in"},
    {"Authorization": "Basic dGVzczp0ZXNz"},
]


@pytest.mark.parametrize("headers", TAKEN, ids=str)
def test_takes_what_our_own_pages_send(client: PageClient, headers: dict[str, str]) -> None:
    assert client.post("/language", data={"language": "en"}, headers=headers).status_code == 303


@pytest.mark.parametrize("headers", REFUSED, ids=str)
def test_refuses_what_another_site_may_have_sent(
    client: PageClient, headers: dict[str, str]
) -> None:
    answer = client.post("/language", data={"language": "en"}, headers=headers)
    assert answer.status_code == 403
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_refuses_every_unsafe_method(client: PageClient, method: str) -> None:
    assert client.open("/sign-in", method=method, headers={}).status_code == 403


def test_changes_nothing_for_another_site(sign_in: SignIn) -> None:
    tess = sign_in("tess")
    assert tess.post("/sign-out", headers={"Origin": "http://evil.example"}).status_code == 403
    assert tess.get("/home").status_code == 200


def test_answers_programs_in_json(client: PageClient) -> None:
    answer = client.post("/tablet/taps", json={"taps": []}, headers={})
    assert (answer.status_code, list(answer.json)) == (403, ["error"])


def test_takes_a_bearer_token_from_anywhere(client: PageClient, cast: Cast) -> None:
    headers = {"Authorization": f"Bearer {cast.tablet_token}", "Origin": "http://evil.example"}
    answer = client.post("/tablet/taps", json={"taps": []}, headers=headers)
    assert answer.status_code == 200


def test_takes_no_cookie_with_a_bearer_token(sign_in: SignIn, cast: Cast) -> None:
    tess = sign_in("tess")
    path = f"/classrooms/{cast.zon}/rounds/2026-11-23/check-in/seal"
    answer = tess.post(path, headers={"Authorization": "Bearer x"})
    assert (answer.status_code, answer.location) == (303, "/sign-in")


def test_lets_everybody_read(client: PageClient) -> None:
    assert client.get("/sign-in", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


class TestBehindAProxy:
    """There the host of a request may be another name than the one people see."""

    def post(self, app: Flask, headers: dict[str, str]) -> int:
        client = browser(app)
        return client.post("/language", data={"language": "en"}, headers=headers).status_code

    def test_takes_the_origin_people_see(self, https_app: Flask) -> None:
        assert self.post(https_app, {"Origin": "https://checkin.school.example"}) == 303
        assert self.post(https_app, {"Sec-Fetch-Site": "same-origin"}) == 303

    @pytest.mark.parametrize(
        "origin",
        [
            "http://checkin.school.example",
            "https://checkin.school.example:444",
            "https://evil.example",
            "http://localhost",
        ],
    )
    def test_refuses_every_other_one(self, https_app: Flask, origin: str) -> None:
        assert self.post(https_app, {"Origin": origin}) == 403
