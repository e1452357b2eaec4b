"""`make adversary` and `make faults` say what got through, and are red when anything did."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
A_RUN = """
import sys
from tools import scorecard
scorecard.SUITES["adversary"] = tuple(sys.argv[1:])
sys.argv = ["scorecard", "adversary"]
scorecard.main()
"""
HELD = '''
"""X1: somebody knocks."""
def test_the_door_holds(): ...
def test_it_catches_an_open_door(): ...
'''
GOT_THROUGH = HELD + "def test_so_does_the_window(): assert False\n"
MISSED = HELD + "def test_it_catches_an_open_window(): assert False\n"
SECOND_GO = """
import pytest
GOES = []
@pytest.mark.flaky(reruns=1)
def test_holds_at_the_second_go():
    GOES.append(1)
    assert len(GOES) == 2
"""


def scored(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Run a suite of one file."""
    file = folder / "test_x01_knocking.py"
    file.write_text(text.lstrip(), encoding="utf-8")
    command = [sys.executable, "-c", A_RUN, file.name]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("text", "code", "tried", "came", "of_all"),
    [
        (HELD, 0, (1, 1), "held", "0 successes; 1 canaries caught, 0 missed"),
        (GOT_THROUGH, 1, (1, 1), "1 GOT THROUGH, 0", "1 successes; 1 canaries caught, 0 missed"),
        (MISSED, 1, (1, 1), "0 GOT THROUGH, 1", "0 successes; 1 canaries caught, 1 missed"),
        (SECOND_GO, 0, (1, 0), "held", "0 successes; 0 canaries caught, 0 missed"),
    ],
    ids=["held", "got through", "canary missed", "second go"],
)
def test_says_what_came_of_each_file_and_of_all(
    tmp_path: Path, text: str, code: int, tried: tuple[int, int], came: str, of_all: str
) -> None:
    run = scored(tmp_path, text)
    assert run.returncode == code, run.stdout + run.stderr
    *_, line, _, total = run.stdout.splitlines()
    assert total == of_all
    assert re.search(rf" {tried[0]} +{tried[1]} +\d+  {came}", line), line
