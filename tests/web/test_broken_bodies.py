"""A body that cannot be read, or is far too large, is refused in words and stores nothing."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from waitress import create_server

from tests.faults.conftest import SmallDisk, disk  # noqa: F401  # a fixture
from tests.web.conftest import Cast, SignIn
from tests.web.living import ENGLISH, JSON, add_flag
from tests.web.page_checks import PageClient, page_of
from tests.web.sending import DUTCH, a_tap, error_of, send, tapped

TEN_MEGABYTES = 10 * 1024 * 1024
BROKEN_JSON = {
    "nothing": b"",
    "half": b'{"taps": [',
    "no JSON": b"taps=1",
    "invalid UTF-8": b'{"taps": "\xff\xfe"}',
    "UTF-16": '{"taps": []}'.encode("utf-16")[:-1],
    "nested deeply": b"[" * 60_000,
    "nested deeply within": b'{"taps": ' + b"[" * 60_000,
    "a huge number": b'{"waiting": ' + b"9" * 60_000 + b"}",
    "an array": b"[]",
    "a text": b'"taps"',
    "null": b"null",
    "not a number": b'{"taps": [], "waiting": NaN}',
    "infinite": b'{"taps": [], "waiting": 1e999}',
    "taps that are no list": b'{"taps": {"0": 1}}',
}
BROKEN_TAPS: list[dict[str, Any]] = [
    {"feeling": 10**40},
    {"feeling": -1},
    {"feeling": None},
    {"feeling": []},
    {"feeling": "3"},
    {"feeling": 3.0},
    {"helps": 10**40},
    {"key": "g" * 32},
    {"key": "\u0663" * 32},
    {"key": "a" * 33},
    {"key": "\ud800" * 32},
    {"day": "2026-1-1"},
    {"day": "2026-W48-1"},
    {"day": "99999-01-01"},
    {"day": 20261123},
    {"round": "lunch"},
    {"round": ["check-in"]},
]


@pytest.mark.parametrize("body", BROKEN_JSON.values(), ids=BROKEN_JSON)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_says_that_a_body_of_taps_cannot_be_read(
    tablet: PageClient, body: bytes, kind: str
) -> None:
    error_of(tablet.post("/tablet/taps", data=body, content_type=kind), 400)


@pytest.mark.parametrize("wrong", BROKEN_TAPS, ids=ascii)
def test_stores_nothing_of_a_batch_with_one_broken_tap(
    tablet: PageClient, sign_in: SignIn, cast: Cast, wrong: dict[str, Any]
) -> None:
    assert error_of(send(tablet, a_tap(1), a_tap(2) | wrong, a_tap(3)), 400).startswith("tap 2")
    assert tapped(sign_in("tess"), cast) == 0


@pytest.mark.parametrize("body", BROKEN_JSON.values(), ids=BROKEN_JSON)
@pytest.mark.parametrize(
    "path", ["/tablet/enrolment", "/flags/1/acknowledgement", "/flags/1/closure", "/flags/1/notes"]
)
def test_no_json_breaks_a_page_that_takes_json(
    app: Flask, cast: Cast, sign_in: SignIn, path: str, body: bytes
) -> None:
    add_flag(app, cast)
    answer = sign_in("inge").post(path, data=body, content_type="application/json")
    if path != "/flags/1/acknowledgement" or answer.status_code != 200:  # it needs no body
        error_of(answer, 400)


@pytest.mark.parametrize("note", ["half a \ud800 character", "a zero \0 in it", 10**300, [1], None])
def test_an_odd_note_is_kept_or_refused(
    app: Flask, cast: Cast, sign_in: SignIn, note: object
) -> None:
    add_flag(app, cast)
    inge = sign_in("inge")
    answer = inge.post("/flags/1/closure", json={"outcome": "watched", "note": note}, headers=JSON)
    assert answer.status_code in (200, 400)
    state = inge.get("/flags.json").json["flags"][0]["state"]
    assert state == ("closed" if answer.status_code == 200 else "raised")


@pytest.mark.parametrize("path", ["/tablet/taps", "/tablet/enrolment", "/sign-in", "/nowhere"])
@pytest.mark.parametrize("headers", [DUTCH, ENGLISH, JSON], ids=["nl", "en", "json"])
def test_ten_megabytes_are_refused_in_words(
    tablet: PageClient, path: str, headers: dict[str, str]
) -> None:
    answer = tablet.post(path, data=b" " * TEN_MEGABYTES, headers=headers)
    assert answer.status_code == 413
    if headers is JSON or path == "/tablet/taps":
        error_of(answer, 413)
    else:
        assert page_of(answer).get("lang") == headers["Accept-Language"]


@contextmanager
def served(app: Flask) -> Iterator[int]:
    """Serve the app as `checkin serve` does, and give its port."""
    server = create_server(app, host="127.0.0.1", port=0, max_request_body_size=1024 * 1024)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield server.effective_port
    server.close()
    server.task_dispatcher.shutdown()
    thread.join(timeout=5)


def say(port: int, head: str, *body: bytes) -> bytes:
    """Say something to the server, as much as it takes, and return what it answers."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        try:
            for part in body:
                line.sendall(part)
        except OSError:
            pass  # it has heard enough
        heard = []
        try:
            while part := line.recv(65536):
                heard.append(part)
        except OSError:
            pass
        return b"".join(heard)


@pytest.mark.parametrize("how", ["with its length", "in chunks"])
def test_the_server_takes_no_ten_megabytes(app: Flask, cast: Cast, how: str) -> None:
    is_chunked = how == "in chunks"
    length = "Transfer-Encoding: chunked" if is_chunked else f"Content-Length: {TEN_MEGABYTES}"
    head = (
        f"POST /tablet/taps HTTP/1.1\nHost: localhost\nAuthorization: Bearer {cast.tablet_token}\n"
        f"Connection: close\n{length}"
    )
    piece = b" " * 65536
    chunk = b"10000\r\n" + piece + b"\r\n" if is_chunked else piece
    with served(app) as port:
        answer = say(port, head, *[chunk] * (TEN_MEGABYTES // len(piece)))
        assert answer.startswith((b"HTTP/1.1 413", b"HTTP/1.0 413", b"HTTP/1.1 400")), answer[:80]
        alive = say(port, "GET /healthz HTTP/1.1\nHost: localhost\nConnection: close")
        assert alive.startswith(b"HTTP/1.1 200")
    assert b"Traceback" not in answer
