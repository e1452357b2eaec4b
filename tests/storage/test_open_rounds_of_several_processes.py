"""Several server processes on one PostgreSQL: each tap once, each light once, whoever dies."""

import json
import os
import random
import secrets
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import pytest

from checkin.domain.feelings import Feeling
from checkin.domain.taps import Status
from checkin.services import tapping
from checkin.storage import released
from checkin.storage.open_rounds import open_rounds
from tests.school import a_tap, small_school

ROOT = Path(__file__).parents[2]


@pytest.fixture
def school(tmp_path, database):
    with small_school(tmp_path, database.url, database.open_rounds_url) as made:
        yield made


class Process:
    """A server process in which nothing but its tasks happens."""

    def __init__(self, school, database, folder):
        of = (folder, database.url, database.open_rounds_url, school.token)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.storage.a_process", *map(str, of)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        assert self.process.stdout.readline() == "ready\n"
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait()

    def ask(self, do, **more):
        """Return the answer; None when it died over it."""
        self.process.stdin.write(json.dumps({"do": do} | more) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        return json.loads(answer) if answer else None

    def tap(self, keys):
        return self.ask("tap", taps=[(key, Feeling.SAD.digit) for key in keys])

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)


@pytest.fixture
def processes(school, database, tmp_path):
    """Two processes beside this one."""
    with ExitStack() as stack:
        made = [Process(school, database, tmp_path / f"process-{n}") for n in range(2)]
        yield [stack.enter_context(process) for process in made]


def all_at_once(tasks):
    with ThreadPoolExecutor(len(tasks)) as pool:
        return [future.result() for future in [pool.submit(task) for task in tasks]]


def test_a_tap_that_reaches_two_processes_at_once_is_stored_once(school, processes):
    keys = [secrets.token_hex(16) for _ in range(120)]

    def send(process, order):
        order = random.Random(order).sample(keys, len(keys))
        told = {}
        for n in range(0, len(order), 3):
            told |= dict(zip(order[n : n + 3], process.tap(order[n : n + 3]), strict=True))
        return told

    told = all_at_once([lambda p=p, n=n: send(p, n) for n, p in enumerate(processes)])
    for key in keys:
        assert sorted(one[key] for one in told) == ["known", "stored"]
    assert tapping.taps_so_far([school.round()]) == [len(keys)]
    assert all("stored" in one.values() for one in told), "they did not run at the same time"


@pytest.mark.thorough
def test_of_two_processes_that_seal_at_once_one_does(school, processes):
    for process in processes:
        process.tap([secrets.token_hex(16) for _ in range(6)])
    sealed = all_at_once([lambda p=p: p.ask("seal") for p in processes])
    assert sorted(is_new for is_new, *_ in sealed) == [False, True]
    assert {(light, answered) for _, light, answered in sealed} == {(sealed[0][1], 12)}


@pytest.mark.thorough
def test_a_round_sealed_by_one_process_is_sealed_for_the_other(school, processes):
    one, other = processes
    one.tap([secrets.token_hex(16) for _ in range(7)])
    other.ask("seal")
    assert one.tap([secrets.token_hex(16)]) == ["late"]


@pytest.mark.thorough
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_process_killed_while_it_seals_leaves_one_light(school, processes, when):
    processes[0].tap([secrets.token_hex(16) for _ in range(9)])
    assert processes[0].ask("seal and die", when=when) is None
    assert released.find_round(school.round()) is None
    committed = open_rounds().run(lambda tx: tx.sealed_rounds())
    assert len(committed) == (when == "after")
    sealed = school.seal()
    assert sealed.round.released.answered == 9
    assert [sealed.round.released] == [one.released for one in committed] or when == "before"
    assert processes[1].ask("seal")[0] is False


def test_what_a_killed_process_acknowledged_is_stored_and_nothing_more(school, processes):
    acknowledged = []

    def tap_until_killed():
        while True:
            key = secrets.token_hex(16)
            if processes[0].tap([key]) is None:
                return
            acknowledged.append(key)

    def kill():
        time.sleep(1)
        processes[0].kill()

    all_at_once([tap_until_killed, kill])
    assert acknowledged
    again = school.tap(*(a_tap(key=bytes.fromhex(key)) for key in acknowledged[-50:]))
    assert {result.status for result in again} == {Status.KNOWN}
    (keys,) = open_rounds().run(lambda tx: tx._execute("SELECT count(*) FROM spent_key").fetchone())
    assert tapping.taps_so_far([school.round()]) == [keys]
    assert keys - len(acknowledged) in (0, 1)  # the last one may be stored and not told
