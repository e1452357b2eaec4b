"""3,000 rounds that are due at once, and the weeks of as many classes, beside bare commits.

python -m bench.sealing [--rounds 3000]
"""

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bench.boards import Board, a_board
from bench.table import Row, at_most, finish
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from checkin.domain.taps import Tap
from checkin.services import enrolling, sealing, tapping
from checkin.services.timetables import timetable_of
from checkin.storage import schools
from checkin.storage.database import db
from checkin.storage.open_rounds import open_rounds

MONDAY = date(2026, 11, 23)
TAPS = 12


def measure(rounds: int) -> list[Row]:
    """Let every class tap, let a day and a week go by, and time the sealing and the closing."""
    with a_board(rounds) as board:
        _enrol(board)
        _tap(board)
        board.app.extensions.pop("timetables", None)  # as a server that was just started
        board.clock.now = _at(MONDAY, 16)
        seal, sealed = _time(lambda: sealing.seal_due(board.clock.now))
        again, nothing = _time(lambda: sealing.seal_due(board.clock.now))
        board.clock.now = _at(MONDAY + timedelta(days=7), 16)
        close, closed = _time(lambda: sealing.seal_due(board.clock.now))
        assert (sealed.rounds, nothing.rounds, closed.weeks) == (rounds, 0, rounds)
    floor = _bare_commits(rounds)
    return [
        at_most(f"sealing {rounds:,} rounds, s", seal, 10, f"{seal / rounds * 1000:.2f} ms each"),
        Row("the same, beside as many bare commits", seal, floor),
        Row("a look that finds nothing due, s", again),
        at_most(f"closing {rounds:,} weeks, s", close, 10),
        Row("the same, beside as many bare commits", close, floor),
    ]


def _enrol(board: Board) -> None:
    for room in board.classrooms:
        enrolling.add_tablet(schools.get_classroom(room).school, room, board.clock.now)
    db.session.commit()


def _tap(board: Board) -> None:
    """Let twelve pupils of each class tap at check-in."""
    now = _at(MONDAY, 8, 30)
    cards = [Feeling.SAD if n % 3 == 0 else Feeling.CALM for n in range(TAPS)]
    for number, room in enumerate(board.classrooms):
        classroom = schools.get_classroom(room)
        keys = ((number * TAPS + n).to_bytes(16) for n in range(TAPS))
        taps = [Tap(k, MONDAY, Moment.CHECK_IN, c, None) for k, c in zip(keys, cards, strict=True)]
        tapping.store_for(classroom, timetable_of(classroom), taps, now)
    waiting = open_rounds().run(lambda transaction: len(transaction.unsealed()))
    assert waiting == len(board.classrooms)


def _time(work: Callable[[], sealing.Sealed]) -> tuple[float, sealing.Sealed]:
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done


def _bare_commits(times: int) -> float:
    """Delete a row and insert another, one commit each, as durably as the open rounds do."""
    with tempfile.TemporaryDirectory(prefix="checkin-bench-") as folder:
        file = sqlite3.connect(Path(folder) / "bare.sqlite3", isolation_level=None)
        for pragma in ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON"):
            file.execute(f"PRAGMA {pragma}")
        file.execute("CREATE TABLE counter (id INTEGER PRIMARY KEY, heavy INTEGER)")
        file.execute("CREATE TABLE sealed (id INTEGER PRIMARY KEY, heavy INTEGER)")
        file.execute("BEGIN")
        file.executemany("INSERT INTO counter VALUES (?, 3)", ((n,) for n in range(times)))
        file.execute("COMMIT")
        began = time.perf_counter()
        for number in range(times):
            file.execute("BEGIN IMMEDIATE")
            file.execute("DELETE FROM counter WHERE id = ?", (number,))
            file.execute("INSERT INTO sealed VALUES (?, 3)", (number,))
            file.execute("COMMIT")
        taken = time.perf_counter() - began
        file.close()
        return taken


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    zone = ZoneInfo("Europe/Amsterdam")
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3000)
    asked = options.parse_args()
    finish("What is due at once", measure(asked.rounds))
