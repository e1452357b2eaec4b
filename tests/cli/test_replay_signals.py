"""`checkin replay-signals` is a filter; what it cannot read it refuses with 2 and a line number."""

import json
import shlex
import subprocess
import sys

import pytest

from tests.cli.conftest import Command, Fails

A_ROUND = {
    "classroom": "A",
    "day": "2026-09-01",
    "round": "check-in",
    "pupils": 14,
    "answered": 12,
    "heavy": 3,
}


def lines(*rounds: dict[str, object]) -> str:
    return "".join(json.dumps(one) + "\n" for one in rounds)


@pytest.mark.parametrize(
    "broken",
    [
        "{\n",
        "[" * 60_000 + "\n",
        lines(A_ROUND | {"answered": 15}),
        lines(A_ROUND | {"day": "2026-08-31"}),  # days run forward
        '{"classroom": "A", "pupils": ' + "9" * 6000 + "}\n",
    ],
    ids=range(5),
)
def test_refuses_a_line_it_cannot_read(fails: Fails, broken: str) -> None:
    assert "2" in fails("replay-signals", code=2, stdin=lines(A_ROUND) + broken)


def test_needs_neither_a_secret_nor_a_folder(checkin: Command) -> None:
    done = checkin("replay-signals", stdin=lines(A_ROUND), CHECKIN_SECRET_KEY=None)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not checkin.folder.exists()


def test_nothing_in_nothing_out(checkin: Command) -> None:
    done = checkin("replay-signals", stdin="")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize(("closed", "word"), [("<&-", "input"), (">&-", "output")])
def test_says_in_a_sentence_that_a_stream_is_closed(closed: str, word: str) -> None:
    command = f"echo | exec {shlex.quote(sys.executable)} -m checkin replay-signals {closed}"
    done = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert f"no standard {word}" in done.stderr
    assert len(done.stderr.splitlines()) == 1
