"""Tablets that tap as fast as they are answered, or at a given rate; one thread, cheap on purpose.

They share the machine with the server they measure: what they cost is taken from it. So requests
are put together by hand and answers are read for their status alone; that every tap was stored
once is checked in the files afterwards.
"""

import secrets
import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from bench.serving import Serving

STORED = b'"stored"'


@dataclass
class Taps:
    """How long each tap took, in seconds from when it should have left; and what went wrong."""

    delays: list[float] = field(default_factory=list)
    trouble: list[bytes] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.delays) / self.seconds

    def percentile(self, share: float) -> float:
        """Return a percentile in milliseconds."""
        ordered = sorted(self.delays)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000


def tap_as_fast(serving: Serving, tablets: int, seconds: float) -> Taps:
    """Let each tablet tap again as soon as it is answered (a closed loop)."""
    taps, began = Taps(), time.monotonic()
    with selectors.DefaultSelector() as selector:
        for connection in (_Tablet(serving, selector) for _ in range(tablets)):
            connection.send(time.monotonic())
        while (left := began + seconds - time.monotonic()) > 0:
            for tablet in _answered(selector, left, taps):
                tablet.send(time.monotonic())
        _wait_for_the_last(selector, taps)
        taps.seconds = time.monotonic() - began
    return taps


def tap_steadily(serving: Serving, rate: float, seconds: float, tablets: int = 30) -> Taps:
    """Let taps come at a rate whatever the server does (an open loop).

    A tap that has to wait for a free tablet counts from when it was due, so that a server that
    stalls is not spared.
    """
    taps, began, due = Taps(), time.monotonic(), 0
    with selectors.DefaultSelector() as selector:
        free = [_Tablet(serving, selector) for _ in range(tablets)]
        while (now := time.monotonic()) < began + seconds or len(free) < tablets:
            ends = began + seconds
            while free and (at := began + due / rate) <= min(now, ends):
                free.pop().send(at)
                due += 1
            wait = max(0.0, min(began + due / rate - time.monotonic(), 0.05)) if free else 0.05
            free.extend(_answered(selector, wait, taps))
            if now > ends + 30:
                taps.trouble.append(b"no answer within 30 s")
                break
        taps.seconds = seconds
        for key in list(selector.get_map().values()):
            key.data.close()
    return taps


class _Tablet:
    """A connection that is kept, with one tap on its way at most."""

    def __init__(self, serving: Serving, selector: selectors.BaseSelector) -> None:
        self.socket = socket.create_connection(("127.0.0.1", serving.port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.began, self.buffer, self.is_busy = 0.0, b"", False
        today = datetime.now(ZoneInfo("Europe/Amsterdam")).date().isoformat()
        self.body = (
            '{"taps": [{"key": "%s", "day": "' + today + '", "round": "check-in",'
            ' "feeling": %d, "helps": 0}], "waiting": 0}'
        )
        length = len(self.body % ("0" * 32, 1))
        self.head = (
            "POST /tablet/taps HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Authorization: Bearer {serving.token}\r\nContent-Length: {length}\r\n\r\n"
        )
        self.selector = selector
        selector.register(self.socket, selectors.EVENT_READ, self)

    def send(self, began: float) -> None:
        """Send one tap with a fresh key."""
        self.began, self.is_busy = began, True
        body = self.body % (secrets.token_hex(16), secrets.randbelow(9))
        self.socket.sendall((self.head + body).encode())

    def receive(self) -> bytes | None:
        """Return a whole answer, or None while it is on its way."""
        part = self.socket.recv(65536)
        self.buffer += part
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
        if part and (not found or len(body) < length):
            return None
        answer, self.buffer, self.is_busy = self.buffer, b"", False
        return answer

    def close(self) -> None:
        self.selector.unregister(self.socket)
        self.socket.close()


def _answered(selector: selectors.BaseSelector, wait: float, taps: Taps) -> Iterator[_Tablet]:
    """Note every answer that is there and return the tablets that are free again."""
    for key, _ in selector.select(wait):
        tablet = key.data
        if (answer := tablet.receive()) is None:
            continue
        taps.delays.append(time.monotonic() - tablet.began)
        if not answer.startswith(b"HTTP/1.1 200") or STORED not in answer:
            taps.trouble.append(answer[:500])
        yield tablet


def _wait_for_the_last(selector: selectors.BaseSelector, taps: Taps) -> None:
    for key in list(selector.get_map().values()):
        tablet = key.data
        while tablet.is_busy:
            answer = tablet.receive()
            if answer is not None:
                taps.delays.append(time.monotonic() - tablet.began)
        tablet.close()
