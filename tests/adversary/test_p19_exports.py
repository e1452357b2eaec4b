"""P19: somebody with the keys of the house asks every command, export and copy for a counter.

The attack: mark every counter of the open rounds with a dye, a number that occurs nowhere else, as
the tracer in a river. Then, while the round is open, run every command there is, read every page as
an administrator, and copy every file but that of the open rounds, as a backup does. Wherever the
dye comes up, a counter leaked.

The promise: nothing of an open round leaves its file but how many have tapped.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from checkin.storage.open_rounds import FILE
from checkin.storage.open_rounds.file import COUNTERS
from tests.adversary.places import ALL, SAME_SITE, Place, signed_in
from tests.adversary.polling import addresses_of
from tests.school import SECRET, HeldClock, at, taps

DYE = 48_151_623
MARK = str(DYE)[:6].encode()
NEVER_READ = {FILE, f"{FILE}-journal"}
Commands = tuple[tuple[str, ...], ...]
COMMANDS: Commands = (
    ("seal",),
    ("review",),
    ("forget",),
    ("migrate",),
    ("replay-signals",),
    ("--help",),
    ("--version",),
)


def where_the_dye_comes_up(place: Place) -> list[str]:
    """Tap, dye the counters, ask everything; return where the dye was seen."""
    _tap_and_dye(place)
    return [*dyed_pages(place), *dyed_commands(place.folder), *dyed_files(place.folder)]


def dyed_pages(place: Place) -> list[str]:
    """Read every page as somebody who may see all there is."""
    found = []
    with place.opened(HeldClock(at(8, 30))) as school:
        browser = signed_in(school, ALL)
        for address in addresses_of(school.app, place):
            for accept in ("text/html", "application/json"):
                reply = browser.get(address, headers={**SAME_SITE, "Accept": accept}, buffered=True)
                if _is_dyed(reply.get_data() + str(reply.headers).encode()):
                    found.append(f"{accept} of {address}")
    return found


def dyed_commands(folder: Path, commands: Commands = COMMANDS, variant: str = "") -> list[str]:
    """Run commands of the program, or of one that is broken."""
    return [command[0] for command in commands if _is_dyed(_run(folder, command, variant))]


def dyed_files(folder: Path) -> list[str]:
    """Read every file that a backup of the folder would take."""
    files = [file for file in folder.rglob("*") if file.is_file() and file.name not in NEVER_READ]
    return [file.name for file in files if _is_dyed(_all_of(file))]


def _all_of(file: Path) -> bytes:
    """Return the bytes of a file and, of a database, also what its rows say in words."""
    found = file.read_bytes()
    if found.startswith(b"SQLite format 3"):
        with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
            found += "\n".join(connection.iterdump()).encode()
    return found


def _is_dyed(found: bytes) -> bool:
    return MARK in found


def _tap_and_dye(place: Place) -> None:
    with place.opened(HeldClock(at(8, 30))) as school:
        school.tap(*taps(5, 7))
    _dye(place.folder / FILE)


def _dye(file: Path) -> None:
    dyed = ", ".join(f"{name} = {name} + {DYE}" for name in COUNTERS)
    with sqlite3.connect(file) as connection:
        connection.execute(f"UPDATE open_round SET heavy = heavy + {DYE}")
        connection.execute(f"UPDATE open_week SET {dyed}")
    connection.close()


def _run(folder: Path, command: tuple[str, ...], variant: str) -> bytes:
    """Run a command at the moment of the round, by a clock that is set for it."""
    environ = {**os.environ, "CHECKIN_DIR": str(folder), "CHECKIN_SECRET_KEY": SECRET}
    program = f"{AT_THAT_MOMENT}\n{variant}\nimport checkin.cli; checkin.cli.main()"
    ended = subprocess.run(
        [sys.executable, "-c", program, *command],
        env=environ,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
    )
    return ended.stdout + ended.stderr


AT_THAT_MOMENT = f"""
import checkin.cli.keeping, checkin.cli.starting
from datetime import datetime
def then(): return datetime.fromisoformat({at(8, 45).isoformat()!r})
checkin.cli.keeping.now = checkin.cli.starting.now = then
"""


def test_the_dye_comes_up_nowhere(place: Place) -> None:
    assert where_the_dye_comes_up(place) == []


def test_there_is_dye_in_the_open_rounds_and_it_can_be_seen(place: Place) -> None:
    """Were there none, the attack would look for nothing."""
    _tap_and_dye(place)
    assert _is_dyed(_all_of(place.folder / FILE))


# The canaries.

A_TALKATIVE_COMMAND = f"""
import click, sqlite3, os, checkin.cli
def told():
    rows = sqlite3.connect(os.environ["CHECKIN_DIR"] + "/{FILE}").execute("SELECT * FROM open_week")
    click.echo(rows.fetchall())
checkin.cli.checkin.commands["seal"].callback = told
"""


def test_it_catches_a_talkative_command(place: Place) -> None:
    _tap_and_dye(place)
    talkative, quiet = ("seal",), ("migrate",)
    assert dyed_commands(place.folder, (talkative, quiet), A_TALKATIVE_COMMAND) == ["seal"]


@contextmanager
def copied_as(folder: Path, name: str) -> Iterator[None]:
    """Leave a copy of the open rounds where a backup takes it along."""
    copy = folder / name
    shutil.copy(folder / FILE, copy)
    yield
    copy.unlink()


def test_it_catches_a_copy_of_the_open_rounds(place: Place) -> None:
    _tap_and_dye(place)
    with copied_as(place.folder, "before-update.bak"):
        assert dyed_files(place.folder) == ["before-update.bak"]


def test_it_catches_counters_in_the_main_database(place: Place) -> None:
    with sqlite3.connect(place.folder / "checkin.sqlite3") as connection:
        change = "UPDATE released_round SET heavy = ? WHERE classroom_id = ?"
        connection.execute(change, (DYE, place.classrooms[0]))
    assert "checkin.sqlite3" in dyed_files(place.folder)
