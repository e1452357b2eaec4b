"""It sends every answer with headers that keep a browser from being used against the school."""

import pytest
from flask import Flask

from checkin.web.static_files import version_of
from tests.web.conftest import Cast, SignIn, browser
from tests.web.page_checks import PageClient, page_of

EXPECTED = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; media-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
PATHS = ["/", "/sign-in", "/healthz", "/nowhere", "/flags.json"]
FILE = "/static/css/tokens.css"
NO_FILE = "/static/css/nowhere.css"


@pytest.mark.parametrize("path", [*PATHS, NO_FILE])
def test_is_on_every_answer(client: PageClient, path: str) -> None:
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in EXPECTED} == EXPECTED
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", [*PATHS, NO_FILE])
def test_keeps_pages_and_json_out_of_caches(client: PageClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


def test_leaves_of_them_on_a_file_what_a_file_needs(client: PageClient) -> None:
    headers = client.get(FILE).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert sum(len(f"{name}: {value}\r\n") for name, value in headers.items()) < 500


def test_keeps_staff_pages_out_of_caches(sign_in: SignIn) -> None:
    answer = sign_in("tess").get("/home")
    assert answer.headers["Cache-Control"] == "no-store"


def test_is_on_refusals_too(client: PageClient) -> None:
    answer = client.post("/sign-in", headers={})
    assert answer.status_code == 403
    assert answer.headers["Content-Security-Policy"] == EXPECTED["Content-Security-Policy"]


def test_asks_for_https_only_where_there_is_https(app: Flask, https_app: Flask) -> None:
    assert "Strict-Transport-Security" not in browser(app).get("/sign-in").headers
    held = browser(https_app).get("/sign-in").headers["Strict-Transport-Security"]
    assert held == "max-age=31536000"


def test_sends_cookies_over_https_only_where_there_is_https(https_app: Flask, cast: Cast) -> None:
    form = {"email": cast.email("tess"), "password": "a long password"}
    answer = browser(https_app).post("/sign-in", data=form)
    assert answer.status_code == 303
    assert "Secure" in answer.headers["Set-Cookie"].split("; ")
    answer = browser(https_app).post("/language", data={"language": "en"})
    assert "Secure" in answer.headers["Set-Cookie"].split("; ")


def test_lets_browsers_keep_static_files_by_what_is_in_them(client: PageClient) -> None:
    address = page_of(client.get("/sign-in")).xpath("//link[@rel='stylesheet']/@href")[0]
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    version = address.split("/")[2]
    assert client.get(f"/static/{version}/nowhere.css").status_code == 404


def test_lets_browsers_ask_again_for_static_files_by_name(client: PageClient) -> None:
    answer = client.get("/static/css/tokens.css")
    assert "no-cache" in answer.headers["Cache-Control"]
    etag = answer.headers["ETag"]
    again = client.get("/static/css/tokens.css", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_names_static_files_anew_when_one_changes(tmp_path) -> None:
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text("a {}")
    before = version_of(tmp_path)
    assert version_of(tmp_path) == before
    (tmp_path / "css" / "a.css").write_text("b {}")
    changed = version_of(tmp_path)
    (tmp_path / "css" / "a.css").rename(tmp_path / "css" / "b.css")
    assert len({before, changed, version_of(tmp_path)}) == 3


@pytest.mark.parametrize("path", ["../config.py", "..%2fconfig.py", "%2e%2e/config.py"])
def test_serves_nothing_beside_the_static_files(app: Flask, client: PageClient, path: str) -> None:
    version = app.extensions["static_version"]
    assert client.get(f"/static/{path}").status_code == 404
    assert client.get(f"/static/{version}/{path}").status_code == 404
