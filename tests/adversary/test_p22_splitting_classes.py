"""P22, through the pages: somebody splits a class to see the same cards twice.

The attack: seal a round, then split the class at once, so that the same pupils tap the same moment
once more in a class with noise of its own: two lights of one morning, whose noise can be averaged.
Or let a tablet keep its cards, split, and let it send them: they are in the light of the old class
by those who tapped in time, and in the week of the new one too.

The promise: a round belongs to one class from its first card to its light. A class that was split
has its next round under the new names, and what a tablet kept counts for the class of that day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from flask import Flask

from checkin.domain.rounds import Moment, Round
from checkin.services import class_years, signing_in, tapping
from checkin.services.class_years import CannotChange, planning
from checkin.services.timetables import calendar_of
from checkin.storage import released, schools
from tests.adversary.places import Place, Variant, the_product
from tests.school import MONDAY, SmallSchool, at, taps

TUESDAY = MONDAY + timedelta(days=1)


def split(school: SmallSchool, day: date) -> int:
    """Split the first class, its tablet goes along; return the new class."""
    by = signing_in.list_staff(school.id)[0]
    room = schools.get_classroom(school.classrooms[0])
    change = class_years.plan_split(
        by, room, "Nieuw", (7, 7), {school.tablet.id}, (), day, school.clock.now
    )
    class_years.carry_out_due(at(0, 0, day))
    return change.begins[0]


def lights_of_one_morning(place: Place, variant: Variant = the_product) -> int:
    """Seal a round, split, and let the same pupils tap again; return how many lights there are."""
    with place.opened() as school, variant(school.app):
        school.tap(*taps(3, 5))
        school.seal()
        groups = [school.classrooms[0]]
        try:
            groups.append(split(school, MONDAY))
        except CannotChange:
            return len(released.rounds_between(groups[0], MONDAY, MONDAY))
        school.tap(*taps(3, 5))
        school.seal(Round(groups[1], MONDAY, Moment.CHECK_IN))
        return sum(len(released.rounds_between(id, MONDAY, MONDAY)) for id in groups)


def cards_in_the_other_class(place: Place, variant: Variant = the_product) -> int:
    """Let a tablet keep its cards over a split; return how many the new class counts."""
    with place.opened() as school, variant(school.app):
        kept = taps(3, 5)
        school.tap(*taps(2, 5))
        new = split(school, TUESDAY)
        school.clock.now = at(8, 30, TUESDAY)
        school.tap(*kept)
        return tapping.late_taps(new, "2026-W48").kept


def test_one_morning_has_one_light(place: Place) -> None:
    assert lights_of_one_morning(place) == 1


def test_a_card_is_in_the_class_where_it_was_tapped(place: Place) -> None:
    assert cards_in_the_other_class(place) == 0


# The canaries.


@contextmanager
def splits_at_once(app: Flask) -> Iterator[None]:
    """A split that looks at no round."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            planning,
            "first_day_for",
            lambda rooms, now: calendar_of(rooms[0].school).today(now),
        )
        yield


@contextmanager
def goes_by_the_tablet(app: Flask) -> Iterator[None]:
    """A card counts for the class that its tablet has when it is sent."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tapping, "_homes_of", lambda *_: {})
        yield


def test_it_catches_a_split_under_a_round(place: Place) -> None:
    assert lights_of_one_morning(place, splits_at_once) == 2


def test_it_catches_cards_that_go_with_the_tablet(place: Place) -> None:
    assert cards_in_the_other_class(place, goes_by_the_tablet) == 8
