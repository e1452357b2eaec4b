"""Nobody else on the machine can read a file of the school, whatever the umask was."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from checkin.storage.private_files import keep_private
from tests.school import small_school, taps

pytestmark = pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """An account that lets everybody read and write what it makes."""
    before = os.umask(0)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.glob("*.sqlite3*")}


def test_every_file_is_for_us_alone_from_the_first_moment(tmp_path: Path) -> None:
    with small_school(tmp_path) as school:
        school.tap(*taps(1, 2))
        found = modes(tmp_path)
    assert {"checkin.sqlite3", "checkin.sqlite3-wal", "open-rounds.sqlite3"} <= set(found)
    assert set(found.values()) == {0o600}, found


def test_what_others_could_read_is_taken_from_them(tmp_path: Path) -> None:
    for name in ("a.sqlite3", "a.sqlite3-wal", "b.sqlite3"):
        (tmp_path / name).touch(mode=0o666)
    keep_private(tmp_path / "a.sqlite3")
    assert modes(tmp_path) == {"a.sqlite3": 0o600, "a.sqlite3-wal": 0o600, "b.sqlite3": 0o666}


def test_a_lock_that_is_held_stays_held(tmp_path: Path) -> None:
    """Whoever opens and closes such a file loses every lock of SQLite's on it."""
    file = tmp_path / "a.sqlite3"
    with closing(sqlite3.connect(file, isolation_level=None)) as ours:
        ours.execute("CREATE TABLE one (number)")
        ours.execute("BEGIN EXCLUSIVE")
        keep_private(file)
        reading = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0)"
        reading += ".execute('SELECT * FROM one').fetchall()"
        done = subprocess.run(
            [sys.executable, "-c", reading, file], capture_output=True, text=True, timeout=60
        )
    assert "locked" in done.stderr
