"""Replay released rounds through the pattern rules: JSON lines in, JSON lines out."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from checkin.domain.patterns import Engine, Observation, Pattern, sentence
from checkin.domain.rounds import Moment

MOST_PUPILS = 10_000  # more is a slip of the pen
MOST_DIGITS = 4000  # Python reads no longer ones
_MOMENTS = frozenset(moment.value for moment in Moment)


class ReplayError(Exception):
    """A line that cannot be replayed, and why."""

    def __init__(self, line_number: int, message: str) -> None:
        super().__init__(f"line {line_number}: {message}")
        self.line_number = line_number
        self.message = message


def replay(lines: Iterable[str | bytes], write: Callable[[str], None]) -> None:
    """Write the flags of each day as soon as a later day begins, or the input ends.

    `lines` may mix classrooms, in order of time; blank lines are passed over. `write` gets one
    whole line at a time, newline included, and is to pass it on at once. Raises ReplayError.
    """
    school = _School(write)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            school.take(line)
        except ValueError as problem:
            raise ReplayError(number, str(problem)) from None
    school.finish_day()


@dataclass(slots=True)
class _School:
    """One engine per classroom, and the day that is going on in all of them."""

    write: Callable[[str], None]
    engines: dict[str | int, Engine] = field(default_factory=dict)
    today: date = date.min

    def take(self, line: str | bytes) -> None:
        fields = _fields(line)
        day = _day(fields, self.today)
        classroom = _classroom(fields)
        observation = _observation(fields, day)
        if day > self.today:
            self.finish_day()
            self.today = day
        engine = self.engines.get(classroom)
        if engine is None:
            engine = self.engines[classroom] = Engine()
        engine.feed(observation)  # completes nothing: finish_day did

    def finish_day(self) -> None:
        for classroom, engine in self.engines.items():
            for pattern in engine.finish():
                self.write(_line(classroom, pattern))


def _line(classroom: str | int, pattern: Pattern) -> str:
    flag = {
        "classroom": classroom,
        "day": pattern.day.isoformat(),
        "pattern": pattern.pattern,
        "strength": pattern.strength,
        "text": sentence(pattern),
    }
    return json.dumps(flag) + "\n"


def _fields(line: str | bytes) -> dict[str, object]:
    try:
        text = line.decode() if isinstance(line, bytes) else line
    except UnicodeDecodeError:
        raise ValueError("this is not UTF-8") from None
    try:
        fields = json.loads(text, object_pairs_hook=_without_twice, parse_int=_whole)
    except (json.JSONDecodeError, RecursionError):
        raise ValueError("this is not JSON") from None
    if not isinstance(fields, dict):
        raise ValueError("this is not a JSON object")
    for name in ("classroom", "day", "round", "pupils", "answered", "heavy"):
        if name not in fields:
            raise ValueError(f"'{name}' is missing")
    return fields


def _without_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:40]!r} is there twice")
    return fields


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits is too long")
    return int(digits)


def _classroom(fields: dict[str, object]) -> str | int:
    classroom = fields["classroom"]
    if isinstance(classroom, bool) or not isinstance(classroom, str | int) or classroom == "":
        raise ValueError("'classroom' must be a name or a number")
    return classroom


def _day(fields: dict[str, object], today: date) -> date:
    written = fields["day"]
    try:
        day = date.fromisoformat(written) if isinstance(written, str) else None
    except ValueError:
        day = None
    if day is None or day.isoformat() != written:
        raise ValueError("'day' must be a date such as 2026-09-01")
    if day < today:
        raise ValueError(f"day {day} comes after day {today}; lines must be in order of time")
    return day


def _observation(fields: dict[str, object], day: date) -> Observation:
    moment = fields["round"]
    if not isinstance(moment, str) or moment not in _MOMENTS:
        raise ValueError("'round' must be 'check-in' or 'check-out'")
    pupils = _count(fields, "pupils", MOST_PUPILS)
    answered = _count(fields, "answered", pupils, "'pupils'")
    heavy = None
    if fields["heavy"] is not None:
        heavy = _count(fields, "heavy", answered, "'answered'")
    return Observation(day, moment, pupils, answered, heavy)


def _count(fields: dict[str, object], name: str, most: int, limit: str = "") -> int:
    count = fields[name]
    if isinstance(count, bool) or not isinstance(count, int):
        also = " or null" if name == "heavy" else ""
        raise ValueError(f"'{name}' must be a whole number{also}")
    if count < 0:
        raise ValueError(f"'{name}' must not be negative")
    if count > most:
        raise ValueError(f"'{name}' must not be more than {limit or most}")
    return count
