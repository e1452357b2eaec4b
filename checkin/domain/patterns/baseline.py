"""The classroom's own usual: what it is compared with, and how much one day weighs.

A day's share of heavy taps y, from n taps in k rounds, scatters around the usual share p by

    var y  =  p (1 - p) (1 + (n - 1) rho) / n   +   k * 1.84 / n^2

First the children: taps of one day go together, which inflates the binomial variance. Then the
release: each of the k rounds carries two-sided geometric noise. A day weighs as many independent
taps as would scatter equally, w = p (1 - p) / var y; a small round is thus believed less, the
more so where few taps are heavy. Clipping at 0 and n lifts a small share a little; the baseline is
lifted with it, so the comparison stays fair.
"""

from dataclasses import dataclass, field
from datetime import date
from math import exp, log
from typing import NamedTuple

from checkin.domain.patterns.observations import SchoolDay
from checkin.domain.release import EPSILON

LONGEST = 80  # days kept: about four months, so that a class may change with the seasons
FEWEST = 10  # days before the usual means anything: two school weeks
CLUSTERING = 0.05  # rho: how far the taps of one day go together
_Q = exp(-EPSILON)
RELEASE_NOISE = 2 * _Q / (1 - _Q) ** 2  # variance of the noise of one round, about 1.84
_LEAST_VARIANCE = 0.04  # p (1 - p) is not believed to be smaller than this
_PRIOR_HEAVY, _PRIOR_TAPS = 1.0, 3.0  # one heavy tap in three before anything is known
_PRIOR_DAYS = 20.0  # days' worth of belief that the spread is as modelled


class Weighed(NamedTuple):
    """One day as the baseline keeps it."""

    day: date
    weight: float
    share: float


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual share, the weight behind it, the own spread (1 = as modelled) and its days."""

    share: float
    weight: float
    spread: float
    days: int

    @property
    def known(self) -> bool:
        """Tell whether there are enough days to compare with."""
        return self.days >= FEWEST


@dataclass(frozen=True, slots=True)
class Comparison:
    """One day beside the usual; `weight` is of the day alone."""

    day: date
    share: float
    weight: float
    usual: Usual

    def believed(self, weight: float) -> float:
        """Discount a weight for what is not known of the usual and for the own spread."""
        behind = self.usual.weight
        return weight * behind / (weight + behind) / self.usual.spread


@dataclass(slots=True)
class Baseline:
    """The last days that count as usual, with running sums so that a day costs the same always."""

    days: list[Weighed] = field(default_factory=list)
    weight: float = 0.0
    heavy: float = 0.0
    squares: float = 0.0

    def add(self, day: Weighed) -> None:
        """Let a day count as usual, and the oldest no longer if there are too many."""
        self.days.append(day)
        self._count(day, 1)
        if len(self.days) > LONGEST:
            self._count(self.days.pop(0), -1)

    def forget_before(self, first: date) -> None:
        """Let no day before `first` count any longer."""
        kept = [day for day in self.days if day.day >= first]
        self.days, self.weight, self.heavy, self.squares = [], 0.0, 0.0, 0.0
        for day in kept:
            self.add(day)

    def usual(self) -> Usual:
        """Sum the days up."""
        share = (self.heavy + _PRIOR_HEAVY) / (self.weight + _PRIOR_TAPS)
        share = min(max(share, 0.03), 0.93)
        scatter = self.squares - self.heavy**2 / self.weight if self.days else 0.0
        seen = max(scatter, 0.0) / max(share * (1 - share), _LEAST_VARIANCE)
        spread = (_PRIOR_DAYS + seen) / (_PRIOR_DAYS + len(self.days))
        return Usual(share, self.weight, spread, len(self.days))

    def _count(self, day: Weighed, sign: int) -> None:
        weight = sign * day.weight
        self.weight += weight
        self.heavy += weight * day.share
        self.squares += weight * day.share**2


def compare(day: SchoolDay, usual: Usual) -> Comparison | None:
    """Put a school day beside the usual; None where nothing was released."""
    pooled = day.pooled()
    n = pooled.answered
    if n == 0:
        return None
    variance = max(usual.share * (1 - usual.share), _LEAST_VARIANCE)
    children = (1 + (n - 1) * CLUSTERING) / n
    noise = pooled.rounds * RELEASE_NOISE / (n * n * variance)
    return Comparison(day.day, pooled.heavy / n, 1 / (children + noise), usual)


def divergence(share: float, usual: float) -> float:
    """Kullback-Leibler divergence of one yes-or-no share from another, in nats a tap."""
    unlike = share * log(share / usual) if share > 0 else 0.0
    alike = (1 - share) * log((1 - share) / (1 - usual)) if share < 1 else 0.0
    return unlike + alike


def surprise(comparison: Comparison, share: float, weight: float) -> float:
    """Say how far a share lies above the usual, in own standard deviations; 0 if it does not."""
    usual = comparison.usual.share
    if share <= usual:
        return 0.0
    return float((2 * comparison.believed(weight) * divergence(share, usual)) ** 0.5)
