"""A school whose day a test can let pass, its server gone or there, and what its books say."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow
from tests.faults import held_clock
from tests.faults.real_time import RealSchool
from tests.faults.serving import ROOT, Server
from tests.school import MONDAY, at, small_school

PROGRAM = ("-m", held_clock.__name__)
WEEK = "2026-W48"


class SchoolDay:
    """A class of fourteen with one tablet, on Monday; the server starts when it is told to."""

    def __init__(self, folder: Path) -> None:
        with small_school(folder) as made:
            room = db.session.get_one(ClassroomRow, made.classrooms[0])
            room.undo_seconds = 1
            db.session.commit()
            self.school = RealSchool(folder, MONDAY, made.classrooms, (made.token,))
        self.server = Server(self.school, PROGRAM)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def serve_at(self, instant: datetime) -> None:
        """Let it be a time of the school, and start the server."""
        self.set_clock(instant)
        self.server.start()

    def set_clock(self, instant: datetime) -> None:
        path = self.school.folder / held_clock.CLOCK
        path.with_suffix(".new").write_text(instant.isoformat())
        path.with_suffix(".new").replace(path)

    def seal_what_is_due(self) -> None:
        """Seal as the server does by itself every few seconds."""
        subprocess.run(
            [sys.executable, *PROGRAM, "seal"],
            env={**os.environ, **self.school.environment},
            cwd=ROOT,
            check=True,
            capture_output=True,
        )

    def tapped(self) -> dict[str, int]:
        """Return how many have tapped in each round of today, as the teacher sees it."""
        address = f"/classrooms/{self.school.classrooms[0]}/today.json"
        status, today = self.server.ask("GET", address, headers=self.server.sign_in())
        assert status == 200
        return {round["round"]: round["tapped"] for round in today["rounds"]}

    def answered(self) -> dict[str, int]:
        """Return how many answered in each round of Monday that is sealed."""
        period = f"from={MONDAY}&to={MONDAY}"
        address = f"/classrooms/{self.school.classrooms[0]}/trend.json?{period}"
        status, trend = self.server.ask("GET", address, headers=self.server.sign_in())
        assert status == 200
        return {round["round"]: round["answered"] for round in trend["rounds"]}

    def spent_keys(self) -> set[bytes]:
        return {key for (key,) in self._read("SELECT key FROM spent_key")}

    def taps_of_the_week(self) -> int:
        ((taps,),) = self._read("SELECT taps FROM open_week WHERE week = ?", WEEK)
        return taps

    def late(self) -> tuple[int, int]:
        """Return how many came late and count for the week, and how many were dropped."""
        rows = self._read("SELECT kept, dropped FROM late_taps WHERE week = ?", WEEK)
        return rows[0] if rows else (0, 0)

    def _read(self, query: str, *values: str) -> list[tuple]:
        path = self.school.folder / "open-rounds.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as file:
            return file.execute(query, values).fetchall()


SCHOOL_OPENS = at(8, 20)
