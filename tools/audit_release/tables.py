"""What the auditor prints, and what docs/promise.md holds between its marks: Markdown tables."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from tools.audit_release.disclosure import disclosures
from tools.audit_release.findings import A_FEW_WEEKS, Finding, check
from tools.audit_release.law import Law, law_of
from tools.audit_release.odds import known_odds
from tools.audit_release.rule import LIGHTS, SIZES, THE_APP
from tools.audit_release.usefulness import (
    SHARES,
    TAPPING,
    kept_detection,
    light_table,
    steps_off,
    withheld,
)
from tools.audit_release.weeks import typical_error

A_CLASS = 12
ROUNDS_A_WEEK = 10


def guarantees(findings: Iterable[Finding] | None = None) -> str:
    """Return the guarantees with what was found."""
    found = check(THE_APP, A_FEW_WEEKS) if findings is None else findings
    rows = [(f.promise, f.limit, f.found, "yes" if f.holds else "**NO**") for f in found]
    return _table(("promised", "at most, or at least", "found", "holds"), rows)


def disclosure() -> str:
    """Return which numbers of heavy taps each light stands for, and when one gives another away."""
    rows = []
    for found in disclosures(THE_APP):
        spans = [_span(found.heavy.get(light, ())) for light in LIGHTS]
        rows.append((str(found.m), *spans, str(found.first)))
    return _table(("m", "few", "some", "many", "known answers for certainty"), rows)


def knowledge() -> str:
    """Return how far a light shifts the odds for somebody who knows some of the other taps."""
    law, shares = _round_law(), (Decimal("0.2"), Decimal("0.5"))
    rows = [
        (str(known), *(f"{known_odds(THE_APP, law, A_CLASS, known, s):.2f}" for s in shares))
        for known in (0, 1, 2, 3, A_CLASS - 1)
    ]
    return _table(("known of the others", "a calm class (20 %)", "a heavy class (50 %)"), rows)


def a_class() -> str:
    """Return how likely each light is in a class of twelve."""
    rows = [
        (str(heavy), *(_percent(chances.get(light, Decimal(0))) for light in LIGHTS))
        for heavy, chances in enumerate(light_table(THE_APP, _round_law(), A_CLASS))
    ]
    return _table(("heavy taps of 12", *(light.value for light in LIGHTS)), rows)


def off() -> str:
    """Return how often a light differs from the noiseless one, and how often by two steps."""
    law = _round_law()
    rows = []
    for m in (7, 8, 10, 12, 14, 16, 20, 24, SIZES[-1]):
        both = [steps_off(THE_APP, law, m, share) for share in SHARES]
        rows.append((str(m), *(f"{_percent(one + two)} ({_percent(two)})" for one, two in both)))
    return _table(("m", *(f"{share:.0%}" for share in SHARES)), rows)


def kept_back() -> str:
    """Return how often classes of each size get no light."""
    rows = [(str(n), _percent(withheld(THE_APP, n))) for n in range(6, 13)]
    return _table(("pupils", "rounds without a light"), rows)


def weeks() -> str:
    """Return how far off the shares of a week picture are, before they are rounded to tens."""
    law = law_of(THE_APP, THE_APP.week_scale)
    rows = []
    for pupils in (6, 8, 12, 16, 24, 30):
        taps = pupils * ROUNDS_A_WEEK * TAPPING
        errors = [typical_error(law, taps, Decimal(half)) for half in ("0.5", "0.9")]
        rows.append((str(pupils), f"{taps:.0f}", *(f"{error:.1f}" for error in errors)))
    return _table(("pupils", "taps", "half of the shares within", "nine in ten within"), rows)


def flags() -> str:
    """Return what a flag rule loses by the noise."""
    plain, law = Decimal("0.86"), _round_law()
    rows = []
    for m in (8, A_CLASS, 24):
        kept, share = kept_detection(THE_APP, law, m, plain)
        rows.append((str(m), _percent(share), _percent(plain), _percent(kept)))
    return _table(("m", "share of heavy taps", "noticed without noise", "with it"), rows)


SECTIONS: dict[str, Callable[[], str]] = {
    "guarantees": guarantees,
    "disclosure": disclosure,
    "knowledge": knowledge,
    "a-class": a_class,
    "off": off,
    "kept-back": kept_back,
    "weeks": weeks,
    "flags": flags,
}


def _round_law() -> Law:
    return law_of(THE_APP, THE_APP.round_scale)


def _span(heavy: Sequence[int]) -> str:
    if len(heavy) < 2:
        return "".join(map(str, heavy)) or "-"
    return f"{heavy[0]}-{heavy[-1]}"


def _percent(share: Decimal) -> str:
    return f"{100 * share:.0f} %" if share >= Decimal("0.005") or not share else "< 1 %"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
