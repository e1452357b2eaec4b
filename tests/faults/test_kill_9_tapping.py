"""The server is killed a hundred times while a class taps: nothing acknowledged is lost or doubled.

Four tablets tap without pause, as tablets do: a tap is sent again, with its key, until it is
acknowledged. The server dies by SIGKILL at random moments, some of them while it starts.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.faults.real_time import RealSchool, make_school
from tests.faults.serving import THE_PRODUCT, Server
from tests.faults.tapping import Ledger, Tablet, audit
from tests.often import first

A_FEW_KILLS, KILLS, MANY_KILLS = 24, 100, 1000
TABLETS = 4
LONGEST_LIFE = 0.08
"""Seconds between the first answer of a life and its end, at most."""
BROKEN = Path(__file__).parent / "broken"


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
        return [*ledger.oddities, *audit(server, ledger)]
    finally:
        ledger.is_over.set()
        server.kill()


def _die_while_starting(server: Server) -> None:
    server.kill()
    server.start(wait=False)
    time.sleep(random.uniform(0, 0.7))
    server.kill()
    server.start()


def kill_two_schools(tmp_path: Path, kills: int) -> list[list[str]]:
    """Kill two servers side by side, so that it takes half as long."""
    schools = [make_school(tmp_path / name) for name in ("one", "other")]
    with ThreadPoolExecutor(len(schools)) as pool:
        return list(pool.map(lambda s: what_is_wrong_after_kills(s, kills // 2), schools))


def test_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    assert kill_two_schools(tmp_path, A_FEW_KILLS) == [[], []]


@pytest.mark.thorough
def test_a_hundred_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    assert kill_two_schools(tmp_path, KILLS) == [[], []]


@pytest.mark.long
def test_a_thousand_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    assert kill_two_schools(tmp_path, MANY_KILLS) == [[], []]


@pytest.mark.parametrize("canary", first(["acknowledges_too_early.py", "forgets_keys.py"]))
def test_it_catches(canary: str, tmp_path: Path) -> None:
    """One that answers half a second before its commit dies in between each time."""
    school = make_school(tmp_path / "files")
    assert what_is_wrong_after_kills(school, 3, (str(BROKEN / canary),)) != []
