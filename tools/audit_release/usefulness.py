"""What the noise and the floor cost: lights that differ, rounds without one, flags that are missed.

Pupils are taken to choose a heavy card independently with the same share; 87 % of them tap.
"""

from collections.abc import Mapping
from decimal import Decimal
from math import comb

from checkin.domain.release import FLOOR, Light, Why
from tools.audit_release.law import Law
from tools.audit_release.odds import chances_of, lights_of
from tools.audit_release.rule import LIGHTS, Rule

TAPPING = Decimal("0.87")
SHARES = tuple(Decimal(n) / 100 for n in (10, 20, 30, 40, 50, 60, 70))


def binomial(n: int, k: int, p: Decimal) -> Decimal:
    """Return the chance of k in n."""
    return comb(n, k) * p**k * (1 - p) ** (n - k)


def steps_off(rule: Rule, law: Law, m: int, share: Decimal) -> tuple[Decimal, Decimal]:
    """Return how often the light is one step off, and how often two, at a share of heavy taps.

    From few to many is two steps also where no number of heavy taps gives the light between.
    """
    off = {0: Decimal(0), 1: Decimal(0), 2: Decimal(0)}
    for heavy in range(m + 1):
        weight, plain = binomial(m, heavy, share), LIGHTS.index(rule.light(m, heavy))
        for light, chance in lights_of(chances_of(rule, law, m, heavy)).items():
            off[abs(LIGHTS.index(light) - plain)] += weight * chance
    return off[1], off[2]


def light_table(rule: Rule, law: Law, m: int) -> list[Mapping[Light, Decimal]]:
    """Return how likely each light is, for each number of heavy taps."""
    return [lights_of(chances_of(rule, law, m, heavy)) for heavy in range(m + 1)]


def withheld(rule: Rule, pupils: int) -> Decimal:
    """Return in which share of rounds a class gets no light because too few tap."""
    return sum(
        (
            binomial(pupils, m, TAPPING)
            for m in range(pupils + 1)
            if rule.release(m, 0, pupils).why is not Why.SHOWN
        ),
        Decimal(0),
    )


def smallest_released(rule: Rule) -> int:
    """Return the fewest taps, and pupils, that ever give a light; the floor if all is well."""
    shown = [
        min(m, pupils)
        for pupils in range(1, 41)
        for m in range(45)
        if rule.release(m, 0, pupils).light is not Light.WITHHELD
    ]
    return min(shown, default=FLOOR)


def kept_detection(rule: Rule, law: Law, m: int, plain: Decimal) -> tuple[Decimal, Decimal]:
    """Return how often 'many in 5 of 10 rounds' notices a class, with the noise and without.

    The class is as heavy as makes it noticed with chance `plain` without the noise.
    """
    low, high = Decimal(0), Decimal(1)
    for _ in range(40):
        share = (low + high) / 2
        if _noticed(_many(rule, None, m, share)) < plain:
            low = share
        else:
            high = share
    return _noticed(_many(rule, law, m, share)), share


def _many(rule: Rule, law: Law | None, m: int, share: Decimal) -> Decimal:
    many = Decimal(0)
    for heavy in range(m + 1):
        if law is not None:
            chance = lights_of(chances_of(rule, law, m, heavy))[Light.MANY]
        else:
            chance = Decimal(rule.light(m, heavy) is Light.MANY)
        many += binomial(m, heavy, share) * chance
    return many


def _noticed(many: Decimal) -> Decimal:
    return sum((binomial(10, k, many) for k in range(5, 11)), Decimal(0))
