"""Backing up and going back, as an operator does, in this process."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pyrage
from click.testing import CliRunner, Result

from checkin.cli.backing_up import backup, restore
from tests.school import SECRET, SmallSchool, small_school, taps

IDENTITY = pyrage.x25519.Identity.generate()
PASSPHRASE = "a passphrase of this test"
RELEASED = ("released_round", "released_week", "school", "classroom", "staff", "audit", "tablet")


@contextmanager
def a_released_school(folder: Path, *urls: str) -> Iterator[SmallSchool]:
    """Make a school with a round that was sealed and one that is open."""
    with small_school(folder, *urls) as school:
        school.tap(*taps(4, 8))
        school.seal()
        school.clock.now = school.clock.now.replace(hour=13, minute=5)
        yield school


def run(command: object, folder: Path, *words: object, **settings: str) -> Result:
    """Run a command on a folder; what it raises is in the result."""
    own = {"CHECKIN_DIR": str(folder), "CHECKIN_SECRET_KEY": SECRET}
    return CliRunner().invoke(command, [str(word) for word in words], env={**own, **settings})


def back_up(folder: Path, file: Path, *words: str, **settings: str) -> Result:
    """Back a folder up, locked to an identity of the tests, which is quicker than a passphrase."""
    result = run(backup, folder, file, "--recipient", IDENTITY.to_public(), *words, **settings)
    assert result.exit_code == 0, result.exception
    return result


def restored(folder: Path, file: Path, *words: str, **settings: str) -> Result:
    """Try to go back to a backup of `back_up`."""
    key = file.parent / "identity"
    key.write_text(f"# of a test\n{IDENTITY}\n", encoding="ascii")
    return run(restore, folder, file, "--identity", key, *words, **settings)


def opened(file: Path) -> bytes:
    """Return what is in a backup."""
    return pyrage.decrypt(file.read_bytes(), [IDENTITY])


def rows_of_file(file: Path, *tables: str) -> dict[str, list[tuple]]:
    """Return the rows of tables of a SQLite file."""
    with closing(sqlite3.connect(file)) as one:
        return {
            table: sorted(one.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
            for table in tables or RELEASED
        }
