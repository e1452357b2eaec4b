"""Taps a second and their delay under several tablets at once, beside the smallest endpoint.

python -m bench.taps [--tablets 30] [--seconds 8] [--rounds 3]
"""

import argparse
import sqlite3
from contextlib import closing

from bench import serving
from bench.floor import FILE
from bench.serving import Serving
from bench.table import Row, at_most, finish, medians, ratio_at_least, ratio_at_most, side_by_side
from bench.tablets import Taps, tap_as_fast

OPEN_ROUNDS = "open-rounds.sqlite3"
PEER = 412
"""The faster of two peers, frogmanjhb/checkinapp, on the machine of the README's table."""


def measure(tablets: int, seconds: float, rounds: int) -> list[Row]:
    """Load the product and two floors in turn."""

    def ours() -> list[float]:
        with serving.demo() as server:
            return _figures(tap_as_fast(server, tablets, seconds), taps_on_disk(server))

    def a_floor(*how: str) -> list[float]:
        with serving.floor(*how) as server:
            return _figures(tap_as_fast(server, tablets, seconds), _keys_on_floor(server))

    runs = side_by_side(rounds, ours, a_floor, lambda: a_floor("--together"))
    (rate, p50, p99), floor, best = (medians(found) for found in runs)
    return [
        ratio_at_least("taps/s, beside the smallest endpoint", rate, floor[0], 0.8),
        Row("taps/s, beside that endpoint committing together", rate, best[0]),
        ratio_at_least(
            "taps/s, beside the faster peer (its rate is of one machine)", rate, PEER, 2
        ),
        Row("p50 ms", p50, floor[1]),
        at_most("p99 ms", p99, 100),
        ratio_at_most("p99 ms, beside the smallest endpoint", p99, floor[2], 2),
        Row("p99 ms, beside that endpoint committing together", p99, best[2]),
    ]


def taps_on_disk(server: Serving) -> int:
    """Return how many taps a demo has stored; keys, round and week must agree on it."""
    with closing(sqlite3.connect(server.place / OPEN_ROUNDS)) as file:
        counts = {
            file.execute(f"SELECT coalesce(sum({what}), 0) FROM {table}").fetchone()[0]
            for what, table in (("taps", "open_round"), ("taps", "open_week"), ("1", "spent_key"))
        }
    assert len(counts) == 1, f"keys, rounds and weeks disagree: {counts}"
    return int(counts.pop())


def _keys_on_floor(server: Serving) -> int:
    with closing(sqlite3.connect(server.place / FILE)) as file:
        (keys,) = file.execute("SELECT count(*) FROM spent").fetchone()
        assert file.execute("SELECT n FROM counter").fetchone() == (keys,)
    return int(keys)


def _figures(taps: Taps, on_disk: int) -> list[float]:
    assert not taps.trouble, taps.trouble[0]
    assert on_disk == len(taps.delays), f"{len(taps.delays)} answered, {on_disk} on disk"
    return [taps.rate, taps.percentile(0.5), taps.percentile(0.99)]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--tablets", type=int, default=30)
    options.add_argument("--seconds", type=float, default=8)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    title = (
        f"{asked.tablets} tablets that tap as fast as they are answered, {asked.seconds:g} s,"
        f" median of {asked.rounds} runs in turn; every tap found on disk once"
    )
    finish(title, measure(asked.tablets, asked.seconds, asked.rounds))
