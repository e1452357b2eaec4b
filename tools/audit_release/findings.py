"""The guarantees, each checked: what was promised, what was found, and whether it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from checkin.domain.release import FLOOR
from tools.audit_release.disclosure import disclosures
from tools.audit_release.law import Law, NotTheNoise, law_of
from tools.audit_release.odds import NotClipped, worst_odds
from tools.audit_release.rule import SIZES, Rule
from tools.audit_release.usefulness import smallest_released
from tools.audit_release.weeks import TAPS, worst_share_odds

KNOWN = 2
"""So many answers may be known without a third becoming certain."""

ROUNDING = Decimal("1e-20")
A_FEW_WEEKS = (40, 60, 120, 300)


@dataclass(frozen=True)
class Finding:
    """One guarantee."""

    promise: str
    limit: str
    found: str
    holds: bool


def check(rule: Rule, taps: Sequence[int] = TAPS) -> list[Finding]:
    """Check every guarantee; a release that cannot even be followed breaks its own."""
    return [_floor(rule), _known(rule), *_noise(rule, taps)]


def _floor(rule: Rule) -> Finding:
    smallest = smallest_released(rule)
    promise = "Fewest taps, and pupils, that give a light"
    return Finding(promise, f">= {FLOOR}", str(smallest), smallest >= FLOOR)


def _known(rule: Rule) -> Finding:
    sizes = range(min(smallest_released(rule), SIZES.start), SIZES.stop)
    first = min(found.first for found in disclosures(rule, sizes))
    promise = "Without noise: fewest known answers that make one more certain"
    return Finding(promise, f"> {KNOWN}", str(first), first > KNOWN)


def _noise(rule: Rule, taps: Sequence[int]) -> Iterator[Finding]:
    promise = "The noise is the two-sided geometric one of scales 1 and 2, to 20 digits"
    try:
        laws = [law_of(rule, scale) for scale in (rule.round_scale, rule.week_scale)]
    except NotTheNoise as problem:
        yield Finding(promise, "it is", str(problem), False)
        return
    off = max(abs(law.q - (-1 / Decimal(n)).exp()) for law, n in zip(laws, (1, 2), strict=True))
    is_it = off < ROUNDING
    yield Finding(promise, "it is", "it is" if is_it else f"off by {off:.3f}", is_it)
    yield from _odds(rule, laws[0], laws[1], taps)


def _odds(rule: Rule, by_round: Law, by_week: Law, taps: Sequence[int]) -> Iterator[Finding]:
    whole = "All that is kept of a round shifts the odds on one tap, all others known"
    try:
        light, kept = worst_odds(rule, by_round)
        share = worst_share_odds(rule, by_week, taps)
    except NotClipped as problem:
        yield Finding(whole, "clipped to 0..m", str(problem), False)
        return
    yield _shift("A light shifts the odds on one tap, all others known", light, 1)
    yield _shift(whole, kept, 1)
    card = share**2  # another card: two counters differ by one
    yield _shift("A week picture shifts the odds on one tap", card, 1)
    yield _shift("Light and week picture together", kept * card, 2)
    yield _shift("Light, week picture and coping card together", kept * card * card, 3)


def _shift(promise: str, found: Decimal, power: int) -> Finding:
    limit = Decimal(power).exp()
    text = f"<= e^{power} = {limit:.3f}".replace("e^1 ", "e ")
    return Finding(promise, text, f"{found:.3f}", found <= limit * (1 + ROUNDING))
