"""Who guesses at several server processes at once gets no guess more than at one."""

import json
import subprocess
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

import pytest

from checkin.services import slowing_down
from checkin.services.slowing_down import FREE_GUESSES, WaitFirst
from checkin.storage.database import db
from tests.often import first
from tests.school import HeldClock, small_school

ROOT = Path(__file__).parents[2]
PROCESSES, TIMES = 2, 12


def addresses(request, kind):
    """Return the two addresses of a database: none for files, else of a PostgreSQL server."""
    if kind == "files":
        return "", ""
    database = request.getfixturevalue("database")
    return database.url, database.open_rounds_url


@pytest.fixture(params=first(["postgresql", "files"]))
def place(request, tmp_path):
    urls = addresses(request, request.param)
    with small_school(tmp_path, *(url or None for url in urls)):
        yield (str(tmp_path), *urls)


@pytest.fixture
def processes(place):
    """Server processes on one database, all of them ready."""
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, "-m", "tests.storage.guessing_process", *place],
                    cwd=ROOT,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(PROCESSES)
        ]
        for process in started:
            assert process.stdout.readline() == "ready\n"
        yield started
        for process in started:
            process.stdin.close()


def guess(processes, what):
    """Let all of them guess at once; return what came of it, all together."""
    for process in processes:
        process.stdin.write(json.dumps({"do": what, "times": TIMES}) + "\n")
        process.stdin.flush()
    found = Counter()
    for process in processes:
        found.update(json.loads(process.stdout.readline()))
    return found


def test_passwords_and_codes(processes):
    held_back = PROCESSES * TIMES - FREE_GUESSES
    for what in ("sign-in", "enrol"):
        assert guess(processes, what) == {"tried": FREE_GUESSES, "held back": held_back}, what


def test_a_guess_more_is_not_counted_while_guesses_wait(tmp_path):
    now = HeldClock().now
    with small_school(tmp_path):
        for _ in range(FREE_GUESSES):
            slowing_down.count("sign-in", "somebody", now)
            db.session.commit()
        with pytest.raises(WaitFirst) as wait:
            slowing_down.count("sign-in", "somebody", now)  # it had looked before the fifth came
        assert wait.value.seconds == 2
