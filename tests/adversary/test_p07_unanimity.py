"""P7: everybody tapped alike.

The attack: whoever reads that all were sad, or that none was, knows each child's card without
knowing anything beforehand; four in five cards are light on most days, so a small class is of one
mind on one day in six. So let all tap heavy, or none, and see whether anything that is published or
kept says so: a light of its own, a share of nought or of a hundred, a number that only such a class
can have.

The promise: no light means none and no light means all; a share ends at 'under 10 %' and 'over
90 %'; and the number that is kept is as likely, but for a factor of e, with one card otherwise.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from checkin.domain import release
from checkin.domain.release import WEEK_TAPS, Light, light_of, share_of
from checkin.domain.rounds import Moment
from checkin.services import sealing, tapping
from checkin.storage import released
from tests.adversary.places import Place, Variant, the_product
from tests.school import MONDAY, at, taps
from tools.audit_release.law import Law, law_of
from tools.audit_release.odds import chances_of, shift
from tools.audit_release.rule import SIZES, THE_APP

E = Decimal(1).exp() + Decimal("1e-20")
DAYS = [MONDAY + timedelta(days=n) for n in (*range(-14, -7), *range(28))]
"""Five weeks; the one between was lived already."""


def lights_of_one_mind(light: Callable[[int, int], Light]) -> list[str]:
    """Return the lights that only a class of one mind can have, or all but one of it."""
    found = []
    for m in SIZES:
        lights = [light(m, heavy) for heavy in range(m + 1)]
        found += [f"none of {m}" for heavies in (lights[1:],) if lights[0] not in heavies]
        found += [f"all of {m}" for heavies in (lights[:-1],) if lights[-1] not in heavies]
    return found


def shares_of_one_mind(share: Callable[[int, int], str]) -> list[str]:
    """Return the shares that only a week of one mind can have."""
    found = []
    for taps_of_week in range(WEEK_TAPS, 301):
        shares = [share(count, taps_of_week) for count in range(taps_of_week + 1)]
        if shares[0] not in shares[1:] or shares[-1] not in shares[:-1]:
            found.append(f"a share of {taps_of_week}")
    return found


def odds_of_one_mind(law: Law) -> Decimal:
    """Return by how much all that is kept shifts the odds between all alike and all but one."""
    worst = Decimal(1)
    for m in SIZES:
        for one, other in ((0, 1), (m, m - 1)):
            both = (chances_of(THE_APP, law, m, heavy) for heavy in (one, other))
            worst = max(worst, shift(*both))
    return worst


def numbers_kept(place: Place, heavy: int, variant: Variant = the_product) -> list[int]:
    """Let a class of twelve be of one mind in fifty rounds, on real files; return what is kept."""
    with place.opened() as school, variant(school.app):
        for day in DAYS:
            for moment, hour in ((Moment.CHECK_IN, 8), (Moment.CHECK_OUT, 14)):
                wednesday = day.isoweekday() == 3 and moment is Moment.CHECK_OUT
                school.clock.now = at(12 if wednesday else hour, 30, day)
                school.tap(*taps(heavy, 12 - heavy, day=day, moment=moment), waiting=None)
            sealing.seal_due(at(23, 59, day + timedelta(days=3)))
        kept = released.rounds_between(school.classrooms[0], DAYS[0], DAYS[-1])
        return [r.released.heavy for r in kept if r.round.day in DAYS]


def test_no_light_is_for_a_class_of_one_mind() -> None:
    assert lights_of_one_mind(light_of) == []


def test_no_share_is_for_a_week_of_one_mind() -> None:
    assert shares_of_one_mind(share_of) == []


def test_what_is_kept_hardly_tells_all_from_all_but_one() -> None:
    assert 1 < odds_of_one_mind(law_of(THE_APP, 1)) <= E


@pytest.mark.parametrize("heavy", [0, 12])
def test_a_class_of_one_mind_is_not_kept_as_such(place: Place, heavy: int) -> None:
    """In 27 of 100 rounds the noise is inwards; that it never is has a chance below 10^-6."""
    kept = numbers_kept(place, heavy)
    assert len(kept) > 45
    assert set(kept) - {heavy}


# The canaries.


def a_light_for_none(m: int, heavy: int) -> Light:
    return Light.WITHHELD if heavy == 0 else light_of(m, heavy)


def a_plain_percentage(count: int, of: int) -> str:
    return f"{100 * count / of:.1f}%"


@contextmanager
def no_noise(app: Flask) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tapping, "draw_noise", lambda *_: 0)
        patch.setattr(release, "draw_noise", lambda *_: 0)
        yield


def test_it_catches_a_light_for_none() -> None:
    assert lights_of_one_mind(a_light_for_none) != []


def test_it_catches_a_plain_percentage() -> None:
    assert shares_of_one_mind(a_plain_percentage) != []


def test_it_catches_no_noise(place: Place) -> None:
    assert odds_of_one_mind(Law(Decimal("1e-30"))) > E
    assert set(numbers_kept(place, 0, variant=no_noise)) == {0}
