"""Where a request ends is said in one way: nobody can hide a second one within the first."""

import socket

import pytest
from flask import Flask

from tests.fuzz.visitors import served
from tests.web.conftest import Cast, built_school, cast  # noqa: F401  # fixtures

CHUNKED = b'b\r\n{"taps":[]}\r\n0\r\n\r\n'
BEHIND = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


def say(address: str, token: str, lengths: str) -> bytes:
    """Send a batch in chunks with these headers about its length, and a request behind it."""
    head = (
        f"POST /tablet/taps HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        f"{lengths}\r\n\r\n"
    )
    port = int(address.rsplit(":")[-1])
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(head.encode() + CHUNKED + BEHIND)
        heard = b""
        while part := line.recv(65536):
            heard += part
        return heard


@pytest.mark.parametrize(
    ("lengths", "statuses"),
    [
        ("Transfer-Encoding: chunked", [b"200", b"200"]),
        ("Content-Length: 4\r\nTransfer-Encoding: chunked", [b"200", b"200"]),
        ("Content-Length: 4\r\nContent-Length: 60", [b"400"]),
        ("Content-Length: +4", [b"400"]),
        ("Transfer-Encoding: xchunked", [b"501"]),
    ],
    ids=["chunks", "chunks win", "two lengths", "no number", "an unknown way"],
)
def test_a_request_ends_where_both_sides_say(
    fuzzed_app: Flask,
    cast: Cast,  # noqa: F811
    lengths: str,
    statuses: list[bytes],
) -> None:
    with served(fuzzed_app) as address:
        heard = say(address, cast.tablet_token, lengths)
    assert [part[:3] for part in heard.split(b"HTTP/1.1 ")[1:]] == statuses
