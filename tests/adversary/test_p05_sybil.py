"""P5: the tablet is full of taps that somebody knows, and one that he does not.

The attack: a teacher's own finger. Let six known taps open a light, and one child tap; or seven, or
twenty; the known ones all light, all heavy, or any mixture; the others' usual share known as well.
Read the light, and ask how far it moves the odds that this one child's card was heavy.

The promise: a factor of e at most, for every number of known taps in every size of round. Exactly:
no sampling, and over the functions that the running program releases with.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from checkin.domain.release import Light, Released, Why, light_of
from tools.audit_release.law import Law, law_of
from tools.audit_release.odds import known_odds
from tools.audit_release.rule import SIZES, THE_APP, Rule

E = Decimal(1).exp() + Decimal("1e-20")
SHARES = (Decimal("0.1"), Decimal("0.5"), Decimal("0.9"))
QUICK = (7, 8, 12, 30)


def furthest_odds(rule: Rule, law: Law, m: int) -> Decimal:
    """Return the largest shift over every number of known taps in a round of `m`."""
    return max(known_odds(rule, law, m, known, s) for known in range(m) for s in SHARES)


@pytest.mark.parametrize("m", QUICK)
def test_known_taps_beside_one_child_move_the_odds_by_e_at_most(m: int) -> None:
    assert 1 < furthest_odds(THE_APP, law_of(THE_APP, 1), m) <= E


@pytest.mark.long
@pytest.mark.parametrize("m", SIZES)
def test_so_it_is_in_every_size_of_round(m: int) -> None:
    assert 1 < furthest_odds(THE_APP, law_of(THE_APP, 1), m) <= E


# The canaries.


def test_it_catches_too_little_noise() -> None:
    """With q = 1/5 a tap moves the odds five-fold."""
    assert furthest_odds(THE_APP, Law(Decimal("0.2")), 8) > E


def test_it_catches_a_floor_alone() -> None:
    """A floor, and no noise: six known taps and one child's card lies open."""

    def release(m, noised, pupils):
        if m < 7:
            return Released(m, pupils, None, Light.WITHHELD, Why.TOO_FEW)
        return Released(m, pupils, min(max(noised, 0), m), light_of(m, noised), Why.SHOWN)

    no_noise = Law(Decimal("1e-30"))
    assert furthest_odds(replace(THE_APP, release=release), no_noise, 7) > 1000
