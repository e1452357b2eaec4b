"""What each role may open: the table of 'who sees what', and nothing beside it."""

from itertools import product

import pytest

from checkin.domain import access
from checkin.domain.access import Person, Role

OWN, OTHER = 1, 2


def person(*roles: Role) -> Person:
    return Person(7, 1, "Tess", "tess@school.example", None, frozenset(roles), frozenset({OWN}))


@pytest.mark.parametrize(("role", "classroom"), list(product(Role, (OWN, OTHER))))
def test_a_class_is_seen_by_its_teacher_and_the_care_team_alone(role, classroom):
    seen = access.may_see_trend(person(role), classroom)
    assert seen is (role is Role.IB or (role is Role.TEACHER and classroom == OWN))


@pytest.mark.parametrize(("role", "classroom"), list(product(Role, (OWN, OTHER))))
def test_a_round_is_sealed_by_its_teacher_alone(role, classroom):
    assert access.may_seal(person(role), classroom) is (role is Role.TEACHER and classroom == OWN)


@pytest.mark.parametrize(("role", "classroom"), list(product(Role, (OWN, OTHER))))
def test_the_rituals_of_a_class_are_set_by_its_teacher_and_who_keeps_the_school(role, classroom):
    keeps = access.may_keep_class(person(role), classroom)
    own = role is Role.TEACHER and classroom == OWN
    assert keeps is (own or role in (Role.HEAD, Role.ADMIN))


@pytest.mark.parametrize("role", Role)
def test_flags_are_the_care_teams(role):
    assert access.may_review(person(role)) is (role is Role.IB)


@pytest.mark.parametrize("role", Role)
def test_the_school_as_a_whole_is_seen_by_the_care_team_and_the_head(role):
    assert access.may_see_school(person(role)) is (role in (Role.IB, Role.HEAD))


@pytest.mark.parametrize("role", Role)
def test_one_flag_is_also_seen_by_its_teacher_and_who_has_it_in_hand(role):
    assert access.may_see_flag(person(role), OWN, None) is (role in (Role.IB, Role.TEACHER))
    assert access.may_see_flag(person(role), OTHER, None) is (role is Role.IB)
    in_hand = access.may_see_flag(person(role), OTHER, assigned_to=7)
    assert in_hand is access.may_take_in_hand(person(role)) is (role in (Role.IB, Role.TEACHER))


@pytest.mark.parametrize("role", Role)
def test_classrooms_staff_and_tablets_are_kept_by_admin_and_head(role):
    assert access.may_keep_school(person(role)) is (role in (Role.ADMIN, Role.HEAD))


def test_who_has_no_role_may_open_nothing():
    nobody = person()
    assert not access.may_see_trend(nobody, OWN)
    assert not access.may_seal(nobody, OWN)
    assert not access.may_keep_class(nobody, OWN)
    assert not access.may_review(nobody)
    assert not access.may_see_school(nobody)
    assert not access.may_keep_school(nobody)
