"""The classroom's own usual: what it is compared with, and how much one day weighs.

A day's share of heavy taps y, from n taps in k rounds, scatters around the usual share p by

    var y  =  p (1 - p) (1 + (n - 1) rho) / n   +   k * 1.84 / n^2

First the children: taps of one day go together, which inflates the binomial variance. Then the
release: each of the k rounds carries two-sided geometric noise. A day weighs as many independent
taps as would scatter equally, w = p (1 - p) / var y; a small round is thus believed less, the
more so where few taps are heavy. Clipping at 0 and n lifts a small share a little; the usual is
lifted with it, so the comparison stays fair.

Nothing is remembered of single days: a stretch of days is six sums, and as days are added the
older ones fade, so that a class may change with the seasons.
"""

from dataclasses import dataclass
from math import exp, log
from typing import NamedTuple

from checkin.domain.patterns.observations import Pooled
from checkin.domain.release import EPSILON

FEWEST = 10  # days before the usual means anything: two school weeks
CLUSTERING = 0.05  # rho: how far the taps of one day go together
LEAST_VARIANCE = 0.04  # p (1 - p) is not believed to be smaller than this
_Q = exp(-EPSILON)
RELEASE_NOISE = 2 * _Q / (1 - _Q) ** 2  # variance of the noise of one round, about 1.84
_LEAST, _MOST = 0.03, 0.93  # no usual share is believed to be more extreme
_PRIOR_TAPS = 3.0  # belief before anything is known, in taps
_PRIOR_DAYS = 10.0  # days' worth of belief that days scatter as modelled
_MOST_ALIKE = 0.6  # no more than this correlation of neighbouring days is believed
_ALIKE_COSTS = 2.0  # how much wider the spread becomes with it


class Usual(NamedTuple):
    """The usual share, the weight behind it, the own spread (1 = as modelled) and its days."""

    share: float
    weight: float
    spread: float
    days: int

    @property
    def known(self) -> bool:
        """Tell whether there are enough days to compare with."""
        return self.days >= FEWEST

    @property
    def variance(self) -> float:
        """Return the variance of one tap."""
        return max(self.share * (1 - self.share), LEAST_VARIANCE)

    def believed(self, weight: float) -> float:
        """Discount a weight for what is not known of the usual and for the own spread."""
        if not self.weight:
            return 0.0
        return weight * self.weight / (weight + self.weight) / self.spread


@dataclass(slots=True)
class Stretch:
    """A stretch of school days, summed up; `size` counts its days with the older ones faded."""

    days: int = 0
    size: float = 0.0
    weight: float = 0.0
    heavy: float = 0.0
    squares: float = 0.0
    alike: float = 0.0

    @property
    def share(self) -> float:
        """Return the share over the stretch, 0 for none."""
        return self.heavy / self.weight if self.weight else 0.0

    def copy(self) -> "Stretch":
        """Return the same stretch, to go its own way."""
        return Stretch(self.days, self.size, self.weight, self.heavy, self.squares, self.alike)

    def add(self, share: float, weight: float, alike: float = 0.0) -> None:
        """Add a day; `alike` is the product of its deviation and that of the day before."""
        self.days += 1
        self.size += 1.0
        self.weight += weight
        self.heavy += weight * share
        self.squares += weight * share * share
        self.alike += alike

    def join(self, later: "Stretch", memory: float) -> None:
        """Let a later stretch follow this one, which fades by `memory` for each of its days."""
        fade = memory**later.days
        self.days += later.days
        self.size = self.size * fade + later.size
        self.weight = self.weight * fade + later.weight
        self.heavy = self.heavy * fade + later.heavy
        self.squares = self.squares * fade + later.squares
        self.alike = self.alike * fade + later.alike

    def lift(self, by: float) -> None:
        """Add so much to the share of every day of the stretch."""
        self.squares += 2 * by * self.heavy + by * by * self.weight
        self.heavy += by * self.weight

    def usual(self, prior: float = 1 / 3) -> Usual:
        """Take the stretch for usual; `prior` is the share expected before anything is known."""
        share = (self.heavy + _PRIOR_TAPS * prior) / (self.weight + _PRIOR_TAPS)
        share = min(max(share, _LEAST), _MOST)
        variance = max(share * (1 - share), LEAST_VARIANCE)
        scatter = self.squares - self.heavy**2 / self.weight if self.weight else 0.0
        believed = _PRIOR_DAYS + self.size
        spread = (_PRIOR_DAYS + max(scatter, 0.0) / variance) / believed
        together = self.alike / variance / max(spread, 0.5) / believed
        spread *= 1 + _ALIKE_COSTS * min(max(together, 0.0), _MOST_ALIKE)
        return Usual(share, self.weight, spread, self.days)


def weight_of(pooled: Pooled, variance: float) -> float:
    """Say as how many independent taps released rounds count where one tap varies so much."""
    n = pooled.answered
    children = (1 + (n - 1) * CLUSTERING) / n
    noise = pooled.rounds * RELEASE_NOISE / (n * n * variance)
    return 1 / (children + noise)


def gain(share: float, usual: float, odds: float) -> float:
    """Say how much better a tap's share fits 'the odds are so many times the usual', in nats."""
    return share * log(odds) - log(1 + (odds - 1) * usual)


def divergence(share: float, usual: float) -> float:
    """Kullback-Leibler divergence of one yes-or-no share from another, in nats a tap."""
    unlike = share * log(share / usual) if share > 0 else 0.0
    alike = (1 - share) * log((1 - share) / (1 - usual)) if share < 1 else 0.0
    return max(unlike + alike, 0.0)


def surprise(share: float, weight: float, usual: Usual) -> float:
    """Say how far a share lies above the usual, in own standard deviations; 0 if it does not."""
    if share <= usual.share:
        return 0.0
    return float((2 * usual.believed(weight) * divergence(share, usual.share)) ** 0.5)
