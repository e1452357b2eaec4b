"""PostgreSQL itself is killed while a class taps and while a teacher seals.

By SIGKILL to every process of it, as when its machine fails, and to the one process that serves the
open rounds, after which it ends and renews all others. Meanwhile the app answers 503 and says when
to come again; when the server is back, it goes on by itself.

The account: acknowledged is stored, each once; every round has one light, and it is never gone.
"""

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from pathlib import Path

import pytest

from checkin.domain.rounds import Moment
from tests.faults.mortal_postgresql import MortalServer, a_mortal_server
from tests.faults.real_time import RealSchool, make_school, tap_in
from tests.faults.serving import THE_PRODUCT, Server
from tests.faults.tapping import Ledger, NothingTaken, Tablet, a_tap, audit
from tests.postgresql import find_programs

pytestmark = pytest.mark.skipif(find_programs() is None, reason="PostgreSQL is not installed")
BROKEN = Path(__file__).parent / "broken"
KILLS, MANY_KILLS = 4, 100
TABLETS = 4
CLASSROOMS = 4
PATIENCE_S = 60


@pytest.fixture
def postgresql() -> Iterator[MortalServer]:
    with a_mortal_server() as server:
        yield server


def a_school(folder: Path, postgresql: MortalServer, classrooms: int = 1) -> RealSchool:
    database = postgresql.database
    return make_school(folder / "files", classrooms, (database.url, database.open_rounds_url))


def what_is_wrong_after_kills(
    school: RealSchool, postgresql: MortalServer, kills: int, program: tuple[str, ...] = THE_PRODUCT
) -> list[str]:
    """Kill the database so many times under load; return what the books do not agree on."""
    ledger, wrong = Ledger(), []
    with Server(school, program) as server:
        tablets = [Tablet(server, ledger, may_fail=True) for _ in range(TABLETS)]
        for tablet in tablets:
            tablet.start()
        try:
            for n in range(kills):
                ledger.wait_for_more(PATIENCE_S)
                wrong += _kill_once(server, postgresql, only_a_backend=n % 4 == 3)
            ledger.wait_for_more(PATIENCE_S)
        except NothingTaken as standstill:
            return [*wrong, str(standstill)]
        ledger.is_over.set()
        for tablet in tablets:
            tablet.join(timeout=PATIENCE_S)
            assert not tablet.is_alive(), "a tap was never taken"
        assert ledger.failures, "no try failed: there was nothing to withstand"
        return [*wrong, *ledger.oddities, *audit(server, ledger)]


def _kill_once(server: Server, postgresql: MortalServer, only_a_backend: bool) -> list[str]:
    time.sleep(random.uniform(0, 0.2))
    if only_a_backend:
        postgresql.kill_a_backend()
        return []
    postgresql.kill()
    wrong = list(_what_is_said_meanwhile(server))
    postgresql.start()
    return wrong


def _what_is_said_meanwhile(server: Server) -> Iterator[str]:
    status, _ = server.tap([a_tap(server.school)])
    if status != 503:
        yield f"a tap was answered {status} without a database"
    status, _ = server.ask("GET", "/healthz")
    if status != 503:
        yield f"it calls itself well without a database: {status}"


def test_kills_while_a_class_taps_lose_and_double_nothing(
    tmp_path: Path, postgresql: MortalServer
) -> None:
    school = a_school(tmp_path, postgresql)
    assert what_is_wrong_after_kills(school, postgresql, KILLS) == []


@pytest.mark.long
def test_nor_do_a_hundred(tmp_path: Path, postgresql: MortalServer) -> None:
    school = a_school(tmp_path, postgresql)
    assert what_is_wrong_after_kills(school, postgresql, MANY_KILLS) == []


def what_is_wrong_with_lights(school: RealSchool, postgresql: MortalServer) -> list[str]:
    """Seal round after round, each until it is answered, while the database dies under it."""
    rounds = [(room, school.today, moment) for room in school.classrooms for moment in Moment]
    tap_in(school, rounds)
    seen: defaultdict[tuple, set] = defaultdict(set)
    with Server(school) as server, ThreadPoolExecutor(1) as pool:
        cookie = server.sign_in()
        for room, day, moment in rounds:
            address = f"/classrooms/{room}/rounds/{day}/{moment}/seal"
            sealing = pool.submit(_until_answered, server, "POST", address, cookie)
            time.sleep(random.uniform(0, 0.05))
            postgresql.kill()
            postgresql.start()
            told = sealing.result(timeout=PATIENCE_S)
            seen[room, moment.value].add((told["light"], told["answered"]))
        for room in school.classrooms:
            page = f"/classrooms/{room}/trend.json?from={school.today}&to={school.today}"
            for one in _until_answered(server, "GET", page, cookie)["rounds"]:
                seen[room, one["round"]].add((one["light"], one["answered"]))
    wrong = [
        f"{round} showed {sorted(lights)}" for round, lights in seen.items() if len(lights) > 1
    ]
    wrong += [f"{round} has not all" for round, lights in seen.items() if min(lights)[1] != 12]
    left = postgresql.database.ask("SELECT count(*) FROM open_rounds.open_round")
    return wrong + ([f"counters were left: {left}"] if left != [(0,)] else [])


def _until_answered(server: Server, method: str, address: str, cookie: dict[str, str]) -> dict:
    patience = time.monotonic() + PATIENCE_S
    while time.monotonic() < patience:
        try:
            status, told = server.ask(method, address, headers=cookie)
        except (OSError, HTTPException, ValueError):
            continue
        if status == 200:
            return told
        assert status == 503, (status, told)
        time.sleep(0.05)
    raise AssertionError(f"never answered: {address}")


@pytest.mark.thorough
def test_kills_while_a_teacher_seals_show_one_light_a_round(
    tmp_path: Path, postgresql: MortalServer
) -> None:
    school = a_school(tmp_path, postgresql, CLASSROOMS)
    assert what_is_wrong_with_lights(school, postgresql) == []


@pytest.mark.thorough
def test_it_catches_a_server_that_does_not_wait_for_the_log(
    tmp_path: Path, postgresql: MortalServer
) -> None:
    school = a_school(tmp_path, postgresql)
    program = (str(BROKEN / "does_not_wait_for_the_log.py"),)
    assert what_is_wrong_after_kills(school, postgresql, 3, program) != []
