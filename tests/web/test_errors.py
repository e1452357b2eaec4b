"""It answers every error in words, as a page or as JSON, and tells nobody how it broke."""

import logging
from typing import Never

import pytest
from flask import Flask, abort, request

from checkin.services.faults import StorageUnavailable
from checkin.web.access_table import TABLE, Who
from tests.web.conftest import browser
from tests.web.page_checks import SAME_SITE, PageClient, h1_of, page_of

CODES = [400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 503]
JSON = {"Accept": "application/json"}


@pytest.fixture
def failing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> PageClient:
    """A browser of an app with pages that fail in every way."""

    def fail(code: int) -> Never:
        abort(code)

    def explain() -> Never:
        abort(409, "This <b>round</b> never opened.")

    def fill() -> Never:
        raise StorageUnavailable("the disk is full")

    def break_() -> Never:
        try:
            raise KeyError(request.form["feeling"])
        except KeyError as error:
            raise ValueError(f"cookie {request.headers.get('Cookie')}") from error

    for path, endpoint, view in (
        ("/fail/<int:code>", "fail.with_code", fail),
        ("/explain", "fail.explain", explain),
        ("/fill", "fail.fill", fill),
        ("/break", "fail.break", break_),
    ):
        app.add_url_rule(path, endpoint, view, methods=["GET", "POST"])
        monkeypatch.setitem(TABLE, endpoint, Who.OPEN)
    return browser(app)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_shows_a_page(failing: PageClient, code: int, language: str) -> None:
    answer = failing.get(f"/fail/{code}", headers={"Accept-Language": language})
    assert answer.status_code == code
    page = page_of(answer)
    assert page.get("lang") == language
    assert page.xpath("//main//a/@href") == ["/"]
    assert page.xpath("//p[@class='lead']/text()")


def test_shows_each_in_words_of_its_own_in_both_languages(failing: PageClient) -> None:
    for headers in ({"Accept-Language": "nl"}, {"Accept-Language": "en"}):
        titles = {h1_of(failing.get(f"/fail/{code}", headers=headers)) for code in CODES}
        assert len(titles) == len(CODES)
    dutch = {h1_of(failing.get(f"/fail/{code}")) for code in CODES}
    assert not dutch & titles


@pytest.mark.parametrize("code", CODES)
def test_answers_programs_in_json(failing: PageClient, code: int) -> None:
    answer = failing.get(f"/fail/{code}", headers=JSON)
    assert answer.status_code == code
    assert list(answer.json) == ["error"]
    assert answer.json["error"]


@pytest.mark.parametrize("code", [410, 414, 431, 501])
def test_shows_a_page_for_errors_without_words_of_their_own(failing: PageClient, code: int) -> None:
    assert failing.get(f"/fail/{code}").status_code == code


def test_shows_the_words_a_page_gave(failing: PageClient) -> None:
    answer = failing.get("/explain")
    assert "This &lt;b&gt;round&lt;/b&gt; never opened." in answer.text
    assert failing.get("/explain", headers=JSON).json["error"].startswith("This <b>round")


def test_leads_staff_back_to_their_page(sign_in) -> None:
    page = page_of(sign_in("tess").get("/nowhere"))
    assert page.xpath("//main//a/@href") == ["/home"]
    assert page.xpath("//nav")


def test_names_the_methods_that_are_allowed(client: PageClient) -> None:
    answer = client.put("/sign-in")
    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "POST"}


@pytest.mark.parametrize("path", ["/sign-in", "/tablet/taps", "/nowhere"])
def test_refuses_a_large_body_before_reading_it(client: PageClient, path: str) -> None:
    class Unread:
        def read(self, *_: object) -> bytes:
            raise AssertionError("the body was read")

        readline = readlines = __iter__ = read

        def close(self) -> None: ...

    environ = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(10 * 1024 * 1024)}
    answer = client.post(path, environ_overrides=environ, headers=SAME_SITE)
    assert answer.status_code == 413


def test_takes_a_body_that_is_just_small_enough(client: PageClient) -> None:
    largest = 128 * 1024
    for length, code in ((largest, 401), (largest + 1, 413)):
        body = "email=" + "a" * (length - len("email="))
        form = "application/x-www-form-urlencoded"
        assert client.post("/sign-in", data=body, content_type=form).status_code == code


def test_asks_to_try_again_when_nothing_can_be_stored(failing: PageClient) -> None:
    answer = failing.get("/fill")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "disk" not in answer.text
    answer = failing.post("/fill", json={}, headers=SAME_SITE)
    assert (answer.status_code, list(answer.json)) == (503, ["error"])


def test_tells_nobody_how_it_broke(failing: PageClient, caplog: pytest.LogCaptureFixture) -> None:
    failing.set_cookie("checkin_session", "secret-cookie")
    answer = failing.post(
        "/break",
        data={"feeling": "secret-body"},
        headers=SAME_SITE | {"User-Agent": "secret-agent"},
        environ_overrides={"REMOTE_ADDR": "198.51.100.7"},
    )
    assert answer.status_code == 500
    logged = "\n".join(logging.Formatter().format(record) for record in caplog.records)
    assert "ValueError" in logged
    assert "KeyError" in logged
    assert "test_errors.py" in logged
    for secret in ("secret-cookie", "secret-body", "secret-agent", "198.51.100.7"):
        assert secret not in logged
        assert secret not in answer.text
    assert "Traceback" not in answer.text
    assert "ValueError" not in answer.text
