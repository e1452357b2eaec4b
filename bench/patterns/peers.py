"""Peer rules of the field, one class each, side by side over many classes.

A rule gets a day of one stream and answers a score, -inf where it has nothing to say. A flag is
`score >= bar`; the bars are set outside, at one budget for every rule alike.
"""

from collections.abc import Callable

import numpy as np

from bench.patterns.streams import Value, divide

NOTHING = -np.inf
CLUSTERING, AWAY_CLUSTERING = 0.05, 0.03


class Rule:
    """What every rule has: a number of classes, and whether a flag makes it begin anew."""

    begins_anew = False
    clustering = CLUSTERING

    def __init__(self, number: int) -> None:
        self.number = number

    def update(self, value: Value) -> np.ndarray:
        """Take a day in and score it."""
        raise NotImplementedError

    def restart(self, which: np.ndarray) -> None:
        """Begin anew after a flag."""


class Last:
    """The last values of every class."""

    def __init__(self, length: int, number: int) -> None:
        self.values, self.seen = np.full((length, number), np.nan), np.zeros(number, int)
        self.each = np.arange(number)

    def push(self, value: np.ndarray, there: np.ndarray) -> None:
        """Keep a value where there is one."""
        at = self.seen % len(self.values)
        self.values[at, self.each] = np.where(there, value, self.values[at, self.each])
        self.seen += there

    def back(self, steps: int) -> np.ndarray:
        """Return the value so many steps back, 1 being the newest."""
        kept = self.values[(self.seen - steps) % len(self.values), self.each]
        return np.where(self.seen >= steps, kept, np.nan)


class InARow(Rule):
    """Three in a row: the lowest of the last three values."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.last = Last(3, number)

    def update(self, value: Value) -> np.ndarray:
        """Score the day."""
        self.last.push(value.value, value.there)
        return np.where(value.there & (self.last.seen >= 3), self.last.values.min(0), NOTHING)


class FixedBar(Rule):
    """The mean of the last five values against one bar for every class."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.last = Last(5, number)

    def update(self, value: Value) -> np.ndarray:
        """Score the day."""
        self.last.push(value.value, value.there)
        return np.where(value.there & (self.last.seen >= 5), self.last.values.mean(0), NOTHING)


class Ears(Rule):
    """EARS C2 and C3: seven days after a guard of two; a spread of at least one pupil."""

    baseline, guard = 7, 2

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.last, self.scores = Last(self.baseline + self.guard, number), Last(3, number)

    def update(self, value: Value) -> np.ndarray:
        """Score the day."""
        back = range(self.guard + 1, self.guard + self.baseline + 1)
        days = np.stack([self.last.back(n) for n in back])
        live = value.there & (self.last.seen >= self.baseline + self.guard)
        mean, spread = days.mean(0), days.std(0, ddof=1)
        spread = np.maximum(spread, divide(np.ones(self.number), value.size, 1.0))
        score = np.where(live, (np.where(value.there, value.value, 0) - mean) / spread, 0.0)
        self.scores.push(score, live)
        self.last.push(value.value, value.there)
        summed = np.maximum(0, np.nan_to_num(self.scores.values) - 1).sum(0)
        return np.where(live, np.maximum(score / 3.0, summed / 2.0), NOTHING)


class Chart(Rule):
    """A Shewhart chart after twenty days: 3 sigma and run rules; a score of 3 is as published."""

    first_days, least_spread = 20, 0.01

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.values = np.full((self.first_days, number), np.nan)
        self.sizes = np.ones((self.first_days, number))
        self.seen, self.centre, self.spread = (
            np.zeros(number, int),
            np.zeros(number),
            np.ones(number),
        )
        self.last, self.run = Last(5, number), np.zeros(number)
        self.climb, self.before = np.zeros(number), np.full(number, np.inf)

    def update(self, value: Value) -> np.ndarray:
        """Score the day."""
        learns = value.there & (self.seen < self.first_days)
        which = np.nonzero(learns)[0]
        self.values[self.seen[which], which] = value.value[which]
        self.sizes[self.seen[which], which] = value.size[which]
        self.seen[which] += 1
        self._set_limits(which[self.seen[which] == self.first_days], value)
        live = value.there & (self.seen >= self.first_days) & ~learns
        off = np.where(value.there, value.value, 0) - self.centre
        score = np.where(live, off / self.spread * self._scale(value), 0.0)
        self._count(score, live, value)
        return np.where(live, self._worst(score), NOTHING)

    def _count(self, score: np.ndarray, live: np.ndarray, value: Value) -> None:
        self.last.push(score, live)
        self.run = np.where(live, np.where(score > 0, self.run + 1, 0), self.run)
        rising = value.value > self.before
        self.climb = np.where(live, np.where(rising, self.climb + 1, 0), self.climb)
        self.before = np.where(value.there, value.value, self.before)

    def _two_of_three(self, score: np.ndarray) -> np.ndarray:
        three = np.nan_to_num(np.stack([self.last.back(n) for n in (1, 2, 3)]), nan=-9.0)
        return np.where(score > 0, 1.5 * np.sort(three, 0)[1], NOTHING)

    def _set_limits(self, which: np.ndarray, value: Value) -> None:
        raise NotImplementedError

    def _scale(self, value: Value) -> np.ndarray | float:
        return 1.0

    def _worst(self, score: np.ndarray) -> np.ndarray:
        raise NotImplementedError


class XmrChart(Chart):
    """XmR with the NHS rules: 2 of 3, a shift of seven, a trend of seven."""

    def _set_limits(self, which: np.ndarray, value: Value) -> None:
        if len(which):
            days = self.values[:, which]
            self.centre[which] = days.mean(0)
            moves = np.abs(np.diff(days, axis=0)).mean(0) / 1.128
            self.spread[which] = np.maximum(moves, self.least_spread)

    def _worst(self, score: np.ndarray) -> np.ndarray:
        runs = np.maximum(3.0 * self.run / 7, 3.0 * (self.climb + 1) / 7)
        return np.maximum(np.maximum(score, self._two_of_three(score)), runs)


class PChart(XmrChart):
    """A p-chart with Western Electric rules: 2 of 3, 4 of 5, eight in a row."""

    is_share = False

    def _set_limits(self, which: np.ndarray, value: Value) -> None:
        if value.hits is None:
            super()._set_limits(which, value)
        elif len(which):
            self.is_share = True
            days, sizes = self.values[:, which], self.sizes[:, which]
            centre = (days * sizes).sum(0) / sizes.sum(0)
            self.centre[which] = centre
            self.spread[which] = np.sqrt(np.maximum(centre * (1 - centre), 0.01))

    def _scale(self, value: Value) -> np.ndarray | float:
        return np.sqrt(np.maximum(value.size, 1)) if self.is_share else 1.0

    def _worst(self, score: np.ndarray) -> np.ndarray:
        five = np.sort(np.nan_to_num(self.last.values, nan=-9.0), 0)
        runs = np.maximum(3.0 * five[1], 3.0 * self.run / 8)
        return np.maximum(np.maximum(score, self._two_of_three(score)), runs)


class Residual:
    """The standardised residual against the mean of all earlier days, of beta-binomial width."""

    def __init__(self, number: int) -> None:
        self.weight, self.sum, self.days, self.squares = (np.zeros(number) for _ in range(4))

    def update(self, value: Value, rho: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return the residual, whether there is one, and the mean it is from."""
        share = np.where(value.there, value.value, 0.0)
        weight = np.where(value.there, value.size / (1 + (value.size - 1) * rho), 0.0)
        is_share = value.hits is not None
        mean = divide(self.sum, self.weight, 0.5 if is_share else 0.0)
        variance = (4.5 + self.squares) / (10 + self.days)
        if is_share:
            variance = np.clip(mean * (1 - mean), 0.02, None)
        inverse = divide(np.ones_like(weight), weight, 1.0) + divide(
            np.ones_like(weight), self.weight, 1.0
        )
        ready = value.there & (self.days >= 10)
        residual = np.where(ready, (share - mean) / np.sqrt(variance * inverse), 0.0)
        self.squares += np.where(value.there & (self.days > 0), weight * (share - mean) ** 2, 0.0)
        self.weight += weight
        self.sum += weight * share
        self.days += value.there
        return residual, ready, mean


class Ewma(Rule):
    """EWMA (0.2) of the beta-binomial residuals."""

    smoothing = 0.2

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.residual, self.average = Residual(number), np.zeros(number)

    def update(self, value: Value) -> np.ndarray:
        """Score the day."""
        residual, ready, _ = self.residual.update(value, self.clustering)
        smoothed = (1 - self.smoothing) * self.average + self.smoothing * residual
        self.average = np.where(ready, smoothed, self.average)
        width = (self.smoothing / (2 - self.smoothing)) ** 0.5
        return np.where(ready, self.average / width, NOTHING)


class SelfStartingCusum(Rule):
    """CUSUM of the binomial log likelihood ratio (odds 2), or of the residual less one half."""

    begins_anew = True

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.residual, self.sum = Residual(number), np.zeros(number)

    def restart(self, which: np.ndarray) -> None:
        """Begin anew after a flag."""
        self.sum[which] = 0.0

    def update(self, value: Value) -> np.ndarray:
        """Score the day."""
        residual, ready, mean = self.residual.update(value, self.clustering)
        step = residual - 0.5
        if value.hits is not None:
            usual = np.clip(mean, 0.02, 0.98)
            raised = 2 * usual / (1 + usual)
            misses = value.size - value.hits
            step = value.hits * np.log(raised / usual) + misses * np.log((1 - raised) / (1 - usual))
        self.sum = np.where(ready, np.maximum(0, self.sum + step), self.sum)
        return np.where(ready, self.sum, NOTHING)


PEERS: dict[str, Callable[[int], Rule]] = {
    "three days in a row": InARow,
    "fixed bar, mean of 5 days": FixedBar,
    "EARS C2/C3": Ears,
    "p-chart, Western Electric": PChart,
    "XmR, NHS rules": XmrChart,
    "self-starting CUSUM": SelfStartingCusum,
    "EWMA, beta-binomial": Ewma,
}
