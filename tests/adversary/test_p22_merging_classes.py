"""P22: somebody merges and splits classes to be left with one child.

The attack: a class of one is a name. So move children until a classroom holds the one that matters:
make it smaller and smaller, also in the middle of a week; let it tap as often as a large one; put a
class of one beside two large ones and read the school as a whole. Then read every light, every
share and every figure of the school.

The promise: a light is of seven taps in a class of seven pupils at least, a week of five; counters
never move from one classroom to another; the school is of three classrooms and more, none of which
is more than half of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask

from checkin.domain import release, school_weeks
from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment
from checkin.domain.school_weeks import release_school_week
from checkin.services import sealing
from checkin.storage import released, schools
from checkin.storage.database import db
from tests.adversary.places import Place, Variant, the_product
from tests.school import MONDAY, SmallSchool, at, taps

NEXT_WEEK_OVER = at(23, 0, MONDAY + timedelta(days=9))


def what_a_class_shows(
    place: Place, pupils: list[int], each: int, variant: Variant = the_product
) -> tuple[list[str], object]:
    """Live a week in which the class has so many pupils each day; return lights and shares."""
    with place.opened() as school, variant(school.app):
        classroom = school.classrooms[0]
        for n, size in enumerate(pupils):
            schools.set_pupils(classroom, size)
            db.session.commit()
            _live_a_day(school, MONDAY + timedelta(days=n), each)
        sealing.seal_due(NEXT_WEEK_OVER)
        last = MONDAY + timedelta(days=6)
        lights = [r.light.value for r in released.rounds_between(classroom, MONDAY, last)]
        weeks = released.weeks_between(classroom, "2026-W48", "2026-W48")
        return lights, weeks[0].shares if weeks else None


def _live_a_day(school: SmallSchool, day, each: int) -> None:
    for moment, hour in ((Moment.CHECK_IN, 8), (Moment.CHECK_OUT, 14)):
        wednesday = day.isoweekday() == 3 and moment is Moment.CHECK_OUT
        school.clock.now = at(12 if wednesday else hour, 30, day)
        school.tap(*taps(each, 0, day=day, moment=moment), waiting=None)
    sealing.seal_due(at(23, 0, day + timedelta(days=1)))


@pytest.mark.parametrize("pupils", [1, 4])
def test_a_class_under_five_shows_nothing_however_often_it_taps(place: Place, pupils: int) -> None:
    lights, shares = what_a_class_shows(place, [pupils] * 5, each=8)
    assert set(lights) == {"withheld"}
    assert shares is None


def test_a_class_of_six_shows_no_light(place: Place) -> None:
    lights, _ = what_a_class_shows(place, [6] * 5, each=8)
    assert set(lights) == {"withheld"}


def test_a_class_that_shrinks_to_one_shows_no_more_of_it(place: Place) -> None:
    """Twelve on Monday, one from Tuesday: the week is not pictured with the one alone in it."""
    lights, shares = what_a_class_shows(place, [12, 1, 1, 1, 1], each=8)
    assert "withheld" not in lights[:2]
    assert set(lights[2:]) == {"withheld"}
    assert shares is None


def test_a_class_that_grows_shows_nothing_of_when_it_was_small(place: Place) -> None:
    lights, _ = what_a_class_shows(place, [1, 1, 12, 12, 12], each=8)
    assert set(lights[:4]) == {"withheld"}


def test_a_closed_class_leaves_its_counters_behind(place: Place) -> None:
    """What one classroom tapped is never in the light of another."""
    with place.opened() as school:
        school.tap(*taps(heavy=8, others=0))
        school.seal()
        mine, other = school.classrooms
        assert released.rounds_between(other, MONDAY, MONDAY) == []
        assert len(released.rounds_between(mine, MONDAY, MONDAY)) == 1


@pytest.mark.parametrize("others", [1, 2, 5])
def test_a_school_does_not_show_the_class_that_is_most_of_it(others: int) -> None:
    lights = {0: {Light.MANY: 10}} | {n: {Light.FEW: 1} for n in range(1, others + 1)}
    assert release_school_week("2026-W48", lights, frozenset()).shares is None


# The canaries.


@contextmanager
def counts_taps_and_not_pupils(app: Flask) -> Iterator[None]:
    """A floor on taps alone: a class of one that taps eight times is a class of eight."""

    def release_round(m: int, heavy: int, pupils: int, floor: int = 7) -> Released:
        if m < floor:
            return Released(m, pupils, None, Light.WITHHELD, Why.TOO_FEW)
        clipped = min(max(heavy, 0), m)
        return Released(m, pupils, clipped, release.light_of(m, clipped), Why.SHOWN)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "release_round", release_round)
        patch.setattr(release, "WEEK_PUPILS", 0)
        yield


def test_it_catches_a_floor_on_taps_alone(place: Place) -> None:
    lights, shares = what_a_class_shows(place, [1] * 5, each=8, variant=counts_taps_and_not_pupils)
    assert "withheld" not in lights
    assert shares is not None


def test_it_catches_a_school_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(school_weeks, "_is_enough", lambda sums: True)
    lights = {0: {Light.MANY: 10}, 1: {Light.FEW: 1}}
    assert release_school_week("2026-W48", lights, frozenset()).shares is not None
