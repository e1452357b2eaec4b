"""The limit: Page's CUSUM of one who knows everything but the onset.

It knows every day's true shares, the clustering, how moods last, and the kind and size of what is
to come. It does not know of the noise, as no peer does, so it is a near limit, not a strict one.
For a drift it takes the best of all onsets; for one day it adds nothing up.
"""

import numpy as np
from scipy.special import betaincinv, betaln, gammaln, roots_legendre

from bench.patterns.classes import SHARED, Classes
from bench.patterns.days import DAYS
from bench.patterns.scenarios import Scenario, Truth, drift_profile, inject
from bench.patterns.scoring import find_bar, merged

_HEIGHTS = 6
"""A drift is weighed in sixths of its full height."""
_NEVER = -(10**6)


class Oracle:
    """Knows one scenario, over many classes side by side."""

    def __init__(self, scenario: Scenario, classes: Classes, withheld_tells: bool = True) -> None:
        self.scenario, self.number = scenario, len(classes)
        self.withheld_tells = withheld_tells
        self.steps = self._steps(classes)

    def flags(self, bar: float) -> np.ndarray:
        """Return its flags (classes, days) at a bar."""
        flags = np.zeros((self.number, DAYS), bool)
        last, total = np.full(self.number, _NEVER), np.zeros(self.number)
        onsets = np.full((DAYS, self.number), -np.inf)
        for day in range(DAYS):
            total = self._total(total, onsets, day)
            fired = total >= bar
            flags[:, day] = merged(fired, last, day)
            total[fired] = 0.0
            onsets[:, fired] = -np.inf
        return flags

    def _total(self, total: np.ndarray, onsets: np.ndarray, day: int) -> np.ndarray:
        if self.scenario.kind == "drift":
            heights = np.rint(drift_profile(1.0) * _HEIGHTS).astype(int)
            onsets[day] = 0.0
            onsets[: day + 1] += self.steps[:, day, :].T[heights[day - np.arange(day + 1)]]
            return np.maximum(onsets[: day + 1].max(0), 0)
        before = 0 if self.scenario.kind == "day" else total
        return np.maximum(0, before + self.steps[:, day])

    def _steps(self, classes: Classes) -> np.ndarray:
        """Log likelihood ratios (classes, days), or (classes, days, heights) for a drift."""
        kind, size = self.scenario.kind, self.scenario.size
        zero = np.zeros(self.number, int)
        if kind == "participation":
            happened = inject(classes.truth, kind, size, zero)
            return self._away(classes, happened) - self._away(classes, classes.truth)
        moods = _Moods(classes.clustering)
        usual = _log_heavy(classes, classes.truth, moods)

        def ratio(kind: str, size: float) -> np.ndarray:
            return _log_heavy(classes, inject(classes.truth, kind, size, zero), moods) - usual

        if kind != "drift":
            return ratio("shift" if kind == "day" else kind, size)
        sizes = [size * n / _HEIGHTS for n in range(1, _HEIGHTS + 1)]
        return np.stack([np.zeros_like(usual)] + [ratio("shift", s) for s in sizes], -1)

    def _away(self, classes: Classes, truth: Truth) -> np.ndarray:
        total = np.zeros(classes.pupils.shape)
        for held, part in ((classes.check_in, truth.part_in), (classes.check_out, truth.part_out)):
            seen = held.answered if self.withheld_tells else held.released
            rho = classes.away_clustering[:, None]
            total += _beta_binomial(seen, classes.pupils, part, rho) * (seen > 0)
        return total


def oracle_bar(oracle: Oracle, budget: float) -> float:
    """Return the bar at which it spends the budget in quiet classes."""

    def rate(bar: float) -> float:
        return float(oracle.flags(bar).sum() / oracle.number / 2)

    return find_bar(rate, budget, 0.0, 16.0, 11)


def _choose(n: np.ndarray, x: np.ndarray) -> np.ndarray:
    return gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)


def _beta_binomial(x: np.ndarray, n: np.ndarray, share: np.ndarray, rho: np.ndarray) -> np.ndarray:
    scale = (1 - rho) / rho
    a, b = share * scale, (1 - share) * scale
    return _choose(n, x) + betaln(x + a, n - x + b) - betaln(a, b)


def _log_heavy(classes: Classes, truth: Truth, moods: "_Moods") -> np.ndarray:
    """Log probability of both rounds, whose mood is shared on a part of the days."""
    rounds = (
        (classes.check_in.heavy, classes.check_in.released, truth.heavy_in),
        (classes.check_out.heavy, classes.check_out.released, truth.heavy_out),
    )
    rho = classes.clustering[:, None]
    apart = sum(_beta_binomial(x, n, share, rho) for x, n, share in rounds)
    at_moods = moods.log_weights
    for x, n, share in rounds:
        q = moods.at(share)
        x, n = x[..., None], n[..., None]
        at_moods = at_moods + x * np.log(q) + (n - x) * np.log1p(-q)
    highest = at_moods.max(-1)
    shared = highest + np.log(np.exp(at_moods - highest[..., None]).sum(-1))
    shared = shared + sum(_choose(n, x) for x, n, _ in rounds)
    return np.logaddexp(np.log(SHARED) + shared, np.log(1 - SHARED) + apart)


class _Moods:
    """Quantiles of the share of a day at Gauss-Legendre nodes, tabulated over its mean."""

    _means = np.linspace(0.004, 0.996, 125)

    def __init__(self, clustering: np.ndarray, nodes: int = 12) -> None:
        at, weight = roots_legendre(nodes)
        self.log_weights = np.log(weight / 2)
        grid = np.linspace(clustering.min() - 1e-9, clustering.max() + 1e-9, 9)
        scale = ((1 - grid) / grid)[:, None, None]
        means = self._means[None, :, None]
        table = betaincinv(means * scale, (1 - means) * scale, (at + 1) / 2)
        low = np.clip(np.searchsorted(grid, clustering) - 1, 0, len(grid) - 2)
        part = ((clustering - grid[low]) / (grid[low + 1] - grid[low]))[:, None, None]
        self.table = np.clip((1 - part) * table[low] + part * table[low + 1], 1e-6, 1 - 1e-6)

    def at(self, share: np.ndarray) -> np.ndarray:
        """Return the quantiles (classes, days, nodes) of days with these mean shares."""
        place = (share - self._means[0]) / (self._means[1] - self._means[0])
        low = np.clip(place.astype(int), 0, len(self._means) - 2)
        part = (place - low)[..., None]
        each = np.arange(len(share))[:, None]
        return (1 - part) * self.table[each, low] + part * self.table[each, low + 1]
