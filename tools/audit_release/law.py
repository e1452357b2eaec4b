"""The distribution of the noise, taken from the code that draws it.

The coin is followed along every answer of its random source, which gives its chance q as a sum of
fractions. Then the drawer is shown to be the difference of two counts of that coin, which makes
P(k) = (1 - q) / (1 + q) * q^|k| a consequence and not an assumption.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tools.audit_release.rule import Rule

CLOSE_ENOUGH = Fraction(1, 10**40)
MOST_ASKED = 10_000
Asked = tuple[tuple[int, int], ...]
"""Answers of a random source, each as (asked for below, got)."""


class NotTheNoise(Exception):
    """The drawer is not what its coin makes of it."""


class _MoreAsked(Exception):
    def __init__(self, n: int) -> None:
        self.n = n


@dataclass(frozen=True)
class Law:
    """A two-sided geometric distribution with the q that the coin was found to have."""

    q: Decimal

    def at(self, k: int) -> Decimal:
        """Return P(noise = k)."""
        return (1 - self.q) / (1 + self.q) * self.q ** abs(k)

    def at_most(self, k: int) -> Decimal:
        """Return P(noise <= k)."""
        if k >= 0:
            return 1 - self.q ** (k + 1) / (1 + self.q)
        return self.q**-k / (1 + self.q)

    def between(self, low: int, high: int) -> Decimal:
        """Return P(low <= noise <= high), from the side where the digits are."""
        if low > 0:
            return self.between(-high, -low)
        return self.at_most(high) - self.at_most(low - 1)


def law_of(rule: Rule, scale: int, counts: int = 12) -> Law:
    """Return the distribution of the noise at a scale; raises NotTheNoise."""
    least, most, yes, no = follow_coin(rule, scale)
    if most - least > CLOSE_ENOUGH:
        raise NotTheNoise("the coin does not come to an end")
    for first in range(counts):
        for second in range(counts):
            script = (*yes * first, *no, *yes * second, *no)
            if _draw(rule, scale, script) != first - second:
                raise NotTheNoise("the drawer is not the difference of two counts of its coin")
    return Law(Decimal(least.numerator) / Decimal(least.denominator))


def follow_coin(rule: Rule, scale: int) -> tuple[Fraction, Fraction, Asked, Asked]:
    """Return between what the chance of a yes lies, and the shortest ways to a yes and to a no."""
    chances = {True: Fraction(0), False: Fraction(0)}
    ways: dict[bool, Asked] = {True: (), False: ()}
    open_ways: list[tuple[Asked, Fraction]] = [((), Fraction(1))]
    while open_ways:
        way, chance = open_ways.pop(0)
        if chance <= CLOSE_ENOUGH / 100:
            continue
        try:
            fell = rule.coin(scale, _Scripted(way))
        except _MoreAsked as more:
            if more.n > MOST_ASKED:
                raise NotTheNoise(f"the coin asks for 1 in {more.n}") from None
            open_ways += [((*way, (more.n, got)), chance / more.n) for got in range(more.n)]
            continue
        chances[fell] += chance
        ways[fell] = ways[fell] or way
    return chances[True], 1 - chances[False], ways[True], ways[False]


def _draw(rule: Rule, scale: int, script: Asked) -> int | None:
    """Draw from a script; None when it was not used up, or not enough."""
    source = _Scripted(script)
    try:
        drawn = rule.draw(scale, source)
    except _MoreAsked:
        return None
    return drawn if not source.left else None


class _Scripted:
    """A random source that answers by a script and says when it is asked for more."""

    def __init__(self, script: Sequence[tuple[int, int]]) -> None:
        self.left = list(script)

    def __call__(self, n: int) -> int:
        if not self.left:
            raise _MoreAsked(n)
        asked, got = self.left.pop(0)
        if asked != n:
            raise NotTheNoise("the coin asks differently when it is used for drawing")
        return got
