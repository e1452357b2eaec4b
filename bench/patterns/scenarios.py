"""What can happen to a class, and worlds the rules were not made for."""

from dataclasses import dataclass

import numpy as np

from bench.patterns.days import DAYS, EVERY_DAY, WEEKDAY

LEVEL = ("sustained-rise", "slow-drift", "sudden-day")
DRIFT_DAYS = 30
"""Six school weeks."""


@dataclass(frozen=True)
class Scenario:
    """An injected change, the patterns that tell it rightly, and when it begins."""

    kind: str = ""
    size: float = 0.0
    told_by: tuple[str, ...] = ()
    onset: tuple[int, int] = (40, 120)
    share: float = 0.0
    """The share of the false-alarm budget that the oracle may spend on it."""


QUIET = "quiet"
SCENARIOS = {
    QUIET: Scenario(),
    "+10 points": Scenario("shift", 0.10, LEVEL, share=0.50),
    "+20 points": Scenario("shift", 0.20, LEVEL, share=0.50),
    "+30 points": Scenario("shift", 0.30, LEVEL, share=0.50),
    "+20 in the first weeks": Scenario("shift", 0.20, LEVEL, (15, 20), 0.50),
    "one day +40": Scenario("day", 0.40, LEVEL, share=0.50),
    "drift to +20": Scenario("drift", 0.20, LEVEL, share=0.50),
    "check-out +20": Scenario("check-out", 0.20, ("day-shift",), share=0.15),
    "Mondays +25": Scenario("Monday", 0.25, ("weekday",), share=0.15),
    "participation -25": Scenario("participation", 0.25, ("participation",), share=0.20),
    "heavy from the start": Scenario("heavy", 0.0, ("heavy-start",), (0, 1)),
}
WORLDS = {
    "autocorrelated": "the mood of a day lasts: AR(1) with 0.5",
    "seasonal": "a smooth swing of 6 points up and down over the year",
    "weekdays": "weekday effects three times as large",
    "small": "classes of 5-9 pupils",
    "clustered": "rho 0.15 between days",
    "very heavy": "base share 70-90 %",
}


@dataclass(frozen=True)
class Truth:
    """True shares of every class and day: heavy at check-in and check-out, and taking part."""

    heavy_in: np.ndarray
    heavy_out: np.ndarray
    part_in: np.ndarray
    part_out: np.ndarray


def drift_profile(size: float) -> np.ndarray:
    """Return the height of a drift on each day since it began."""
    return np.minimum(EVERY_DAY / DRIFT_DAYS, 1.0) * size


def inject(truth: Truth, kind: str, size: float, onset: np.ndarray) -> Truth:
    """Return the truth after a change; also what the oracle expects."""
    since = EVERY_DAY[None, :] - onset[:, None]
    after = since >= 0
    if kind == "participation":
        fallen_in, fallen_out = (
            np.maximum(part - size * after, 0.05) for part in (truth.part_in, truth.part_out)
        )
        return Truth(truth.heavy_in, truth.heavy_out, fallen_in, fallen_out)
    rises = {
        "shift": size * after,
        "day": size * (since == 0),
        "drift": drift_profile(size)[np.clip(since, 0, DAYS - 1)] * after,
        "check-out": size * after,
        "Monday": size * (after & (WEEKDAY == 0)),
    }
    rise = rises.get(kind)
    if rise is None:
        return truth
    heavy_in = truth.heavy_in if kind == "check-out" else _kept(truth.heavy_in + rise)
    return Truth(heavy_in, _kept(truth.heavy_out + rise), truth.part_in, truth.part_out)


def _kept(share: np.ndarray) -> np.ndarray:
    return np.clip(share, 0.005, 0.97)
