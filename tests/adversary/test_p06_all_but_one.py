"""P6: somebody knows what every child tapped but one.

The attack: all of a class but one conspire, or are asked, or were seen. They read the light, and
the released number that lies behind it in the database, and ask what the last one tapped.

The promise: with the noise, what is kept moves the odds by a factor of e at most, for every size of
round and whatever the others tapped. There is no release that only one answer can have led to.
"""

from dataclasses import replace
from decimal import Decimal

import pytest

from checkin.domain.release import Released, Why, light_of
from checkin.storage import released
from checkin.storage.rows import ReleasedRoundRow
from tests.adversary.places import Place
from tests.school import taps
from tools.audit_release.law import Law, law_of
from tools.audit_release.odds import NotClipped, chances_of, worst_odds
from tools.audit_release.rule import SIZES, THE_APP, Rule

E = Decimal(1).exp() + Decimal("1e-20")


def odds_for_all_but_one(rule: Rule, law: Law) -> Decimal:
    """Return the largest shift by a light or by the number that is kept of it."""
    return max(worst_odds(rule, law))


def test_the_odds_on_the_last_child_move_by_e_at_most() -> None:
    assert odds_for_all_but_one(THE_APP, law_of(THE_APP, 1)) <= E


def test_every_release_can_have_come_from_every_number_of_heavy_cards() -> None:
    law = law_of(THE_APP, 1)
    for m in SIZES:
        each = [set(chances_of(THE_APP, law, m, heavy)) for heavy in range(m + 1)]
        assert all(releases == each[0] for releases in each)


def test_what_is_kept_is_what_was_audited(place: Place) -> None:
    """The row of a sealed round holds a release, and nothing beside it that knows more."""
    with place.opened() as school:
        school.tap(*taps(heavy=6, others=6))
        school.seal()
        kept = released.find_round(school.round())
    assert kept is not None
    law = law_of(THE_APP, 1)
    wide = replace(kept.released, pupils=12)
    assert wide in chances_of(THE_APP, law, 12, 6)
    known = {"pupils", "answered", "heavy", "light", "why"}  # the release
    known |= {"classroom_id", "day", "moment", "school_id", "sealed_at", "sealed_by"}
    assert set(ReleasedRoundRow.__table__.columns.keys()) == known


# The canaries.


def test_it_catches_no_noise() -> None:
    assert odds_for_all_but_one(THE_APP, Law(Decimal("1e-30"))) > 1000


def test_it_catches_too_little_noise() -> None:
    assert odds_for_all_but_one(THE_APP, Law(Decimal("0.2"))) > E


def test_it_catches_a_number_that_is_kept_as_it_was_drawn() -> None:
    """Not clipped to the round, a number far out can only have come from many heavy cards."""

    def release(m: int, noised: int, pupils: int) -> Released:
        return Released(m, pupils, noised, light_of(m, min(max(noised, 0), m)), Why.SHOWN)

    with pytest.raises(NotClipped):
        odds_for_all_but_one(replace(THE_APP, release=release), law_of(THE_APP, 1))
