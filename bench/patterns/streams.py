"""What peer rules look at: four shares a day, higher is worse, of every class side by side.

The heavy share of the day, check-out less check-in, today less the same weekday of the last weeks,
and the share that did not tap. Each is (value, size, is there, hits); hits None if it is no share.
"""

from typing import NamedTuple

import numpy as np

from bench.patterns.classes import Classes
from bench.patterns.days import WEEKDAY

STREAMS = ("level", "day-shift", "weekday", "participation")
FEWEST = 3
_SAME_WEEKDAY = 4


class Value(NamedTuple):
    """One stream on one day."""

    value: np.ndarray
    size: np.ndarray
    there: np.ndarray
    hits: np.ndarray | None


def divide(a: np.ndarray, b: np.ndarray, otherwise: float = np.nan) -> np.ndarray:
    """Divide where there is something to divide by."""
    filled = np.full(np.broadcast(a, b).shape, otherwise, float)
    return np.divide(a, b, out=filled, where=b > 0)


class Streams:
    """Turns days into streams; remembers the last four shares for the weekday stream."""

    def __init__(self, classes: Classes) -> None:
        self.classes = classes
        self.recent = np.full((_SAME_WEEKDAY, len(classes)), np.nan)
        self.weekdays = np.full(_SAME_WEEKDAY, -1)

    def on(self, day: int) -> dict[str, Value]:
        """Return the four streams of a day; days must come in order."""
        c = self.classes
        n_in, n_out = c.check_in.released[:, day], c.check_out.released[:, day]
        x_in, x_out = c.check_in.heavy[:, day], c.check_out.heavy[:, day]
        n, x = n_in + n_out, x_in + x_out
        share, there = divide(x, n), n >= FEWEST
        gap = divide(x_out, n_out) - divide(x_in, n_in)
        both = (n_in >= FEWEST) & (n_out >= FEWEST)
        away = self._away(day)
        streams = {
            "level": Value(share, n, there, x),
            "day-shift": Value(gap, divide(n_in * n_out, n, 1.0), both, None),
            "weekday": self._beside_weekday(day, share, n, there),
            "participation": away,
        }
        self.recent = np.vstack([self.recent[1:], np.where(there, share, np.nan)[None]])
        self.weekdays = np.append(self.weekdays[1:], WEEKDAY[day])
        return streams

    def _away(self, day: int) -> Value:
        c = self.classes
        answered = c.check_in.answered[:, day], c.check_out.answered[:, day]
        expected = c.pupils[:, day] * sum((n > 0).astype(int) for n in answered)
        away = expected - sum(answered)
        return Value(divide(away, expected), expected, expected > 0, away)

    def _beside_weekday(
        self, day: int, share: np.ndarray, size: np.ndarray, there: np.ndarray
    ) -> Value:
        others = np.where((self.weekdays != WEEKDAY[day])[:, None], self.recent, np.nan)
        has = ~np.isnan(others)
        usual = divide(np.where(has, others, 0).sum(0), has.sum(0))
        return Value(share - usual, size, there & (has.sum(0) >= 2), None)
