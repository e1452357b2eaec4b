"""`checkin seal` may be run twice, and twice at once."""

import re
import sqlite3
import subprocess
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from checkin.domain.rounds import Moment
from tests.cli.conftest import ROOT, Command
from tests.faults.real_time import RealSchool, make_school, tap_in


@pytest.fixture
def school(checkin: Command) -> RealSchool:
    """Eight rounds of yesterday, four classes, that nobody sealed."""
    school = make_school(checkin.folder, classrooms=4)
    yesterday = school.today - timedelta(days=1)
    tap_in(school, [(room, yesterday, moment) for room in school.classrooms for moment in Moment])
    return school


def lights(folder: Path) -> list[tuple]:
    with closing(sqlite3.connect(folder / "checkin.sqlite3")) as file:
        return sorted(file.execute("SELECT classroom_id, moment, heavy, light FROM released_round"))


def sealed(said: str) -> int:
    return int(re.fullmatch(r"sealed (\d+) rounds and closed \d+ weeks\n", said)[1])


def test_a_second_time_changes_nothing(checkin: Command, school: RealSchool) -> None:
    assert sealed(checkin("seal").stdout) == 8
    first = lights(school.folder)
    assert len(first) == 8
    assert sealed(checkin("seal").stdout) == 0
    assert lights(school.folder) == first


def test_two_at_once_seal_each_round_once(checkin: Command, school: RealSchool) -> None:
    both = [
        subprocess.Popen(
            checkin.line("seal"),
            env=checkin.environment({}),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0, 0], said
    assert sum(sealed(out) for out, _ in said) == 8
    first = lights(school.folder)
    assert len(first) == 8
    assert sealed(checkin("seal").stdout) == 0
    assert lights(school.folder) == first
