"""Whether numbers that were drawn fit a distribution, with a false alarm once in a million."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

FALSE_ALARM = 1e-6


def two_sided_geometric(scale: float, ends: int) -> dict[int, float]:
    """Return the chance of each noise from -ends to ends, what is beyond gathered at the ends."""
    q = math.exp(-1 / scale)
    inner = {k: (1 - q) / (1 + q) * q ** abs(k) for k in range(1 - ends, ends)}
    return {-ends: q**ends / (1 + q), **inner, ends: q**ends / (1 + q)}


def fits(drawn: Iterable[int], chances: Mapping[int, float]) -> bool:
    """Tell whether numbers may have been drawn with these chances, the ends gathered."""
    seen = gathered(drawn, max(chances))
    total = seen.total()
    assert min(chances.values()) * total >= 5, "too few drawn to tell"
    statistic = sum((seen[k] - total * p) ** 2 / (total * p) for k, p in chances.items())
    return chance_of_more(statistic, len(chances) - 1) > FALSE_ALARM


def same(one: Sequence[int], other: Sequence[int], ends: int) -> bool:
    """Tell whether as many numbers from two sources may come from one distribution."""
    assert len(one) == len(other)
    a, b = gathered(one, ends), gathered(other, ends)
    statistic = sum((a[k] - b[k]) ** 2 / (a[k] + b[k]) for k in a.keys() | b.keys())
    return chance_of_more(statistic, 2 * ends) > FALSE_ALARM


def gathered(drawn: Iterable[int], ends: int) -> Counter[int]:
    """Count numbers, what is beyond the ends gathered at them."""
    return Counter(max(-ends, min(ends, k)) for k in drawn)


def chance_of_more(statistic: float, freedom: int) -> float:
    """Return the chance of a larger chi-square, in closed form for an even freedom."""
    assert freedom % 2 == 0
    half = statistic / 2
    return sum(
        math.exp(i * math.log(half) - half - math.lgamma(i + 1)) for i in range(freedom // 2)
    )
