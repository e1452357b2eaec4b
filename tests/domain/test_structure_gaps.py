"""The completeness check says what is missing, and nothing else."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from checkin.domain.structure import DEFAULT_STRUCTURE, AcuteCard, Gap, GapKind, Section, missing
from tests.domain.structures import (
    STAFF,
    TODAY,
    full_structure,
    structures,
    unhurried,
    with_role,
    with_step,
)

FULL = full_structure()


def kinds(structure, today=TODAY, staff=STAFF):
    return [gap.kind for gap in missing(structure, staff, today)]


def test_a_full_structure_lacks_nothing():
    assert missing(FULL, STAFF, TODAY) == ()


def checked(day: date | None):
    first, *others = FULL.referrals
    return replace(FULL, referrals=(replace(first, checked_on=day), *others))


@pytest.mark.parametrize(
    ("structure", "kind", "section"),
    [
        (with_role(FULL, "ib", holders=(), deputy=3), GapKind.NO_HOLDER, Section.ROLES),
        (with_role(FULL, "ib", holders=(1,)), GapKind.NO_DEPUTY, Section.ROLES),
        (with_role(FULL, "leerkracht", deputy=None), GapKind.NO_DEPUTY, Section.ROLES),
        (with_role(FULL, "ib", holders=(1, 2, 9)), GapKind.LEFT, Section.ROLES),
        (
            with_role(FULL, "ib", holders=(), named="Piet", deputy=3),
            GapKind.NO_ACCOUNT,
            Section.ROLES,
        ),
        (with_step(FULL, "met-ib", outcomes=()), GapKind.NO_OUTCOME, Section.STEPS),
        (with_step(FULL, "met-ib", escalates_to=""), GapKind.NO_ESCALATION, Section.STEPS),
        (with_step(FULL, "met-ib", escalates_to="ib"), GapKind.NOWHERE_ELSE, Section.STEPS),
        (with_step(FULL, "met-ib", first_steps=()), GapKind.NO_FIRST_STEPS, Section.STEPS),
        (with_step(FULL, "met-ib", level=1), GapKind.EMPTY_LEVEL, Section.STEPS),
        (replace(FULL, meetings=()), GapKind.NO_MEETING, Section.MEETINGS),
        (replace(FULL, referrals=()), GapKind.NO_REFERRAL, Section.REFERRALS),
        (checked(None), GapKind.NEVER_CHECKED, Section.REFERRALS),
        (checked(TODAY - timedelta(days=366)), GapKind.LONG_UNCHECKED, Section.REFERRALS),
        (replace(FULL, acute=AcuteCard((" ",))), GapKind.NO_ACUTE_CARD, Section.ACUTE),
        (replace(FULL, vision=" "), GapKind.NO_VISION, Section.VISION),
    ],
)
def test_each_thing_that_is_missing_is_told_once_with_where_to_mend_it(structure, kind, section):
    (gap,) = missing(structure, STAFF, TODAY)
    assert (gap.kind, gap.section) == (kind, section)


def test_a_year_after_the_check_is_still_in_time():
    assert kinds(checked(TODAY - timedelta(days=365))) == []


def test_two_holders_stand_in_for_each_other_until_one_has_left():
    assert kinds(with_role(FULL, "ib", holders=(1, 2))) == []
    assert kinds(FULL, staff={1, 3}).count(GapKind.NO_DEPUTY) == len(FULL.roles) - 1


def test_people_without_an_account_count_where_nothing_is_asked_of_them_here():
    assert kinds(with_role(FULL, "jgz", holders=(), named="Joke, Jan")) == []


def test_the_entries_of_the_social_map_that_were_never_checked_are_one_line():
    told = [g for g in missing(DEFAULT_STRUCTURE, STAFF, TODAY) if g.section is Section.REFERRALS]
    assert [gap.kind for gap in told] == [GapKind.NO_CONTACT, GapKind.NEVER_CHECKED]
    assert len(told[1].subjects) == len(DEFAULT_STRUCTURE.referrals)


def test_the_gravest_is_told_first():
    bare = replace(DEFAULT_STRUCTURE, acute=AcuteCard())
    assert missing(bare, STAFF, TODAY)[0] == Gap(GapKind.NO_ACUTE_CARD)


@unhurried
@given(structures())
def test_every_structure_can_be_checked(structure):
    assert all(isinstance(gap, Gap) for gap in missing(structure, STAFF, TODAY))
