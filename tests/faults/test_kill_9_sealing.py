"""Sealing is killed: never two different lights, and none is lost that anybody saw.

Twice. `checkin seal` is killed before every single statement it runs, one after the other, so that
nothing is left to luck. And the server is killed at random while a teacher seals round after round.
"""

import random
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from http.client import HTTPException
from pathlib import Path

import pytest

from checkin.domain.rounds import Moment
from tests.faults.real_time import RealSchool, make_school, tap_in
from tests.faults.seal_and_die import NEVER
from tests.faults.serving import ROOT, Server
from tests.processes import not_on_windows
from tests.school import SECRET

HERE = Path(__file__).parent
THE_PRODUCT, BROKEN = HERE / "seal_and_die.py", HERE / "broken" / "draws_at_sealing.py"
KILLS = 15
CLASSROOMS = 6
ROUND = "day, moment, answered, heavy, light"


class Sealer:
    """Seals a folder as often as it is asked to, and dies at the step it is told."""

    def __init__(self, program: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", ".".join(program.relative_to(ROOT).with_suffix("").parts)],
            env={"CHECKIN_SECRET_KEY": SECRET, "PATH": ""},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def seal(self, folder: Path, last: int = NEVER) -> int:
        """Return how it ended: 0, or -9 when it was killed at its last step."""
        self.process.stdin.write(f"{folder} {last}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def a_sealer(program: Path) -> Iterator[Sealer]:
    sealer = Sealer(program)
    with sealer.process:  # closes what it is asked through, which ends it
        yield sealer


def what_kills_break(folder: Path, scratch: Path, program: Path) -> Iterator[str]:
    """Kill sealing at each of its steps, look, seal to the end, and tell what does not agree."""
    with a_sealer(program) as sealer:
        last = 0
        while True:
            last += 1
            copy = scratch / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(folder, copy)
            born = _counters(copy)
            ended = sealer.seal(copy, last)
            visible, on_disk = published(copy), committed(copy)
            if ended == 0:
                break
            assert ended == -9, f"step {last}: it ended with {ended}"
            assert sealer.seal(copy) == 0
            yield from (f"step {last}: {told}" for told in _compare(copy, born, visible, on_disk))
        steps = int((copy / "steps").read_text())
        assert last == steps + 1, "it was not killed at each step"
        yield from _compare(copy, born, visible, on_disk)


def _compare(folder: Path, born: dict, visible: dict, on_disk: dict) -> Iterator[str]:
    final = published(folder)
    for where, before in (("was seen", visible), ("was committed", on_disk)):
        for name, value in before.items():
            if final.get(name) != value:
                yield f"{name} {where} as {value}, then became {final.get(name)}"
    for (day, moment), (taps, heavy) in born.items():
        kept = final.get((day, moment))
        if kept is None:
            yield f"the light of {day} {moment} is lost"
        elif kept[:2] != (taps, min(max(heavy, 0), taps)):
            yield f"{day} {moment} is not what its counter held from the start"
    if _counters(folder):
        yield "a counter was left behind"


def published(folder: Path) -> dict:
    """Return every round and week that readers can see."""
    with closing(sqlite3.connect(folder / "checkin.sqlite3")) as file:
        rounds = file.execute(f"SELECT {ROUND} FROM released_round").fetchall()
        weeks = file.execute("SELECT week, shares FROM released_week").fetchall()
    return {(day, moment): tuple(values) for day, moment, *values in rounds} | dict(weeks)


def committed(folder: Path) -> dict:
    """Return every round that is sealed on disk, carried to the readers or not."""
    with closing(sqlite3.connect(folder / "open-rounds.sqlite3")) as file:
        rows = file.execute(f"SELECT {ROUND} FROM sealed_round").fetchall()
    return {(day, moment): tuple(values) for day, moment, *values in rows}


def _counters(folder: Path) -> dict:
    with closing(sqlite3.connect(folder / "open-rounds.sqlite3")) as file:
        rows = file.execute("SELECT day, moment, taps, heavy FROM open_round").fetchall()
    return {(day, moment): (taps, heavy) for day, moment, taps, heavy in rows}


def a_school_to_seal(folder: Path) -> RealSchool:
    """Make a school with a week to be pictured, its rounds sealed, and yesterday to be sealed."""
    school = make_school(folder)
    monday = school.today - timedelta(days=school.today.weekday() + 14)
    days = [monday + timedelta(days=n) for n in range(3)]
    room = school.classrooms[0]
    tap_in(school, [(room, day, moment) for day in days for moment in Moment], seal_after=days[-1])
    yesterday = school.today - timedelta(days=1)
    tap_in(school, [(room, yesterday, moment) for moment in Moment])
    return school


@pytest.mark.thorough
@not_on_windows
def test_a_kill_at_any_step_shows_no_second_light(tmp_path: Path) -> None:
    school = a_school_to_seal(tmp_path / "files")
    assert list(what_kills_break(school.folder, tmp_path, THE_PRODUCT)) == []


@not_on_windows
def test_there_are_rounds_and_a_week_to_seal(tmp_path: Path) -> None:
    """If there were nothing to seal there would be no moment to be killed at."""
    school = a_school_to_seal(tmp_path / "files")
    with a_sealer(THE_PRODUCT) as sealer:
        assert sealer.seal(school.folder) == 0
    shown = published(school.folder)
    assert len(shown) == 6 + 2 + 1
    assert [shares for name, shares in shown.items() if isinstance(name, str) and shares]


@not_on_windows
def test_it_catches_noise_that_is_drawn_when_sealing(tmp_path: Path) -> None:
    school = a_school_to_seal(tmp_path / "files")
    assert next(what_kills_break(school.folder, tmp_path, BROKEN), None) is not None


# The server, killed while a teacher seals.


class Lights:
    """Every light that anybody saw of a round."""

    def __init__(self) -> None:
        self.seen: dict[tuple, set] = defaultdict(set)
        self.answered = threading.Event()

    def second_ones(self) -> list[str]:
        return [
            f"{round} showed {sorted(seen)}" for round, seen in self.seen.items() if len(seen) > 1
        ]


def _look(server: Server, lights: Lights, cookie: dict[str, str]) -> int:
    shown = 0
    day = server.school.today
    for classroom in server.school.classrooms:
        page = f"/classrooms/{classroom}/trend.json?from={day}&to={day}"
        status, trend = server.ask("GET", page, headers=cookie)
        assert status == 200
        for one in trend["rounds"]:
            shown += 1
            lights.seen[classroom, one["round"]].add((one["light"], one["answered"]))
    return shown


def _seal_all(server: Server, lights: Lights, cookie: dict[str, str]) -> None:
    rounds = [(classroom, moment) for classroom in server.school.classrooms for moment in Moment]
    random.shuffle(rounds)
    for classroom, moment in rounds:
        path = f"/classrooms/{classroom}/rounds/{server.school.today}/{moment}/seal"
        try:
            status, told = server.ask("POST", path, headers=cookie)
        except (OSError, HTTPException, ValueError):
            return  # killed
        assert status == 200, told
        lights.seen[classroom, moment.value].add((told["light"], told["answered"]))
        lights.answered.set()


@pytest.mark.thorough
def test_kills_while_a_teacher_seals_show_one_light_a_round(tmp_path: Path) -> None:
    school = make_school(tmp_path / "files", CLASSROOMS)
    rounds = [(c, school.today, moment) for c in school.classrooms for moment in Moment]
    tap_in(school, rounds)
    lights, server, shown = Lights(), Server(school), 0
    with server:
        cookie = server.sign_in()
        for _ in range(KILLS):
            lights.answered.clear()
            teacher = threading.Thread(target=_seal_all, args=(server, lights, cookie))
            teacher.start()
            if random.random() < 0.7:
                assert lights.answered.wait(20)
            time.sleep(random.uniform(0, 0.02))
            server.kill()
            teacher.join(timeout=20)
            server.start()
            now_shown = _look(server, lights, cookie)
            assert now_shown >= shown, "a light that was visible is gone"
            shown = now_shown
        _seal_all(server, lights, cookie)
        assert _look(server, lights, cookie) == len(rounds)
    assert lights.second_ones() == []
    assert len(lights.seen) == len(rounds)
