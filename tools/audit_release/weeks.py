"""A week picture: how far it can shift the odds on one tap, and how far off it is."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from tools.audit_release.law import Law
from tools.audit_release.odds import FURTHEST, NotClipped, shift
from tools.audit_release.rule import Rule

ENDS = ((10, 90), (20, 80))
TAPS = range(40, 301)
"""Taps of a week: from the fewest to a class of thirty that never misses a round."""


def worst_share_odds(rule: Rule, law: Law, taps: Sequence[int] = TAPS) -> Decimal:
    """Return the largest shift by one share of a picture when its counter differs by one."""
    largest = Decimal(1)
    for total in taps:
        for ends in ENDS:
            spans = _spans(rule, total, ends)
            each = [_chances(law, spans, count) for count in range(total + 1)]
            largest = max(largest, *(shift(a, b) for a, b in pairwise(each)))
    return largest


def typical_error(law: Law, taps: Decimal, half: Decimal = Decimal("0.5")) -> Decimal:
    """Return within how many points of a hundred the noise stays in so many weeks."""
    k = 0
    while law.between(-k, k) < half:
        k += 1
    return 100 * k / taps


def _spans(rule: Rule, total: int, ends: tuple[int, int]) -> Mapping[str, tuple[int, int]]:
    """Return from which to which noised count each share is shown; counts beyond are clipped."""
    spans: dict[str, tuple[int, int]] = {}
    for count in range(-1, total + 2):
        share = rule.share(count, total, ends)
        spans[share] = (spans.get(share, (count, count))[0], count)
    for near, far in ((-1, -FURTHEST), (total + 1, FURTHEST)):
        if rule.share(near, total, ends) != rule.share(far, total, ends):
            raise NotClipped(f"a share of {total} taps tells how far the noise fell")
    return spans


def _chances(law: Law, spans: Mapping[str, tuple[int, int]], count: int) -> Mapping[str, Decimal]:
    ordered = list(spans.items())
    chances = {share: law.between(a - count, b - count) for share, (a, b) in ordered}
    (first, (_, top)), (last, (bottom, _)) = ordered[0], ordered[-1]
    chances[first] = law.at_most(top - count)
    chances[last] = law.at_most(count - bottom)
    return chances
