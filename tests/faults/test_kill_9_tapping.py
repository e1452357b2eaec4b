"""The server is killed fifty times while a class taps: nothing acknowledged is lost or doubled.

Four tablets tap without pause, as tablets do: a tap is sent again, with its key, until it is
acknowledged. The server dies by SIGKILL at random moments, some of them while it starts.
"""

import random
import secrets
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest

from tests.faults.real_time import RealSchool, make_school
from tests.faults.serving import THE_PRODUCT, Server

KILLS = 50
TABLETS = 4
LONGEST_LIFE = 0.08
"""Seconds between the first answer of a life and its end, at most."""
BROKEN = Path(__file__).parent / "broken"


class Ledger:
    """What the tablets know: which keys they made, and which of them were acknowledged."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, str] = {}
        self.oddities: list[str] = []
        self.is_over = threading.Event()
        self._changed = threading.Condition()

    def note(self, results: list[dict[str, str]]) -> None:
        with self._changed:
            for result in results:
                self.acknowledged[result["key"]] = result["status"]
                if result["status"] not in ("stored", "known"):
                    self.oddities.append(f"a tap was answered {result}")
            self._changed.notify_all()

    def wait_for_more(self, seconds: float = 30) -> None:
        """Wait until something more is acknowledged."""
        with self._changed:
            known = len(self.acknowledged)
            assert self._changed.wait_for(lambda: len(self.acknowledged) > known, seconds)


class Tablet(threading.Thread):
    """Taps without pause, and believes nothing but an acknowledgement."""

    def __init__(self, server: Server, ledger: Ledger) -> None:
        super().__init__(daemon=True)
        self.server, self.ledger = server, ledger

    def run(self) -> None:
        while not self.ledger.is_over.is_set():
            batch = [_a_tap(self.server.school) for _ in range(random.randint(1, 3))]
            while not self._send(batch):
                time.sleep(0.01)  # nobody answers: the server is dead or starting

    def _send(self, batch: list[dict[str, object]]) -> bool:
        try:
            status, answer = self.server.tap(batch)
        except (OSError, HTTPException, ValueError):
            return False
        if status != 200:
            self.ledger.oddities.append(f"{status} {answer}")
            return False
        self.ledger.note(answer["results"])
        return True


def what_is_wrong_after_kills(school: RealSchool, kills: int, program=THE_PRODUCT) -> list[str]:
    """Kill the server so many times under load; return what the books do not agree on."""
    ledger, server = Ledger(), Server(school, program)
    tablets = [Tablet(server, ledger) for _ in range(TABLETS)]
    try:
        server.start()
        for tablet in tablets:
            tablet.start()
        for n in range(kills):
            if n % 10 == 9:
                _die_while_starting(server)
            ledger.wait_for_more()
            time.sleep(random.uniform(0, LONGEST_LIFE))
            server.kill()
            server.start()
        ledger.is_over.set()
        for tablet in tablets:
            tablet.join(timeout=30)
        return [*ledger.oddities, *_audit(server, ledger)]
    finally:
        ledger.is_over.set()
        server.kill()


def _die_while_starting(server: Server) -> None:
    server.kill()
    server.start(wait=False)
    time.sleep(random.uniform(0, 0.7))
    server.kill()
    server.start()


def _audit(server: Server, ledger: Ledger) -> Iterator[str]:
    """Compare the tablets' books with what the teacher sees, and with the answers to retries."""
    seen, made = _tapped(server), len(ledger.acknowledged)
    if seen != made:
        yield f"{made} taps were acknowledged, {seen} are stored"
    keys = list(ledger.acknowledged)
    for start in range(0, len(keys), 200):
        again = [{**_a_tap(server.school), "key": key} for key in keys[start : start + 200]]
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


def _a_tap(school: RealSchool) -> dict[str, object]:
    return {
        "key": secrets.token_hex(16),
        "day": school.today.isoformat(),
        "round": "check-in",
        "feeling": random.randint(0, 8),
        "helps": 0,
    }


def test_fifty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    """Two schools side by side, so that it takes half as long."""
    schools = [make_school(tmp_path / name) for name in ("one", "other")]
    with ThreadPoolExecutor(len(schools)) as pool:
        both = pool.map(lambda school: what_is_wrong_after_kills(school, KILLS // 2), schools)
    assert list(both) == [[], []]


@pytest.mark.parametrize("canary", ["acknowledges_too_early.py", "forgets_keys.py"])
def test_it_catches(canary: str, tmp_path: Path) -> None:
    """One that answers half a second before its commit dies in between each time."""
    school = make_school(tmp_path / "files")
    assert what_is_wrong_after_kills(school, 3, (str(BROKEN / canary),)) != []
