"""What teachers and the care team read: one class over a year, thirty classes in a review.

python -m bench.reading [--classrooms 300] [--years 5] [--requests 30]

The target is for 3,000 classrooms: five million rounds, some minutes to write and 1 GB of disk.
The server's own time is measured, without network or browser (see bench.trend_page for those).
"""

import argparse
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta

from bench.boards import CLASSES_A_SCHOOL, NOW, PUPILS, Board, a_board
from bench.table import Row, at_most, finish, ratio_at_most, side_by_side
from checkin.domain.flags import Outcome
from checkin.domain.patterns import Observation, Pattern, find_patterns
from checkin.domain.rounds import Moment
from checkin.services import caring
from checkin.storage import flags
from checkin.storage.database import db

YEAR = f"?from={NOW.date() - timedelta(days=365)}&to={NOW.date()}"
FLAGS_A_YEAR = 2
"""A class, about: the rules are set to a false one a year, and some are not false."""


def measure(classrooms: int, years: float, requests: int) -> list[Row]:
    """Read one class of many and the only class of another board, in turn."""
    with a_board(1, years) as one, a_board(classrooms, years) as many:
        _raise_flags(many, years)
        page, page_of_one = _in_turn(many, one, f"trend{YEAR}", requests)
        usual, usual_of_one = _in_turn(many, one, "trend", requests)
        json, json_of_one = _in_turn(many, one, f"trend.json{YEAR}", requests)
        review, review_short = _time(_reading(many, "/review"), requests // 3), 0.0
        first_look = _first_look(many)
    with a_board(min(classrooms, CLASSES_A_SCHOOL), 0.2) as young:
        _raise_flags(young, 0.2)
        review_short = _time(_reading(young, "/review"), requests // 3)
    return [
        at_most("trend page over a year, ms", page, 30),
        ratio_at_most("the same, beside a board of one classroom", page, page_of_one, 1.5),
        at_most("trend page as it opens (ten weeks), ms", usual, 30),
        ratio_at_most("the same, beside a board of one classroom", usual, usual_of_one, 1.5),
        ratio_at_most("trend.json over a year, ms", json, json_of_one, 1.5),
        Row("trend page, first look since the server started, ms", first_look, usual),
        at_most("weekly review of 30 classes, flags of all years, ms", review, 150),
        at_most("weekly review of 30 classes, first weeks, ms", review_short, 150),
    ]


def _in_turn(many: Board, one: Board, page: str, requests: int) -> list[float]:
    """Return the median times of a page, of a class in the middle of many and of the only one."""
    middle = many.classrooms[:CLASSES_A_SCHOOL][len(many.classrooms[:CLASSES_A_SCHOOL]) // 2]
    ways = [
        _reading(many, f"/classrooms/{middle}/{page}"),
        _reading(one, f"/classrooms/{one.classrooms[0]}/{page}"),
    ]
    for way in ways:
        way()
    return [statistics.median(times) for times in side_by_side(requests, *ways)]


def _time(read: Callable[[], float], requests: int) -> float:
    read()
    return statistics.median(read() for _ in range(max(requests, 3)))


def _reading(board: Board, address: str) -> Callable[[], float]:
    client = board.care_team()

    def read() -> float:
        began = time.perf_counter()
        answer = client.get(address)
        taken = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, answer.status
        return taken

    return read


def _first_look(board: Board) -> float:
    """Read classes that nobody looked at before: their timetables are not known yet."""
    rooms = board.classrooms[1 : min(6, len(board.classrooms))] or board.classrooms
    board.app.extensions.pop("timetables", None)
    return statistics.median(_reading(board, f"/classrooms/{room}/trend")() for room in rooms)


def _raise_flags(board: Board, years: float) -> None:
    """Give each class of the first school its flags, all but the last of them closed."""
    with board.app.app_context():
        for number, room in enumerate(board.classrooms[:CLASSES_A_SCHOOL]):
            for n in range(round(years * FLAGS_A_YEAR), 0, -1):
                day = NOW.date() - timedelta(days=n * 365 // FLAGS_A_YEAR - number % 25)
                _raise(board.schools[0], room, _pattern(day), is_open=n == 1 and number % 3 == 0)
        db.session.commit()


def _raise(school: int, room: int, pattern: Pattern, is_open: bool) -> None:
    numbers = dict(pattern.numbers) | {"since": pattern.since.isoformat()}
    kind, strength = pattern.pattern, pattern.strength
    id = flags.add_flag(school, room, kind, pattern.day, strength, numbers, NOW)
    flag = flags.find_flag(id)
    assert flag is not None
    flag = caring.acknowledge(flag, 1, "Besproken met de leerkracht.", NOW)
    if not is_open:
        caring.close(flag, Outcome.SOLVED_IN_CLASS, 1, "Rust is terug.", NOW - timedelta(days=30))


def _pattern(last: date) -> Pattern:
    """Return what the rules say of a class that was calm for weeks and then was not."""
    days = [last - timedelta(days=n) for n in range(60, -1, -1)]
    rounds = [
        Observation(day, moment, PUPILS, PUPILS, 3 if n < 40 else PUPILS - 3)
        for n, day in enumerate(days)
        for moment in Moment
    ]
    return next(p for p in find_patterns(rounds) if p.pattern == "sustained-rise")


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--classrooms", type=int, default=300)
    options.add_argument("--years", type=float, default=5)
    options.add_argument("--requests", type=int, default=30)
    asked = options.parse_args()
    title = (
        f"Reading among {asked.classrooms:,} classrooms and {asked.years:g} years,"
        f" median of {asked.requests} in turn"
    )
    finish(title, measure(asked.classrooms, asked.years, asked.requests))
