"""With the noise: how far what is kept of a round can shift the odds on one tap."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from math import comb
from typing import TypeVar

from checkin.domain.release import Light, Released
from tools.audit_release.law import Law
from tools.audit_release.rule import SIZES, Rule

FAR = 40
"""How far beyond a round the noise is followed; what is farther must release the same."""

FURTHEST = 10**9

Chances = Mapping[Released, Decimal]
Seen = TypeVar("Seen")


class NotClipped(Exception):
    """What is kept tells how far the noise fell beyond the round."""


def chances_of(rule: Rule, law: Law, m: int, heavy: int) -> Chances:
    """Return how likely each release is when so many of `m` taps are heavy."""
    chances: dict[Released, Decimal] = {}
    for noised in range(-FAR, m + FAR + 1):
        kept = rule.release(m, noised, m)
        chances[kept] = chances.get(kept, Decimal(0)) + law.at(noised - heavy)
    for near, far, beyond in (
        (-FAR, -FURTHEST, law.at_most(-FAR - 1 - heavy)),
        (m + FAR, FURTHEST, law.at_most(heavy - m - FAR - 1)),
    ):
        kept = rule.release(m, near, m)
        if kept != rule.release(m, far, m):
            raise NotClipped(f"of {m} taps, {kept.heavy} heavy ones are kept")
        chances[kept] += beyond
    return chances


def lights_of(chances: Chances) -> dict[Light, Decimal]:
    """Add up the chances of each light."""
    lights: dict[Light, Decimal] = {}
    for kept, chance in chances.items():
        lights[kept.light] = lights.get(kept.light, Decimal(0)) + chance
    return lights


def worst_odds(rule: Rule, law: Law, sizes: Sequence[int] = SIZES) -> tuple[Decimal, Decimal]:
    """Return the largest shift by a light, and by all that is kept, for one who knows the rest."""
    by_light, by_kept = Decimal(0), Decimal(0)
    for m in sizes:
        each = [chances_of(rule, law, m, heavy) for heavy in range(m + 1)]
        for one, other in pairwise(each):
            by_kept = max(by_kept, shift(one, other))
            by_light = max(by_light, shift(lights_of(one), lights_of(other)))
    return by_light, by_kept


def shift(one: Mapping[Seen, Decimal], other: Mapping[Seen, Decimal]) -> Decimal:
    """Return the largest likelihood ratio between two worlds; infinite if one cannot be."""
    largest = Decimal(1)
    for seen in one.keys() | other.keys():
        a, b = one.get(seen, Decimal(0)), other.get(seen, Decimal(0))
        if not a or not b:
            return Decimal("Infinity")
        largest = max(largest, a / b, b / a)
    return largest


def known_odds(rule: Rule, law: Law, m: int, known: int, share: Decimal) -> Decimal:
    """Return the largest shift by a light for one who knows so many taps and the usual share.

    The others are taken to be heavy independently with that share; the worst is over how many of
    the known ones were heavy and over the light.
    """
    lights = [lights_of(chances_of(rule, law, m, heavy)) for heavy in range(m + 1)]
    others = m - known - 1
    return max(
        shift(*(_mixed(lights, sad + target, others, share) for target in (0, 1)))
        for sad in range(known + 1)
    )


def _mixed(
    lights: Sequence[Mapping[Light, Decimal]], fixed: int, others: int, share: Decimal
) -> dict[Light, Decimal]:
    mixed: dict[Light, Decimal] = {}
    for heavy in range(others + 1):
        weight = comb(others, heavy) * share**heavy * (1 - share) ** (others - heavy)
        for light, chance in lights[fixed + heavy].items():
            mixed[light] = mixed.get(light, Decimal(0)) + weight * chance
    return mixed
