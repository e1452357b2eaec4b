"""Two hundred clients that are slow on purpose harm no tablet: not over HTTP, not over HTTPS."""

import asyncio
import json
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from checkin.services import own_authority
from checkin.services.own_authority import Files
from tests.faults.real_time import RealSchool, make_school
from tests.faults.serving import Server
from tests.faults.slow_clients import Slow
from tests.faults.tapping import Ledger, a_tap, audit

CLIENTS = 180
TAPS = 30
TABLETS = 4
GENEROUS = 15.0
"""Seconds for the slowest tap; a server that the slow ones hold up answers none for a minute."""


@contextmanager
def slow_clients(slow: Slow, clients: int) -> Iterator[None]:
    """Let a crowd hold connections, from when all of them are there."""
    started, loops = threading.Event(), []

    async def stay() -> None:
        loops.append(asyncio.get_running_loop())
        started.set()
        await slow.crowd(clients)

    thread = threading.Thread(target=lambda: asyncio.run(stay()), daemon=True)
    thread.start()
    started.wait(10)
    try:
        until = time.monotonic() + 60
        while slow.open < clients:
            assert time.monotonic() < until, f"only {slow.open} of them came in"
            time.sleep(0.05)
        yield
    finally:
        loops[0].call_soon_threadsafe(slow.ended.set)
        thread.join(30)


def tap_in_peace(
    school: RealSchool, port: int, ledger: Ledger, tls: ssl.SSLContext | None, taps: int
) -> list[float]:
    """Let a tablet tap one after another, each as a tablet would; return how long each took."""
    took = []
    connection = (
        HTTPSConnection("localhost", port, timeout=60, context=tls)
        if tls
        else HTTPConnection("127.0.0.1", port, timeout=60)
    )
    head = {"Authorization": f"Bearer {school.tokens[0]}", "Content-Type": "application/json"}
    for _ in range(taps):
        began = time.monotonic()
        body = json.dumps({"taps": [a_tap(school)], "waiting": 0})
        connection.request("POST", "/tablet/taps", body, head)
        answer = connection.getresponse()
        content = json.loads(answer.read())
        assert answer.status == 200, content
        ledger.note(content["results"])
        took.append(time.monotonic() - began)
    connection.close()
    return took


def all_tap(
    school: RealSchool, port: int, ledger: Ledger, tls: ssl.SSLContext | None, taps: int = TAPS
) -> list[float]:
    found: list[list[float]] = []
    tablets = [
        threading.Thread(target=lambda: found.append(tap_in_peace(school, port, ledger, tls, taps)))
        for _ in range(TABLETS)
    ]
    for tablet in tablets:
        tablet.start()
    for tablet in tablets:
        tablet.join(300)
    assert len(found) == TABLETS, "a tablet was not answered"
    return sorted(one for of_tablet in found for one in of_tablet)


def check(server: Server, ledger: Ledger, took: list[float]) -> None:
    """No tap is lost and none waits long."""
    assert took[-1] < GENEROUS, f"the slowest tap took {took[-1]:.1f} s"
    assert list(audit(server, ledger)) == []


def test_over_http(tmp_path: Path) -> None:
    school, ledger = make_school(tmp_path / "files"), Ledger()
    with Server(school) as server, slow_clients(Slow("127.0.0.1", server.port), CLIENTS):
        check(server, ledger, all_tap(school, server.port, ledger, None))


class HttpsServer(Server):
    """The same server with a certificate of the school's own."""

    def __init__(self, school: RealSchool, files: Files) -> None:
        super().__init__(school)
        self.files = files

    @property
    def environment(self) -> dict[str, str]:
        return {
            **super().environment,
            "CHECKIN_BASE_URL": "https://localhost",
            "CHECKIN_TLS_CERTIFICATE": str(self.files.certificate),
            "CHECKIN_TLS_KEY": str(self.files.key),
        }

    def ask(self, method, path, body=None, headers=None):
        context = ssl.create_default_context(cafile=self.files.authority)
        connection = HTTPSConnection("localhost", self.port, timeout=20, context=context)
        given = {"Accept": "application/json", **(headers or {})}
        connection.request(method, path, None if body is None else json.dumps(body), given)
        answer = connection.getresponse()
        found = answer.status, json.loads(answer.read())
        connection.close()
        return found


@pytest.mark.thorough
def test_over_https(tmp_path: Path) -> None:
    files = Files(tmp_path / "tls")
    own_authority.make(files.folder, ["localhost"], datetime.now(UTC))
    school, ledger = make_school(tmp_path / "files"), Ledger()
    trusting = ssl.create_default_context(cafile=files.authority)
    with HttpsServer(school, files) as server:
        with slow_clients(Slow("127.0.0.1", server.port, tls=trusting), CLIENTS):
            took = all_tap(school, server.port, ledger, trusting)
        assert took[-1] < GENEROUS, f"the slowest tap took {took[-1]:.1f} s"
        keys = list(ledger.acknowledged)
        taps = [{**a_tap(school), "key": key} for key in keys]
        token = {"Authorization": f"Bearer {school.tokens[0]}"}
        _, again = server.ask("POST", "/tablet/taps", {"taps": taps}, token)
        assert {one["status"] for one in again["results"]} == {"known"}


@pytest.mark.long
def test_over_http_for_longer_than_anybody_is_waited_for(tmp_path: Path) -> None:
    """A request that drips in for longer than a minute is ended: its place is free again."""
    school, ledger = make_school(tmp_path / "files"), Ledger()
    slow = Slow("127.0.0.1", 0)
    with Server(school) as server:
        slow.port = server.port
        with slow_clients(slow, 300):
            until = time.monotonic() + 150
            took = []
            while time.monotonic() < until:
                took += all_tap(school, server.port, ledger, None, taps=5)
                time.sleep(2)
            assert slow.met > 400, f"{slow.met}: who drips was never shown out"
        check(server, ledger, sorted(took))
