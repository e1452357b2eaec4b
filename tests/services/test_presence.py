"""Whoever is there acts for a role; else the deputy does, and else it is said that nobody does."""

from dataclasses import replace
from datetime import timedelta

import pytest

from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.services import forgetting, presence, signing_in
from checkin.services.presence import AbsenceProblem, NotAnAbsence, who_acts
from checkin.storage import absences
from tests.domain.structures import with_role
from tests.school import MONDAY, at, next_day

TUESDAY = next_day()


@pytest.fixture
def people(school):
    return {person.name: person for person in signing_in.list_staff(school.id)}


@pytest.fixture
def structure(people):
    held = with_role(
        DEFAULT_STRUCTURE, "ib", holders=(people["Inge"].id,), deputy=people["Adam"].id
    )
    return with_role(held, "leerkracht", deputy=people["Inge"].id)


def away(person, first=MONDAY, last=MONDAY, by=None):
    return presence.note_absence(by or person, person.id, first, last, at(8))


def test_the_holder_acts_while_there_and_the_deputy_on_the_days_in_between(people, structure):
    away(people["Inge"], TUESDAY, next_day(days=2))
    acting = [who_acts(structure, "ib", None, next_day(days=n)) for n in range(4)]
    inge, adam = (people["Inge"].id,), (people["Adam"].id,)
    assert acting == [inge, adam, adam, inge]


def test_nobody_acts_when_the_deputy_is_away_too(people, structure):
    away(people["Inge"])
    away(people["Adam"])
    assert who_acts(structure, "ib", None, MONDAY) == ()


def test_two_holders_stand_in_for_each_other(people, structure):
    both = with_role(structure, "ib", holders=(people["Inge"].id, people["Tess"].id))
    away(people["Inge"])
    assert who_acts(both, "ib", None, MONDAY) == (people["Tess"].id,)
    assert who_acts(both, "ib", None, TUESDAY) == (people["Inge"].id, people["Tess"].id)


def test_a_role_of_a_classroom_is_held_by_its_own_teachers(school, people, structure):
    zon, maan = school.classrooms
    assert who_acts(structure, "leerkracht", zon, MONDAY) == (people["Tess"].id,)
    assert who_acts(structure, "leerkracht", maan, MONDAY) == (people["Omar"].id,)
    away(people["Tess"])
    assert who_acts(structure, "leerkracht", zon, MONDAY) == (people["Inge"].id,)


def test_whoever_left_the_school_acts_no_more(people, structure):
    signing_in.leave(people["Inge"].id, at(9))
    assert who_acts(structure, "ib", None, MONDAY) == (people["Adam"].id,)
    signing_in.leave(people["Adam"].id, at(9))
    assert who_acts(structure, "ib", None, MONDAY) == ()


def test_nobody_acts_for_a_role_that_is_not_there(structure):
    assert who_acts(structure, "gone", None, MONDAY) == ()
    assert who_acts(structure, "", None, MONDAY) == ()


def test_an_absence_is_seen_on_its_days_until_it_is_taken_back(school, people):
    id = away(people["Tess"], MONDAY, TUESDAY)
    tess = people["Tess"].id
    assert presence.is_absent(tess, MONDAY)
    assert presence.absent_on(school.id, TUESDAY) == {tess}
    assert presence.absent_on(school.id, next_day(days=2)) == frozenset()
    presence.take_back(people["Tess"], presence.find_absence(people["Tess"], id), at(9))
    assert presence.absent_on(school.id, MONDAY) == frozenset()


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        (TUESDAY, MONDAY, AbsenceProblem.BACKWARDS),
        (MONDAY - timedelta(days=3), MONDAY - timedelta(days=1), AbsenceProblem.OVER),
        (MONDAY, MONDAY + timedelta(days=366), AbsenceProblem.LONG),
    ],
)
def test_days_on_which_nobody_can_be_away_are_refused(people, first, last, problem):
    with pytest.raises(NotAnAbsence) as caught:
        away(people["Tess"], first, last)
    assert caught.value.problem is problem


def test_one_notes_it_for_oneself_and_only_the_care_team_and_administrators_for_others(people):
    away(people["Tess"], by=people["Inge"])
    away(people["Tess"], by=people["Adam"])
    with pytest.raises(PermissionError):
        away(people["Omar"], by=people["Tess"])
    id = away(people["Omar"])
    with pytest.raises(PermissionError):
        presence.take_back(people["Tess"], absences.find(id), at(9))


def test_somebody_of_another_school_is_nobody_here(people):
    stranger = replace(people["Inge"], school=people["Inge"].school + 1)
    with pytest.raises(NotAnAbsence) as caught:
        away(people["Tess"], by=stranger)
    assert caught.value.problem is AbsenceProblem.UNKNOWN


def test_absences_are_forgotten_four_weeks_after_their_last_day(school, people):
    away(people["Tess"], MONDAY, MONDAY)
    away(people["Omar"], MONDAY, TUESDAY)
    assert forgetting.forget(at(8, day=next_day(days=28))).absences == 0
    assert forgetting.forget(at(8, day=next_day(days=29))).absences == 1
    assert [one.name for one in absences.list_from(school.id, MONDAY)] == ["Omar"]
    assert forgetting.forget(at(8, day=next_day(days=29))).absences == 0
