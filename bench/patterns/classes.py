"""Seeded classes of a school year: what was true, what was tapped, and what was released of it."""

import zlib
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import betaincinv, ndtr

from bench.patterns.days import AFTER_BREAK, DAYS, EVERY_DAY, WEEKDAY
from bench.patterns.scenarios import QUIET, SCENARIOS, Scenario, Truth, inject
from checkin.domain.release import EPSILON, FLOOR

SHARED = 0.5
"""On this part of the days the mood of check-in lasts until check-out."""
_SWING = 0.06
_CARRIES = 0.5


@dataclass(frozen=True)
class Round:
    """One of the two rounds of every class and day; 0 answered where it was not held."""

    answered: np.ndarray
    released: np.ndarray  # answered, 0 where the heavy count was withheld
    heavy: np.ndarray  # noised, 0 where withheld


@dataclass(frozen=True)
class Classes:
    """Many classes side by side; `truth` and all but pupils and rounds is hidden from rules."""

    scenario: Scenario
    pupils: np.ndarray
    check_in: Round
    check_out: Round
    base: np.ndarray
    clustering: np.ndarray
    away_clustering: np.ndarray
    onset: np.ndarray
    truth: Truth

    def __len__(self) -> int:
        return len(self.base)


def make_classes(number: int, seed: int, scenario: str = QUIET, world: str = "") -> Classes:
    """Make a year of classes; the same arguments always make the same ones."""
    rng = np.random.default_rng([seed, zlib.crc32(f"{scenario}/{world}".encode())])
    what = SCENARIOS[scenario]
    base = _base_shares(rng, number, what.kind, world)
    clustering = np.full(number, 0.15) if world == "clustered" else rng.uniform(0.02, 0.10, number)
    pupils, moved = _pupils(rng, number, world)
    truth = _truth(rng, base, moved, world)
    away = rng.uniform(0.01, 0.05, number)
    onset = rng.integers(*what.onset, number)
    happened = inject(truth, what.kind, what.size, onset)
    answered = _answered(rng, pupils, happened, away)
    heavy = _heavy(rng, answered, happened, clustering, world)
    check_in, check_out = (_release(rng, n, x) for n, x in zip(answered, heavy, strict=True))
    return Classes(what, pupils, check_in, check_out, base, clustering, away, onset, truth)


def chosen(classes: Classes, which: np.ndarray) -> Classes:
    """Return the classes of these numbers."""
    return replace(classes, **{name: _part(value, which) for name, value in vars(classes).items()})


def _part(value: object, which: np.ndarray) -> object:
    if isinstance(value, np.ndarray):
        return value[which]
    if isinstance(value, Round | Truth):
        return type(value)(*(array[which] for array in vars(value).values()))
    return value


def _base_shares(rng: np.random.Generator, number: int, kind: str, world: str) -> np.ndarray:
    low, high = (0.10, 0.60)
    if kind == "heavy":
        low, high = (0.50, 0.60)
    elif world == "very heavy":
        low, high = (0.70, 0.90)
    return rng.uniform(low, high, number)


def _pupils(rng: np.random.Generator, number: int, world: str) -> tuple[np.ndarray, np.ndarray]:
    """Return class sizes, and how far joiners and leavers have moved the level by then."""
    is_small = rng.random(number) < 0.35
    size = np.where(is_small, rng.integers(8, 16, number), rng.integers(16, 31, number))
    if world == "small":
        size = rng.integers(5, 10, number)
    joins, leaves = (rng.random((number, DAYS)) < 1.5 / DAYS for _ in range(2))
    joins[:, 0] = leaves[:, 0] = False
    moved = np.cumsum((joins | leaves) * rng.normal(0, 0.10, (number, DAYS)), axis=1)
    net = np.cumsum(joins.astype(int) - leaves, axis=1)
    return np.clip(size[:, None] + net, 4, 34), moved


def _truth(rng: np.random.Generator, base: np.ndarray, moved: np.ndarray, world: str) -> Truth:
    number = len(base)
    weekday = rng.normal(0, 0.36 if world == "weekdays" else 0.12, (number, 5))[:, WEEKDAY]
    offset = rng.normal(0, 0.15, number)[:, None]
    logit = np.log(base / (1 - base))[:, None] + moved + weekday + 0.15 * AFTER_BREAK
    heavy_in, heavy_out = _share(logit), _share(logit + offset)
    if world == "seasonal":
        phase = rng.uniform(0, 2 * np.pi, number)[:, None]
        swing = _SWING * np.sin(2 * np.pi * EVERY_DAY / DAYS + phase)
        heavy_in, heavy_out = (np.clip(h + swing, 0.02, 0.97) for h in (heavy_in, heavy_out))
    part_in = rng.beta(18, 2.6, number)[:, None] * np.ones((1, DAYS))
    return Truth(heavy_in, heavy_out, part_in, part_in * rng.uniform(0.75, 1.0, number)[:, None])


def _answered(
    rng: np.random.Generator, pupils: np.ndarray, truth: Truth, away: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    scale = ((1 - away) / away)[:, None]
    trip = rng.random(pupils.shape) < 0.015
    held_in, held_out = (~trip & (rng.random(pupils.shape) > skipped) for skipped in (0.02, 0.06))
    return (
        _beta_binomial(rng, pupils, truth.part_in, scale) * held_in,
        _beta_binomial(rng, pupils, truth.part_out, scale) * held_out,
    )


def _heavy(
    rng: np.random.Generator,
    answered: tuple[np.ndarray, np.ndarray],
    truth: Truth,
    clustering: np.ndarray,
    world: str,
) -> tuple[np.ndarray, np.ndarray]:
    """Draw heavy taps from a mood of the day, a quantile that may last until check-out."""
    shape = answered[0].shape
    scale = np.broadcast_to(((1 - clustering) / clustering)[:, None], shape)
    mood = rng.standard_normal(shape)
    if world == "autocorrelated":
        for day in range(1, DAYS):
            mood[:, day] = _CARRIES * mood[:, day - 1] + (1 - _CARRIES**2) ** 0.5 * mood[:, day]
    quantile = np.clip(ndtr(mood), 1e-6, 1 - 1e-6)
    lasts = rng.random(shape) < SHARED
    own = rng.beta(truth.heavy_out * scale, (1 - truth.heavy_out) * scale)
    same = betaincinv(truth.heavy_out * scale, (1 - truth.heavy_out) * scale, quantile)
    today = betaincinv(truth.heavy_in * scale, (1 - truth.heavy_in) * scale, quantile)
    share_out = np.where(lasts, same, own)
    return rng.binomial(answered[0], today), rng.binomial(answered[1], np.clip(share_out, 0, 1))


def _release(rng: np.random.Generator, answered: np.ndarray, heavy: np.ndarray) -> Round:
    """Release as the product does: two-sided geometric noise, clipped; withheld below the floor."""
    fall = 1 - np.exp(-EPSILON)
    noise = rng.geometric(fall, heavy.shape) - rng.geometric(fall, heavy.shape)
    released = np.where(answered >= FLOOR, answered, 0)
    return Round(answered, released, np.clip(heavy + noise, 0, released))


def _beta_binomial(
    rng: np.random.Generator, number: np.ndarray, share: np.ndarray, scale: np.ndarray
) -> np.ndarray:
    return rng.binomial(number, rng.beta(share * scale, (1 - share) * scale))


def _share(logit: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logit))
