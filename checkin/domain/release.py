"""The release rule: what may leave a sealed round or a closed week, and nothing else.

R1 and R2 (nothing while open, seal once) and R7 (then forget) are kept by services and storage;
R3 to R6 are the functions here; R8 for the school is in `school_weeks`. `m` is the number of taps
in a round, 'not today' included.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from checkin.domain.noise import draw_noise as draw_noise  # R5: part of the rule

FLOOR = 7
"""R3: 2t + 3 for t = 2 known answers; a school may raise it, nobody can lower it."""

EXTRA_TAPS = 2
"""R3: a double tap and a guest."""

EPSILON = 1
"""R5: with the noise of scale 1 / EPSILON a tap shifts the odds on itself at most e-fold."""

WEEK_SCALE = 2
"""R6: a tap that had been another card moves two counters of its week by one each."""

WEEK_PUPILS = 5
"""Smaller classes get nothing; those under the floor get weeks alone."""

WEEK_ROUNDS, WEEK_ROUND_TAPS, WEEK_TAPS = 5, 5, 40
"""R6: at least 5 rounds with 5 taps or more, and 40 taps in the week."""


class UnsafeFloor(ValueError):
    """Somebody lowered the floor; nothing may be released with it."""


class Light(StrEnum):
    """How many taps of a round were heavy, or that it is not said."""

    FEW = "few"
    SOME = "some"
    MANY = "many"
    WITHHELD = "withheld"


class Why(StrEnum):
    """Why a light is withheld; empty when it is not."""

    SHOWN = ""
    SMALL_CLASS = "small-class"
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

    `floor` below 7 raises UnsafeFloor: no setting may lower it.
    """
    if why := why_withheld(m, pupils, floor):
        return Released(m, pupils, None, Light.WITHHELD, why)
    heavy = min(max(noised_heavy, 0), m)
    return Released(m, pupils, heavy, light_of(m, heavy), Why.SHOWN)


def why_withheld(m: int, pupils: int, floor: int = FLOOR) -> Why:
    """Tell why a round has no light (R3); it depends on how many tapped, never on what."""
    if floor < FLOOR:
        raise UnsafeFloor(f"the floor is {FLOOR} or more, not {floor}")
    if pupils < floor:
        return Why.SMALL_CLASS  # or two extra taps would lift a class of five over the floor
    if m < floor:
        return Why.TOO_FEW
    return Why.TOO_MANY if m > pupils + EXTRA_TAPS else Why.SHOWN


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


@dataclass(frozen=True)
class WeekPicture:
    """Shares of one week as words such as '30%' (R6), None where too few cards were tapped."""

    shares: Mapping[str, str] | None
    coping: Mapping[str, str] | None


def release_week(
    taps: int,
    rounds: Sequence[Released],
    feelings: Mapping[str, int],
    coping: Mapping[str, int],
) -> WeekPicture:
    """Release one week (R6) from its noised counters and its sealed rounds.

    Coping cards are gated on the taps alike, never on the coping counts themselves.
    """
    if taps < WEEK_TAPS or sum(_counts_for_week(round) for round in rounds) < WEEK_ROUNDS:
        return WeekPicture(None, None)
    ends = (20, 80) if any(0 < round.answered < FLOOR for round in rounds) else (10, 90)
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


def _counts_for_week(round: Released) -> bool:
    """Judge a round by the class as it was that day: pupils come and go within a week."""
    return round.answered >= WEEK_ROUND_TAPS and round.pupils >= WEEK_PUPILS
