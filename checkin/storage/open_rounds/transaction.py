"""The SQL of the open rounds."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.release import Light, Released, WeekPicture, Why
from checkin.domain.rounds import Moment, Round
from checkin.domain.taps import LateTaps

VERSION = 1
FEELINGS = tuple(Feeling)
COPING = tuple(Coping)
_COUNTERS = tuple(f"feeling_{f.digit}" for f in FEELINGS) + tuple(
    f"helps_{c.digit}" for c in COPING
)

SCHEMA = f"""
CREATE TABLE open_round (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, day TEXT NOT NULL, moment TEXT NOT NULL,
    taps INTEGER NOT NULL, heavy INTEGER NOT NULL,
    PRIMARY KEY (classroom, day, moment)) WITHOUT ROWID;
CREATE TABLE sealed_round (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, day TEXT NOT NULL, moment TEXT NOT NULL,
    pupils INTEGER NOT NULL, answered INTEGER NOT NULL, heavy INTEGER, light TEXT NOT NULL,
    why TEXT NOT NULL, sealed_at TEXT NOT NULL, sealed_by INTEGER, carried INTEGER NOT NULL,
    PRIMARY KEY (classroom, day, moment)) WITHOUT ROWID;
CREATE TABLE open_week (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL, taps INTEGER NOT NULL,
    {", ".join(f"{name} INTEGER NOT NULL" for name in _COUNTERS)},
    PRIMARY KEY (classroom, week)) WITHOUT ROWID;
CREATE TABLE closed_week (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    shares TEXT, coping TEXT, carried INTEGER NOT NULL,
    PRIMARY KEY (classroom, week)) WITHOUT ROWID;
CREATE TABLE spent_key (
    key BLOB NOT NULL PRIMARY KEY, school INTEGER NOT NULL, classroom INTEGER NOT NULL,
    week TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE late_taps (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    kept INTEGER NOT NULL, dropped INTEGER NOT NULL,
    PRIMARY KEY (classroom, week)) WITHOUT ROWID;
PRAGMA user_version = {VERSION};
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, made on first use, so that a commit is on disk and a deletion is zeroed."""
    connection = sqlite3.connect(path, timeout=5.0, isolation_level=None, check_same_thread=False)
    for pragma in (
        "journal_mode=TRUNCATE",
        "synchronous=FULL",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
    connection.execute("COMMIT")
    if version > VERSION:
        connection.close()
        raise sqlite3.DatabaseError("the open rounds were made by a newer version of checkin")
    return connection


@dataclass(frozen=True)
class SealedRound:
    """A sealed round on its way to the main database."""

    school: int
    round: Round
    released: Released
    at: datetime
    by: int | None


@dataclass(frozen=True)
class ClosedWeek:
    """A closed week on its way to the main database."""

    school: int
    classroom: int
    week: str
    picture: WeekPicture


@dataclass(frozen=True)
class OpenWeek:
    """The noised counters of a week."""

    school: int
    taps: int
    feelings: Mapping[str, int]
    coping: Mapping[str, int]


class OpenTransaction:
    """What tapping and sealing can do within one transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._execute = connection.execute

    # Tapping

    def knows(self, key: bytes) -> bool:
        """Tell whether a tap with this key was stored before."""
        return self._has("SELECT 1 FROM spent_key WHERE key = ?", key)

    def spend(self, key: bytes, school: int, classroom: int, week: str) -> None:
        """Remember a key until its week closes: no feeling, no time, no order."""
        self._execute("INSERT INTO spent_key VALUES (?, ?, ?, ?)", (key, school, classroom, week))

    def is_sealed(self, round: Round) -> bool:
        """Tell whether a round was sealed."""
        return self._has(f"SELECT 1 FROM sealed_round WHERE {_ROUND}", *_key(round))

    def is_week_closed(self, classroom: int, week: str) -> bool:
        """Tell whether a week was closed."""
        return self._has(
            "SELECT 1 FROM closed_week WHERE classroom = ? AND week = ?", classroom, week
        )

    def has_round(self, round: Round) -> bool:
        """Tell whether a round has its counter yet."""
        return self._has(f"SELECT 1 FROM open_round WHERE {_ROUND}", *_key(round))

    def has_week(self, classroom: int, week: str) -> bool:
        """Tell whether a week has its counters yet."""
        return self._has(
            "SELECT 1 FROM open_week WHERE classroom = ? AND week = ?", classroom, week
        )

    def open_round(self, school: int, round: Round, noise: int) -> None:
        """Create the counter of a round, already holding its noise (R5)."""
        self._execute(
            "INSERT INTO open_round VALUES (?, ?, ?, ?, 0, ?)", (school, *_key(round), noise)
        )

    def open_week(self, school: int, classroom: int, week: str, noises: list[int]) -> None:
        """Create the counters of a week, already holding their noise (R6)."""
        marks = ", ".join("?" * len(_COUNTERS))
        self._execute(
            f"INSERT INTO open_week VALUES (?, ?, ?, 0, {marks})",
            (school, classroom, week, *noises),
        )

    def count_in_round(self, round: Round, heavy: bool) -> None:
        """Count one tap for its round."""
        self._execute(
            f"UPDATE open_round SET taps = taps + 1, heavy = heavy + ? WHERE {_ROUND}",
            (int(heavy), *_key(round)),
        )

    def count_in_week(
        self, classroom: int, week: str, feeling: Feeling, helps: Coping | None
    ) -> None:
        """Count one tap for its week; every counter is written, whichever card it was."""
        ones = [int(f is feeling) for f in FEELINGS] + [int(c is helps) for c in COPING]
        sums = ", ".join(f"{name} = {name} + ?" for name in _COUNTERS)
        self._execute(
            f"UPDATE open_week SET taps = taps + 1, {sums} WHERE classroom = ? AND week = ?",
            (*ones, classroom, week),
        )

    def count_late(self, school: int, classroom: int, week: str, kept: bool) -> None:
        """Count a tap that came too late for its round."""
        self._execute(
            "INSERT INTO late_taps VALUES (?, ?, ?, ?, ?) ON CONFLICT (classroom, week) DO UPDATE"
            " SET kept = kept + excluded.kept, dropped = dropped + excluded.dropped",
            (school, classroom, week, int(kept), int(not kept)),
        )

    def taps_in(self, round: Round) -> int:
        """Return how many have tapped in an open round: all that may be told of it (R1)."""
        row = self._execute(f"SELECT taps FROM open_round WHERE {_ROUND}", _key(round)).fetchone()
        return int(row[0]) if row else 0

    def late_in(self, classroom: int, week: str) -> LateTaps:
        """Return how many taps came too late in a week."""
        row = self._execute(
            "SELECT kept, dropped FROM late_taps WHERE classroom = ? AND week = ?",
            (classroom, week),
        ).fetchone()
        return LateTaps(*row) if row else LateTaps()

    # Sealing

    def unsealed(self) -> list[tuple[int, Round]]:
        """Return every open round with its school."""
        rows = self._execute("SELECT school, classroom, day, moment FROM open_round")
        return [(school, _round(*key)) for school, *key in rows]

    def unclosed(self) -> list[tuple[int, int, str]]:
        """Return school, classroom and week of all that is to be forgotten when its week closes."""
        weeks = self._execute(
            "SELECT school, classroom, week FROM open_week"
            " UNION SELECT school, classroom, week FROM spent_key ORDER BY week"
        )
        return list(weeks)

    def take_round(self, round: Round) -> tuple[int, int]:
        """Remove an open round's counter and return its taps and noised heavy number."""
        row = self._execute(
            f"DELETE FROM open_round WHERE {_ROUND} RETURNING taps, heavy",
            _key(round),
        ).fetchone()
        return (int(row[0]), int(row[1])) if row else (0, 0)

    def take_week(self, classroom: int, week: str) -> OpenWeek | None:
        """Remove a week's counters and keys and return the noised counters."""
        row = self._execute(
            "DELETE FROM open_week WHERE classroom = ? AND week = ? RETURNING *", (classroom, week)
        ).fetchone()
        self._execute("DELETE FROM spent_key WHERE classroom = ? AND week = ?", (classroom, week))
        if row is None:
            return None
        school, _, _, taps, *counters = row
        feelings = dict(zip((f.value for f in FEELINGS), counters, strict=False))
        coping = dict(zip((c.value for c in COPING), counters[len(FEELINGS) :], strict=True))
        return OpenWeek(school, taps, feelings, coping)

    def put_sealed(self, sealed: SealedRound) -> None:
        """Keep a released round until it is carried to the main database."""
        r = sealed.released
        values = (r.pupils, r.answered, r.heavy, r.light, r.why, sealed.at.isoformat(), sealed.by)
        self._execute(
            "INSERT INTO sealed_round VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            (sealed.school, *_key(sealed.round), *values),
        )

    def put_closed(self, closed: ClosedWeek) -> None:
        """Keep a week picture until it is carried to the main database."""
        shares, coping = (
            json.dumps(part) if part is not None else None
            for part in (closed.picture.shares, closed.picture.coping)
        )
        self._execute(
            "INSERT INTO closed_week VALUES (?, ?, ?, ?, ?, 0)",
            (closed.school, closed.classroom, closed.week, shares, coping),
        )

    def sealed_rounds(self) -> list[SealedRound]:
        """Return the released rounds that are not in the main database yet."""
        rows = self._execute("SELECT * FROM sealed_round WHERE carried = 0").fetchall()
        return list(_sealed(rows))

    def closed_weeks(self) -> list[ClosedWeek]:
        """Return the week pictures that are not in the main database yet."""
        rows = self._execute(
            "SELECT school, classroom, week, shares, coping FROM closed_week WHERE carried = 0"
        )
        return [
            ClosedWeek(
                school,
                classroom,
                week,
                WeekPicture(*(json.loads(part) if part else None for part in parts)),
            )
            for school, classroom, week, *parts in rows.fetchall()
        ]

    def answered_in_week(self, classroom: int, days: tuple[date, ...]) -> list[int]:
        """Return m of each sealed round between the first and last of some days."""
        rows = self._execute(
            "SELECT answered FROM sealed_round WHERE classroom = ? AND day BETWEEN ? AND ?",
            (classroom, days[0].isoformat(), days[-1].isoformat()),
        )
        return [answered for (answered,) in rows]

    def mark_carried(self, rounds: list[SealedRound], weeks: list[ClosedWeek]) -> None:
        """Note what the main database holds now; its mark stays, so that nothing reopens."""
        for sealed in rounds:
            self._execute(f"UPDATE sealed_round SET carried = 1 WHERE {_ROUND}", _key(sealed.round))
        for closed in weeks:
            self._execute(
                "UPDATE closed_week SET carried = 1 WHERE classroom = ? AND week = ?",
                (closed.classroom, closed.week),
            )

    def forget_sealed(self, before: date) -> int:
        """Remove the marks of carried rounds before a day and return how many there were."""
        return self._execute(
            "DELETE FROM sealed_round WHERE carried = 1 AND day < ?", (before.isoformat(),)
        ).rowcount

    def forget_late(self, before: str) -> None:
        """Remove the numbers of late taps of weeks before a week."""
        self._execute("DELETE FROM late_taps WHERE week < ?", (before,))

    def _has(self, query: str, *values: object) -> bool:
        return self._execute(query, values).fetchone() is not None


_ROUND = "classroom = ? AND day = ? AND moment = ?"


def _key(round: Round) -> tuple[int, str, str]:
    return round.classroom, round.day.isoformat(), round.moment.value


def _round(classroom: int, day: str, moment: str) -> Round:
    return Round(classroom, date.fromisoformat(day), Moment(moment))


def _sealed(rows: list[tuple]) -> Iterator[SealedRound]:  # type: ignore[type-arg]
    for school, classroom, day, moment, pupils, answered, heavy, light, why, at, by, _ in rows:
        yield SealedRound(
            school,
            _round(classroom, day, moment),
            Released(answered, pupils, heavy, Light(light), Why(why)),
            datetime.fromisoformat(at).astimezone(UTC),
            by,
        )
