"""Flags to figures: delays, false flags, intervals, and a bar that spends a given budget."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bench.patterns.classes import Classes
from bench.patterns.days import EVERY_DAY

REPEATS = 10
"""School days within which a repeat is the same flag."""
NEVER = 999
_CAP = 40


@dataclass(frozen=True)
class Delays:
    """School days from the onset to the first right flag, of every class; 1 = that very day."""

    days: np.ndarray

    def within(self, days: int) -> tuple[float, float, float]:
        """Return the share told in time and its 95 % interval (Wilson)."""
        n, p, z = len(self.days), float((self.days <= days).mean()), 1.96
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5 / (1 + z * z / n)
        return p, max(0.0, middle - half), min(1.0, middle + half)

    @property
    def mean(self) -> float:
        """Return the mean, where nothing counts for more than 40 days."""
        return float(np.minimum(self.days, _CAP).mean())

    @property
    def mean_half_width(self) -> float:
        """Return half the 95 % interval of the mean."""
        return float(1.96 * np.minimum(self.days, _CAP).std() / len(self.days) ** 0.5)


def delays(flags: np.ndarray, onset: np.ndarray) -> Delays:
    """Measure from flags (classes, days)."""
    hit = flags & (EVERY_DAY[None, :] >= onset[:, None])
    return Delays(np.where(hit.any(1), hit.argmax(1) - onset + 1, NEVER))


def merged(fired: np.ndarray, last: np.ndarray, day: int) -> np.ndarray:
    """Return which of today's flags are new, and note them in `last`."""
    new = fired & (day - last > REPEATS)
    last[new] = day
    return new


def false_per_half_year(flags: np.ndarray, only: np.ndarray | None = None) -> float:
    """Count flags where nothing happened, per class and half school year."""
    counted = flags if only is None else flags[only]
    return float(counted.sum() / max(len(counted), 1) / 2)


def by_thirds(flags: np.ndarray, classes: Classes) -> list[float]:
    """Count flags by thirds of the base share, relative to the mean."""
    each = flags.sum(1)
    edges = np.quantile(classes.base, [0, 1 / 3, 2 / 3, 1])
    inside = [(classes.base >= a) & (classes.base <= b) for a, b in pairwise(edges)]
    return [float(each[third].mean() / each.mean()) for third in inside]


def in_sixty_days(flags: np.ndarray, onset: np.ndarray) -> float:
    """Count the flags of the sixty school days after an onset, per class."""
    since = EVERY_DAY[None, :] - onset[:, None]
    return float((flags & (since >= 0) & (since < 60)).sum() / len(onset))


def find_bar(
    rate: Callable[[float], float], budget: float, low: float, high: float, steps: int
) -> float:
    """Return the lowest bar found whose rate of false flags is within the budget."""
    for _ in range(steps):
        middle = (low + high) / 2
        if rate(middle) <= budget:
            high = middle
        else:
            low = middle
    return high
