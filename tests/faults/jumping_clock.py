"""The real server by a clock that jumps while it runs, and books of what its tablets were told.

libfaketime stands between the program and the system's clock. It leaves alone the clock by which
waiting is measured, as a clock that is set right does.
"""

import json
import random
import secrets
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from checkin.domain.access import Role
from checkin.domain.cards import CardSet
from checkin.domain.rounds import week_of
from checkin.domain.school_years import Region
from checkin.services import enrolling
from checkin.services.setting_up import NewClassroom, NewSchool, NewStaff, ordinary_week, set_up
from checkin.services.tapping import KEPT
from checkin.storage import timetables
from checkin.storage.database import db
from tests.faults.real_time import ALL_DAY, TEACHER, RealSchool
from tests.faults.serving import ROOT, THE_PRODUCT, Server
from tests.school import PASSWORD, an_app

LIBRARIES = ("lib*/*/faketime", "lib*/faketime")
ALWAYS, ORDINARY = 0, 1
"""The class whose rounds are open all day, each day, and the class of an ordinary week."""

Round = tuple[int, str, str]
Key = str


@cache
def find_library() -> Path | None:
    """Return libfaketime, None where it is not installed."""
    found = (p for place in LIBRARIES for p in Path("/usr").glob(f"{place}/libfaketimeMT.so.1"))
    return next(found, None)


def a_school(folder: Path, opened: datetime, extra_days: list[date]) -> RealSchool:
    """Make a school in Amsterdam of two classes, whose extra days are school days."""
    folder.mkdir()
    with an_app(folder, lambda: opened):
        rooms = (
            NewClassroom("Altijd", 12, CardSet.EIGHT, ALL_DAY),
            NewClassroom("Gewoon", 12, CardSet.EIGHT, ordinary_week()),
        )
        staff = NewStaff("Tess", TEACHER, PASSWORD, (Role.TEACHER, Role.ADMIN), (0, 1))
        started = opened.date() - timedelta(days=60)
        made = set_up(NewSchool("De Klok", Region.MIDDEN, rooms, (staff,), False, started), opened)
        for day in extra_days:
            timetables.add_extra_day(made.school, day)
        tokens = tuple(enrolling.add_tablet(made.school, c, opened) for c in made.classrooms)
        db.session.commit()
        return RealSchool(folder, opened.date(), made.classrooms, tokens)


class JumpingServer(Server):
    """`checkin serve` by a clock that a test sets, whenever it likes."""

    def __init__(self, school: RealSchool, program: tuple[str, ...] = THE_PRODUCT) -> None:
        super().__init__(school, program)
        self.offset = timedelta()

    @property
    def environment(self) -> dict[str, str]:
        """Return what puts libfaketime before the system's clock."""
        return {
            **super().environment,
            "LD_PRELOAD": str(find_library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",  # its name in older versions
            "NO_FAKE_STAT": "1",
        }

    @property
    def now(self) -> datetime:
        """Return what the server takes for the present instant."""
        return datetime.now(UTC) + self.offset

    def be_at(self, instant: datetime) -> None:
        """Let it be this instant; time goes on from there."""
        self.jump(instant - self.now)

    def jump(self, by: timedelta) -> None:
        """Let the clock jump forward or back."""
        self.offset += by
        new = self._file.with_suffix(".new")
        new.write_text(f"{self.offset.total_seconds():+.3f}")
        new.replace(self._file)

    def seal_what_is_due(self) -> None:
        """Seal as the server does by itself every few seconds."""
        command = [sys.executable, "-m", "checkin", "seal"]
        subprocess.run(command, env=self.environment, cwd=ROOT, check=True, capture_output=True)

    @property
    def _file(self) -> Path:
        return self.school.folder.with_name("clock")


@dataclass
class Books:
    """What was sent for which round, and how it was answered."""

    sent: dict[Key, Round] = field(default_factory=dict)
    answered: dict[Key, tuple[str, str]] = field(default_factory=dict)

    def with_status(self, *statuses: str) -> dict[Key, Round]:
        """Return the taps that were answered so, with their rounds."""
        told = {key for key, (status, _) in self.answered.items() if status in statuses}
        return {key: round for key, round in self.sent.items() if key in told}


class Tablet:
    """Taps in a round that is open by what the server says, and believes its answers alone."""

    def __init__(self, server: JumpingServer, books: Books, classroom: int) -> None:
        self.server, self.books, self.classroom = server, books, classroom
        self.kept: list[dict[str, object]] = []

    def tap(self, times: int) -> None:
        """Choose a card so many times and hand all in."""
        self.choose(times)
        self.hand_in()

    def choose(self, times: int) -> None:
        """Choose a card so many times, and keep them."""
        token = {"Authorization": f"Bearer {self.server.school.tokens[self.classroom]}"}
        status, told = self.server.ask("GET", "/tablet/today", headers=token)
        assert status == 200
        rounds = [r for r in told["rounds"] if r["opens"] <= told["now"] < r["closes"]]
        for _ in range(times if rounds else 0):
            held, key = random.choice(rounds), secrets.token_hex(16)
            tap = {"key": key, "day": held["day"], "round": held["round"]}
            self.kept.append({**tap, "feeling": random.randint(0, 8), "helps": 0})

    def hand_in(self) -> None:
        """Send what is kept, some at a time, until nothing is."""
        while self.kept:
            some = self.kept[: random.randint(1, 5)]
            for tap in some:
                room = self.server.school.classrooms[self.classroom]
                self.books.sent[tap["key"]] = (room, tap["day"], tap["round"])
            status, answer = self.server.tap(some, self.classroom)
            assert status == 200, answer
            for result in answer["results"]:
                told = (result["status"], result.get("reason", ""))
                self.books.answered[result["key"]] = told
            del self.kept[: len(some)]


def audit(server: JumpingServer, books: Books) -> Iterator[str]:
    """Compare what was answered with what is stored; then send all again, and compare again."""
    yield from _compare(server.school.folder, books)
    before = _stored(server.school.folder)
    for key in books.with_status("stored", "late"):
        status = books.answered[key][0]
        room, day, moment = books.sent[key]
        tap = {"key": key, "day": day, "round": moment, "feeling": 1, "helps": 0}
        _, answer = server.tap([tap], server.school.classrooms.index(room))
        (result,) = answer["results"]
        if result["status"] not in ("known", "late"):  # late: its week was closed meanwhile
            yield f"a {status} tap of {day} was {result['status']} when it came again"
    if _stored(server.school.folder) != before:
        yield "a tap that came again was counted again"


def _compare(folder: Path, books: Books) -> Iterator[str]:
    stored, late = books.with_status("stored"), books.with_status("late")
    if odd := books.with_status("known"):
        yield f"{len(odd)} taps were known before they were sent"
    if counted := _differ(Counter(stored.values()), _stored(folder)):
        yield f"rounds hold other taps than were stored: {counted}"
    closed = {tuple(row) for row in _read(folder, "SELECT classroom, week FROM closed_week")}
    kept = {key: r for key, r in late.items() if books.answered[key][1] == KEPT}
    of_weeks = Counter(_week(r) for r in [*stored.values(), *kept.values()])
    open_weeks = Counter({week: n for week, n in of_weeks.items() if week not in closed})
    if weeks := _differ(open_weeks, _weeks(folder)):
        yield f"weeks hold other taps than they should: {weeks}"
    totals = _read(folder, "SELECT total(kept), total(dropped) FROM late_taps")
    if totals != [(len(kept), len(late) - len(kept))]:
        yield f"{len(kept)} late taps were kept of {len(late)}, and the teacher reads {totals}"
    spent = {key.hex() for (key,) in _read(folder, "SELECT key FROM spent_key")}
    if not spent <= stored.keys() | late.keys():
        yield "a key is spent that nobody was told of"
    if lost := {k for k, r in stored.items() if _week(r) not in closed} - spent:
        yield f"{len(lost)} keys of stored taps are not known"
    yield from _lights_beside_counters(folder)


def _lights_beside_counters(folder: Path) -> Iterator[str]:
    """A round is open or sealed, never both; and what is sealed is what readers see."""
    both = _read(
        folder, "SELECT day FROM open_round JOIN sealed_round USING (classroom, day, moment)"
    )
    if both:
        yield f"rounds opened again after they were sealed: {both}"
    columns = "day, moment, answered, heavy, light"
    sealed = _read(folder, f"SELECT classroom, {columns} FROM sealed_round")
    shown = _read(folder, f"SELECT classroom_id, {columns} FROM released_round", "checkin.sqlite3")
    if sorted(map(str, sealed)) != sorted(map(str, shown)):
        yield "what is shown is not what was sealed"


def lights(folder: Path) -> dict[Round, str]:
    """Return every light that can be seen."""
    rows = _read(
        folder,
        "SELECT classroom_id, day, moment, light || ' of ' || answered FROM released_round",
        "checkin.sqlite3",
    )
    return {(room, day, moment): light for room, day, moment, light in rows}


def _stored(folder: Path) -> Counter[Round]:
    rows = _read(
        folder,
        "SELECT classroom, day, moment, taps FROM open_round"
        " UNION ALL SELECT classroom, day, moment, answered FROM sealed_round",
    )
    counted: Counter[Round] = Counter()
    for room, day, moment, taps in rows:
        counted[room, day, moment] += taps
    return counted


def _weeks(folder: Path) -> Counter[tuple[int, str]]:
    rows = _read(folder, "SELECT classroom, week, taps FROM open_week")
    return Counter({(room, week): taps for room, week, taps in rows})


def _week(round: Round) -> tuple[int, str]:
    return round[0], week_of(date.fromisoformat(round[1]))


def _differ(expected: Counter, found: Counter) -> str:
    return (
        json.dumps(
            {str(k): [expected[k], found[k]] for k in expected | found if expected[k] != found[k]}
        )
        if expected != found
        else ""
    )


def _read(folder: Path, query: str, file: str = "open-rounds.sqlite3") -> list[tuple]:
    with closing(sqlite3.connect(f"file:{folder / file}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()
