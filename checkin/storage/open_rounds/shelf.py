"""Counters as they lie in PostgreSQL: shut in boxes, many read at once, each written as a whole."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import psycopg

from checkin.domain.rounds import Round
from checkin.storage.open_rounds import tables
from checkin.storage.open_rounds.boxes import Boxes
from checkin.storage.open_rounds.facts import key_of, round_of
from checkin.storage.open_rounds.home import Rows

Connection = psycopg.Connection[tuple[Any, ...]]
Week = tuple[int, str]
"""Classroom and week."""


@dataclass
class Counter:
    """The counters of an open round or week, out of their box."""

    school: int
    taps: int
    numbers: list[int]
    is_new: bool = False
    is_changed: bool = False

    def add(self, ones: Sequence[int]) -> None:
        """Count one tap."""
        self.taps += 1
        self.numbers = [number + one for number, one in zip(self.numbers, ones, strict=True)]
        self.is_changed = True


@dataclass
class Period:
    """What is known of a round or a week; `has_keys`: whether a week has its table of keys."""

    is_over: bool
    counter: Counter | None
    has_keys: bool = False


class Shelf:
    """Reads and writes; what is asked is answered when the function that came back is called."""

    def __init__(self, connection: Connection, boxes: Boxes) -> None:
        self.connection, self._boxes = connection, boxes

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """Run one statement that has question marks where its values go."""
        return self.connection.execute(_for_psycopg(sql), values)

    def ask_rounds(self, rounds: Sequence[Round]) -> Callable[[], dict[Round, Period]]:
        """Ask for rounds: sealed, open or neither."""
        rows = self.execute(_ROUNDS, _columns([key_of(round) for round in rounds]))

        def answer() -> dict[Round, Period]:
            periods = {}
            for classroom, day, moment, is_over, *found in rows:
                round = round_of(classroom, day, moment)
                periods[round] = Period(is_over, self._counter(*found, *_under(round)))
            return periods

        return answer

    def ask_weeks(self, weeks: Sequence[Week]) -> Callable[[], dict[Week, Period]]:
        """Ask for weeks: closed, open or neither."""
        keys = [tables.name_of("spent_key", week) for _, week in weeks]
        rows = self.execute(_WEEKS, [*_columns(weeks), keys])

        def answer() -> dict[Week, Period]:
            periods = {}
            for classroom, week, has_keys, is_over, *found in rows:
                counter = self._counter(*found, week, str(classroom))
                periods[classroom, week] = Period(is_over, counter, has_keys)
            return periods

        return answer

    def ask_keys(self, keys: Sequence[bytes]) -> Callable[[], dict[bytes, bool]]:
        """Ask which keys were spent."""
        rows = self.execute("SELECT key FROM spent_key WHERE key = ANY(?)", [list(keys)])
        return lambda: dict.fromkeys(keys, False) | {key: True for (key,) in rows}

    def put_round(self, round: Round, counter: Counter) -> None:
        """Write the counter of a round; it looks alike whatever changed."""
        if counter.is_new:
            tables.add(self.connection, "open_round", round.day.isoformat())
        box = self._boxes.shut(counter.numbers, *_under(round))
        self.execute(_PUT_ROUND, (counter.school, *key_of(round), counter.taps, box))

    def put_week(self, week: Week, counter: Counter) -> None:
        """Write the counters of a week; they look alike whatever changed."""
        classroom, name = week
        if counter.is_new:
            tables.add(self.connection, "open_week", name)
        box = self._boxes.shut(counter.numbers, name, str(classroom))
        self.execute(_PUT_WEEK, (counter.school, classroom, name, counter.taps, box))

    def put_keys(self, keys: Sequence[tuple[bytes, int, int, str]]) -> None:
        """Write spent keys with school, classroom and week."""
        self.execute(_PUT_KEYS, _columns(keys))

    def open_round(self, round: Round, box: bytes) -> int:
        """Return the noised heavy number in a box."""
        return self._boxes.open(box, *_under(round))[0]

    def open_week(self, week: Week, box: bytes) -> list[int]:
        """Return the noised counters in a box."""
        return self._boxes.open(box, week[1], str(week[0]))

    def _counter(self, school: int, taps: int, box: bytes | None, *under: str) -> Counter | None:
        return None if box is None else Counter(school, taps, self._boxes.open(box, *under))


def _under(round: Round) -> tuple[str, str]:
    """Return under what a round's box is shut: it opens for that round alone."""
    classroom, day, moment = key_of(round)
    return day, f"{classroom} {moment}"


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


@cache
def _for_psycopg(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()


_ROUNDS = """
SELECT classroom, day, moment, s.carried IS NOT NULL, o.school, o.taps, o.box
FROM unnest(?::integer[], ?::text[], ?::text[]) AS asked (classroom, day, moment)
LEFT JOIN sealed_round s USING (classroom, day, moment)
LEFT JOIN open_round o USING (classroom, day, moment)"""

_WEEKS = """
SELECT classroom, week, to_regclass(keys) IS NOT NULL, c.carried IS NOT NULL,
    o.school, o.taps, o.box
FROM unnest(?::integer[], ?::text[], ?::text[]) AS asked (classroom, week, keys)
LEFT JOIN closed_week c USING (classroom, week)
LEFT JOIN open_week o USING (classroom, week)"""

_PUT_ROUND = """
INSERT INTO open_round VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (classroom, day, moment)
DO UPDATE SET taps = excluded.taps, box = excluded.box"""

_PUT_WEEK = """
INSERT INTO open_week VALUES (?, ?, ?, ?, ?) ON CONFLICT (classroom, week)
DO UPDATE SET taps = excluded.taps, box = excluded.box"""

_PUT_KEYS = """
INSERT INTO spent_key
SELECT * FROM unnest(?::bytea[], ?::integer[], ?::integer[], ?::text[])"""
