"""kill -9 while a backup is put back: the school is the old one or the new one, and whole."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.keeping import IDENTITY, a_released_school, back_up, restored, rows_of_file
from tests.processes import KILLED
from tests.school import SECRET

ROOT = Path(__file__).parents[2]
WATCHED = ("open", "os.rename", "os.link", "os.remove", "sqlite3.connect")
PROGRAM = """
import json, os, sys

folder, after, log = sys.argv[1], int(sys.argv[2]), open(sys.argv[3], "w")
steps = []

def watch(event, arguments):
    touched = [str(one) for one in arguments if isinstance(one, (str, bytes, os.PathLike))]
    if event not in WATCHED or not any(folder in one for one in touched):
        return
    steps.append([event, *touched])
    if len(steps) == after:
        os.kill(os.getpid(), 9)

sys.addaudithook(watch)
from checkin.cli import main
sys.argv = ["checkin", "restore", *sys.argv[4:]]
try:
    main()
finally:
    json.dump(steps, log)
    log.close()
""".replace("WATCHED", repr(WATCHED))


class Drill:
    """A school called Later, and a backup of when it was called De Waterlelie."""

    def __init__(self, folder: Path) -> None:
        self.place, self.copy = folder / "files", folder / "copy.age"
        with a_released_school(self.place):
            back_up(self.place, self.copy)
        self.restored, self.later = self._facts(), folder / "later.sqlite3"
        with closing(sqlite3.connect(self.place / "checkin.sqlite3")) as file:
            file.execute("UPDATE school SET name = 'Later'")
            file.commit()
            file.execute("VACUUM INTO ?", (str(self.later),))
        (folder / "identity").write_text(str(IDENTITY))

    def run(self, after: int) -> tuple[int, list[list[str]]]:
        """Restore, killed before so many steps on files, and return how it ended and its steps."""
        log = self.place.parent / "steps"
        words = [self.copy, "--replace", "--identity", self.place.parent / "identity"]
        command = [sys.executable, "-c", PROGRAM, self.place, after, log, *words]
        settings = {"CHECKIN_DIR": str(self.place), "CHECKIN_SECRET_KEY": SECRET}
        done = subprocess.run(
            [str(word) for word in command],
            cwd=ROOT,
            env=settings,
            timeout=60,
            capture_output=True,
            text=True,
        )
        if done.returncode == 0:
            return 0, json.loads(log.read_text())
        assert done.returncode == KILLED, done.stderr
        return done.returncode, []

    def put_back(self) -> None:
        """Let the school be the one called Later again."""
        for file in self.place.iterdir():
            file.unlink()
        (self.place / "checkin.sqlite3").write_bytes(self.later.read_bytes())

    def check(self) -> str:
        """See that the school is whole, and return what it is called."""
        with closing(sqlite3.connect(self.place / "checkin.sqlite3")) as file:
            assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ((name,),) = file.execute("SELECT name FROM school")
        assert self._facts() == self.restored
        if name == "De Waterlelie":
            (kept,) = self.place.glob("checkin.sqlite3.before-restore-*[Z]")
            ((_, later, *_more),) = rows_of_file(kept, "school")["school"]
            assert later == "Later"
        return name

    def _facts(self) -> dict[str, list[tuple]]:
        return rows_of_file(self.place / "checkin.sqlite3", "released_round", "classroom", "staff")


@pytest.fixture
def drill(tmp_path: Path) -> Drill:
    return Drill(tmp_path)


def the_exchange(steps: list[list[str]]) -> int:
    """Return the number of the step that puts the new file in the place of the old one."""
    (number,) = [
        n
        for n, step in enumerate(steps, 1)
        if step[0] == "os.rename" and step[-1].endswith("/checkin.sqlite3")
    ]
    return number


def test_around_the_exchange_it_is_old_until_then_and_new_from_then(drill: Drill) -> None:
    _, steps = drill.run(10_000)
    assert drill.check() == "De Waterlelie"
    exchange = the_exchange(steps)
    called = []
    for after in (exchange - 1, exchange, exchange + 1):
        drill.put_back()
        assert drill.run(after)[0] == KILLED
        called.append(drill.check())
    assert called == ["Later", "Later", "De Waterlelie"]


@pytest.mark.thorough
def test_after_a_kill_the_next_try_succeeds_and_tidies_up(drill: Drill) -> None:
    _, steps = drill.run(10_000)
    drill.put_back()
    drill.run(the_exchange(steps))
    assert list(drill.place.glob(".checkin-restore-*"))
    assert restored(drill.place, drill.copy, "--replace").exit_code == 0
    assert not list(drill.place.glob(".checkin-restore-*"))
    with closing(sqlite3.connect(drill.place / "checkin.sqlite3")) as file:
        assert file.execute("SELECT name FROM school").fetchone() == ("De Waterlelie",)


@pytest.mark.long
def test_at_every_step_it_is_the_old_one_or_the_new_one(drill: Drill) -> None:
    _, steps = drill.run(10_000)
    exchange = the_exchange(steps)
    print(f"{len(steps)} steps, the exchange is number {exchange}")
    for after in range(1, len(steps) + 1):
        drill.put_back()
        drill.run(after)
        assert drill.check() == ("Later" if after <= exchange else "De Waterlelie"), steps[
            after - 1
        ]
