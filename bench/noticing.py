"""The pattern rules at work: a replay of many classes, and the nightly step of a board.

python -m bench.noticing [--classes 100] [--classrooms 60] [--years 5]

The target of the nightly step is for 3,000 classrooms; what fewer take is multiplied.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from bench.boards import PUPILS, a_board, add_a_day, school_days
from bench.serving import ROOT
from bench.table import Row, at_most, finish
from checkin.domain.rounds import Moment
from checkin.services import reviewing

AT_LEAST, A_BOARD, A_NIGHT = 10_000, 3_000, 2.0
READ_ONLY = "import sys, json\nfor line in sys.stdin: json.loads(line)"


def measure(classes: int, classrooms: int, years: float) -> list[Row]:
    """Replay years of some classes, then look at a board's classes as the clock does."""
    lines, days = _lines(classes, years)
    replayed = days / _filtering(("-m", "checkin", "replay-signals"), lines)
    read = days / _filtering(("-c", READ_ONLY), lines)
    with a_board(classrooms, years) as board:
        first = _time(lambda: reviewing.look_for_patterns(board.clock.now))
        again = _time(lambda: reviewing.look_for_patterns(board.clock.now))
        add_a_day(board)
        board.clock.now += timedelta(days=1)
        a_night = _time(lambda: reviewing.look_for_patterns(board.clock.now))
    night = f"looking at {A_BOARD:,} classes of {years:g} years, s"
    scale = A_BOARD / classrooms
    return [
        Row(
            "class-days replayed a second, beside reading their JSON",
            replayed,
            read,
            f">= {AT_LEAST:,}",
            replayed >= AT_LEAST,
        ),
        Row(f"{night}, without a state", first * scale, note=f"{classrooms} x {scale:g}"),
        at_most(f"{night}, nothing new", again * scale, A_NIGHT, f"{classrooms} x {scale:g}"),
        at_most(f"{night}, after a day", a_night * scale, A_NIGHT, f"{classrooms} x {scale:g}"),
    ]


def _lines(classes: int, years: float) -> tuple[bytes, int]:
    chance, days = random.Random(11), school_days(years)
    lines = [
        json.dumps(
            {
                "classroom": n,
                "day": day.isoformat(),
                "round": moment.value,
                "pupils": PUPILS,
                "answered": 12,
                "heavy": min(12, int(chance.betavariate(4, 14) * 13)),
            }
        )
        for day in days
        for moment in Moment
        for n in range(classes)
    ]
    return "\n".join(lines).encode(), len(days) * classes


def _filtering(command: tuple[str, ...], lines: bytes) -> float:
    def run(given: bytes) -> float:
        program = [sys.executable, *command]
        return _time(
            lambda: subprocess.run(
                program, input=given, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
            )
        )

    return max(
        run(lines) - statistics.median(run(b"") for _ in range(3)), 1e-9
    )  # without its start


def _time(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--classes", type=int, default=100)
    options.add_argument("--classrooms", type=int, default=60)
    options.add_argument("--years", type=float, default=5)
    asked = options.parse_args()
    finish("The pattern rules", measure(asked.classes, asked.classrooms, asked.years))
