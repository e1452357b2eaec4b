"""P17: a flag as an oracle for one tap.

The attack: a flag is raised or not, and that is one more answer that depends on the cards. So look
whether one comes while the round is open; and bring a class to the very brink, where one card more
raises a flag, and conclude from the flag (its pattern, its strength, every number it gives) which
card the last child tapped, knowing all the others.

The promise: flags are made of released figures, so an open round raises none; and the odds on one
card move by a factor of e at most, the same as by the light itself.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from checkin.domain.feelings import Feeling
from checkin.domain.patterns import Observation, find_patterns, sentence
from checkin.domain.release import EPSILON
from checkin.domain.rounds import Moment
from checkin.services import reviewing
from checkin.storage import flags
from checkin.storage.open_rounds import open_rounds
from tests.adversary.places import Place, Variant, the_product
from tests.school import MONDAY, SmallSchool, a_tap, taps
from tools.audit_release.law import Law, law_of
from tools.audit_release.odds import chances_of
from tools.audit_release.rule import THE_APP

M, PUPILS = 12, 14
DAYS = 60

Chances = Mapping[int, float]
Mechanism = Callable[[int], Chances]
"""From the true number of heavy cards to the chance of each released number."""


def what_an_open_round_raises(place: Place, variant: Variant = the_product) -> list[str]:
    """Let a calm class turn sad, and look for patterns before its round is sealed."""
    seen = []
    for copy, last in (("one", Feeling.HAPPY), ("other", Feeling.SAD)):
        its = place.copied_to(place.folder.with_name(copy))
        with its.opened() as school, variant(school.app):
            before = _flags_of(school)
            school.tap(*taps(heavy=11, others=0), a_tap(last))
            reviewing.look_for_patterns(school.clock.now)
            seen.append(_flags_of(school))
    return [f"{flag} is new" for flags_seen in seen for flag in flags_seen if flag not in before]


def _flags_of(school: SmallSchool) -> list[str]:
    return [f"{f.id} {f.pattern} {f.numbers}" for c in school.classrooms for f in flags.flags_of(c)]


def odds_of_flags(mechanism: Mechanism) -> float:
    """Return by how much flags can move the odds on one card, at most, over all brinks."""
    texts = [_what_is_told(u) for u in range(M + 1)]
    assert len(set(texts)) > 1, "no number of heavy cards raises a flag: there is no brink"
    worst = 1.0
    for heavy in range(M):
        one, other = (_chances_of(texts, mechanism(k)) for k in (heavy, heavy + 1))
        for told in one.keys() | other.keys():
            worst = max(worst, _ratio(one.get(told, 0.0), other.get(told, 0.0)))
    return worst


def _what_is_told(released: int) -> str:
    """Return every sentence of every flag of a class whose last round was released so."""
    days = [MONDAY - timedelta(days=n) for n in range(DAYS, 0, -1)]
    rounds = [
        Observation(day, moment, PUPILS, M, (1, 2, 3, 2)[n % 4])
        for n, day in enumerate(d for d in days if d.isoweekday() < 6)
        for moment in Moment
    ]
    rounds.append(Observation(MONDAY, Moment.CHECK_IN, PUPILS, M, released))
    return " ".join(f"{p.pattern} {p.strength} {sentence(p)}" for p in find_patterns(rounds))


def _chances_of(texts: list[str], chances: Chances) -> dict[str, float]:
    """Add up what is told alike."""
    told: defaultdict[str, float] = defaultdict(float)
    for released, chance in chances.items():
        told[texts[released]] += chance
    return told


def _ratio(one: float, other: float) -> float:
    low, high = sorted((one, other))
    return math.inf if low == 0 < high else high / low if high else 1.0


def as_released(law: Law) -> Mechanism:
    """Let the release rule make what it does of a true number and noise of this law, exactly."""
    return lambda heavy: {
        kept.heavy: float(chance) for kept, chance in chances_of(THE_APP, law, M, heavy).items()
    }


def test_an_open_round_raises_nothing(place: Place) -> None:
    assert what_an_open_round_raises(place) == []


def test_a_flag_moves_the_odds_by_e_at_most() -> None:
    assert 1 < odds_of_flags(as_released(law_of(THE_APP, 1))) <= math.exp(EPSILON) * (1 + 1e-9)


# The canaries.


@contextmanager
def looks_ahead(app: Flask) -> Iterator[None]:
    """A review that wants to be early, and takes the round that is still open along."""

    def observations_of(classroom, now, real=reviewing.observations_of):
        rows = open_rounds().run(lambda tx: tx._execute("SELECT heavy FROM open_round").fetchall())
        return [
            Observation(MONDAY - timedelta(days=n), Moment.CHECK_IN, 14, 12, min(max(u, 0), 12))
            for n in range(60, 0, -1)
            for u in (rows[0][0] if rows and n == 1 else 1,)
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reviewing, "observations_of", observations_of)
        yield


def test_it_catches_a_review_that_looks_ahead(place: Place) -> None:
    assert what_an_open_round_raises(place, looks_ahead) != []


def test_it_catches_flags_made_of_exact_counts() -> None:
    assert odds_of_flags(lambda heavy: {heavy: 1.0}) == math.inf


def test_it_catches_too_little_noise() -> None:
    half_of_it = Law(Decimal(-2 * EPSILON).exp())
    assert odds_of_flags(as_released(half_of_it)) > math.exp(EPSILON) * 1.1
