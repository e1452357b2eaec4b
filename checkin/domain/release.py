"""The release rule: what may leave a sealed round, and nothing else.

R1 and R2 (nothing while open, seal once) are kept by storage and services; R3 to R6 are the
functions here. `m` is the number of taps in a round, 'not today' included.
"""

import math
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

FLOOR = 7
"""R3: 2t + 3 for t = 2 known answers; a school may raise it, nobody can lower it."""

EXTRA_TAPS = 2
"""R3: a double tap and a guest."""

EPSILON = 1.0
WEEK_SCALE = 2.0
"""R6: a tap that had been another card moves two counters of its week by one each."""

WEEK_ROUNDS, WEEK_ROUND_TAPS, WEEK_TAPS = 5, 5, 40
"""R6: at least 5 rounds with 5 taps or more, and 40 taps in the week."""


class Light(StrEnum):
    """How many taps of a round were heavy, or that it is not said."""

    FEW = "few"
    SOME = "some"
    MANY = "many"
    WITHHELD = "withheld"


class Why(StrEnum):
    """Why a light is withheld; empty when it is not."""

    SHOWN = ""
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"


@dataclass(frozen=True)
class Released:
    """All that is kept of a sealed round; `heavy` is noised, None where withheld."""

    answered: int
    pupils: int
    heavy: int | None
    light: Light
    why: Why


def release_round(m: int, noised_heavy: int, pupils: int, floor: int = FLOOR) -> Released:
    """Release one round (R3, R4, R5): clip the noised counter, choose the light.

    `floor` below 7 raises ValueError: no setting may lower it.
    """
    if floor < FLOOR:
        raise ValueError(f"the floor is {FLOOR} or more, not {floor}")
    if m < floor:
        return Released(m, pupils, None, Light.WITHHELD, Why.TOO_FEW)
    if m > pupils + EXTRA_TAPS:
        return Released(m, pupils, None, Light.WITHHELD, Why.TOO_MANY)
    heavy = min(max(noised_heavy, 0), m)
    return Released(m, pupils, heavy, light_of(m, heavy), Why.SHOWN)


def light_of(m: int, heavy: int) -> Light:
    """Return the light of `heavy` out of `m` (R4)."""
    few_top, many_from = bounds_of(m)
    if heavy <= few_top:
        return Light.FEW
    return Light.MANY if heavy >= many_from else Light.SOME


def bounds_of(m: int) -> tuple[int, int]:
    """Return few's top and many's bottom (R4): no light means zero, none means all."""
    few_top = max(3, m // 4)
    return few_top, min(m - 3, max(few_top + 1, math.ceil(m / 2)))


def draw_noise(scale: float = 1 / EPSILON, uniform: Callable[[], float] | None = None) -> int:
    """Draw a two-sided geometric number, the difference of two geometric ones (R5).

    P(k) = (1 - q) / (1 + q) * q^|k| with q = exp(-1 / scale) (Ghosh, Roughgarden and Sundararajan
    2009), from the operating system's random source unless a test passes its own.
    """
    uniform = uniform or secrets.SystemRandom().random

    def geometric() -> int:
        # 1 - u is in (0, 1], so that the logarithm exists.
        return math.floor(math.log(1.0 - uniform()) * -scale)

    return geometric() - geometric()


@dataclass(frozen=True)
class WeekPicture:
    """Shares of one week as words such as '30%' (R6), None where too few cards were tapped."""

    shares: Mapping[str, str] | None
    coping: Mapping[str, str] | None


def release_week(
    taps: int,
    answered: Sequence[int],
    feelings: Mapping[str, int],
    coping: Mapping[str, int],
) -> WeekPicture:
    """Release one week (R6) from its noised counters; `answered` lists m of each of its rounds.

    Coping cards are gated on the taps alike, never on the coping counts themselves.
    """
    enough = taps >= WEEK_TAPS and sum(m >= WEEK_ROUND_TAPS for m in answered) >= WEEK_ROUNDS
    if not enough:
        return WeekPicture(None, None)
    ends = (20, 80) if any(0 < m < FLOOR for m in answered) else (10, 90)
    return WeekPicture(
        {name: share_of(count, taps, ends) for name, count in feelings.items()},
        {name: share_of(count, taps, ends) for name, count in coping.items()},
    )


def share_of(count: int, taps: int, ends: tuple[int, int] = (10, 90)) -> str:
    """Return a share in steps of 10 %, with the ends named as '<10%' and '>90%'."""
    low, high = ends
    percent = 100 * min(max(count, 0), taps) / taps
    if percent < low:
        return f"<{low}%"
    if percent > high:
        return f">{high}%"
    return f"{math.floor(percent / 10 + 0.5) * 10}%"
