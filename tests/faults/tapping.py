"""Tablets that tap without pause at a server that may fail, and the books they keep."""

import random
import secrets
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException

from tests.faults.real_time import RealSchool
from tests.faults.serving import Server


class NothingTaken(Exception):
    """A server that is there took no tap for as long as anybody waits."""


class Ledger:
    """What the tablets know: which keys they made, and which of them were acknowledged."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, str] = {}
        self.oddities: list[str] = []
        self.failures = 0
        self.is_over = threading.Event()
        self.is_given_up = False
        self._changed = threading.Condition()

    def note(self, results: list[dict[str, str]]) -> None:
        with self._changed:
            for result in results:
                self.acknowledged[result["key"]] = result["status"]
                if result["status"] not in ("stored", "known"):
                    self.oddities.append(f"a tap was answered {result}")
            self._changed.notify_all()

    def wait_for_more(self, seconds: float = 30) -> None:
        """Wait until something more is acknowledged; NothingTaken ends the tablets' work."""
        with self._changed:
            known = len(self.acknowledged)
            if not self._changed.wait_for(lambda: len(self.acknowledged) > known, seconds):
                self.is_given_up = True
                raise NothingTaken(f"no tap was taken for {seconds:.0f} s")


class Tablet(threading.Thread):
    """Taps without pause, and believes nothing but an acknowledgement."""

    def __init__(self, server: Server, ledger: Ledger, may_fail: bool = False) -> None:
        super().__init__(daemon=True)
        self.server, self.ledger, self.may_fail = server, ledger, may_fail

    def run(self) -> None:
        while not self.ledger.is_over.is_set() and not self.ledger.is_given_up:
            batch = [a_tap(self.server.school) for _ in range(random.randint(1, 3))]
            while not self._send(batch) and not self.ledger.is_given_up:
                time.sleep(0.01)  # nobody answers: the server is dead or starting

    def _send(self, batch: list[dict[str, object]]) -> bool:
        try:
            status, answer = self.server.tap(batch)
        except (OSError, HTTPException, ValueError):
            return False
        if status == 503 and self.may_fail:
            self.ledger.failures += 1
            return False
        if status != 200:
            self.ledger.oddities.append(f"{status} {answer}")
            return False
        self.ledger.note(answer["results"])
        return True


def audit(server: Server, ledger: Ledger) -> Iterator[str]:
    """Compare the tablets' books with what the teacher sees, and with the answers to retries."""
    seen, made = _tapped(server), len(ledger.acknowledged)
    if seen != made:
        yield f"{made} taps were acknowledged, {seen} are stored"
    keys = list(ledger.acknowledged)
    for start in range(0, len(keys), 200):
        again = [{**a_tap(server.school), "key": key} for key in keys[start : start + 200]]
        status, answer = server.tap(again)
        if status != 200:
            yield f"a retry was answered {status}"
            continue
        for result in answer["results"]:
            if result["status"] != "known":
                yield f"an acknowledged tap was answered {result['status']} when it came again"
    if _tapped(server) != seen:
        yield "retries were counted"


def _tapped(server: Server) -> int:
    """Return how many have tapped, as the teacher sees it."""
    page = f"/classrooms/{server.school.classrooms[0]}/today.json"
    status, today = server.ask("GET", page, headers=server.sign_in())
    assert status == 200
    return next(r["tapped"] for r in today["rounds"] if r["round"] == "check-in")


def a_tap(school: RealSchool) -> dict[str, object]:
    """Return a tap of today with a fresh key."""
    return {
        "key": secrets.token_hex(16),
        "day": school.today.isoformat(),
        "round": "check-in",
        "feeling": random.randint(0, 8),
        "helps": 0,
    }
