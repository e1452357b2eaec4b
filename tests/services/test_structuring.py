"""The next structure is drawn up in one draft, changed by whoever read it, and then approved."""

from dataclasses import replace
from datetime import timedelta

import pytest

from checkin.domain.access import Role
from checkin.domain.structure import (
    DEFAULT_STRUCTURE,
    AcuteCard,
    Gap,
    GapKind,
    NotWhole,
    Section,
)
from checkin.services import signing_in, structure_versions, structuring
from checkin.services.structure_versions import Standing
from checkin.services.structuring import ChangedMeanwhile, NoDraft, NotADay
from checkin.storage import structures
from checkin.storage.database import db
from tests.school import MONDAY, PASSWORD, at, next_day

CARD = AcuteCard(("Bel 112.",))


@pytest.fixture
def people(school):
    return {person.name: person for person in signing_in.list_staff(school.id)}


@pytest.fixture
def inge(people):
    return people["Inge"]


def with_card(structure):
    return replace(structure, acute=CARD)


def with_vision(text):
    return lambda structure: replace(structure, vision=text)


def save(person, section, change, seen=None):
    draft = structuring.find_draft(person.school)
    seen = seen or structuring.print_of(draft.structure, section)
    return structuring.change_section(person, section, change, seen, at(10))


def test_a_first_draft_knows_who_the_care_coordinators_are(inge):
    draft = structuring.begin_draft(inge, at(9))
    assert (draft.version, draft.made_by) == (2, inge.id)
    assert draft.structure.role("ib").holders == (inge.id,)
    assert draft.structure.role("directeur").holders == ()  # no head has an account


def test_a_second_who_begins_goes_on_with_the_same_draft(people, inge):
    structuring.begin_draft(inge, at(9))
    save(inge, Section.VISION, with_vision("Samen."))
    again = structuring.begin_draft(inge, at(11))
    assert (again.version, again.structure.vision) == (2, "Samen.")


def test_what_is_in_force_stays_as_it_is_until_the_draft_is_approved(inge):
    structuring.begin_draft(inge, at(9))
    save(inge, Section.VISION, with_vision("Samen."))
    assert (
        structure_versions.in_force(inge.school, at(11)).structure.vision
        == DEFAULT_STRUCTURE.vision
    )
    structuring.approve(inge, 1, MONDAY, at(11))
    held = structure_versions.in_force(inge.school, at(11))
    assert (held.version, held.structure.vision, held.approved_by) == (2, "Samen.", inge.id)
    assert structuring.find_draft(inge.school) is None


def test_it_comes_into_force_on_its_day(inge):
    structuring.begin_draft(inge, at(9))
    structuring.approve(inge, 0, next_day(days=7), at(11))
    assert structure_versions.in_force(inge.school, at(11)).version == 1
    assert structure_versions.in_force(inge.school, at(11, day=next_day(days=7))).version == 2


def test_two_who_change_different_sections_both_keep_their_change(inge):
    draft = structuring.begin_draft(inge, at(9))
    seen = {s: structuring.print_of(draft.structure, s) for s in Section}
    save(inge, Section.VISION, with_vision("Samen."), seen[Section.VISION])
    save(inge, Section.ACUTE, with_card, seen[Section.ACUTE])
    found = structuring.find_draft(inge.school).structure
    assert (found.vision, found.acute) == ("Samen.", CARD)


def test_of_two_who_change_the_same_the_second_is_told_and_writes_over_nothing(inge):
    draft = structuring.begin_draft(inge, at(9))
    seen = structuring.print_of(draft.structure, Section.VISION)
    save(inge, Section.VISION, with_vision("De eerste."), seen)
    with pytest.raises(ChangedMeanwhile) as told:
        save(inge, Section.VISION, with_vision("De tweede."), seen)
    assert told.value.theirs.structure.vision == "De eerste."
    assert structuring.find_draft(inge.school).structure.vision == "De eerste."
    save(inge, Section.VISION, with_vision("De tweede."))  # after having seen it
    assert structuring.find_draft(inge.school).structure.vision == "De tweede."


def test_a_change_of_another_section_in_the_same_moment_is_taken_along(inge):
    structuring.begin_draft(inge, at(9))
    calls = []

    def change(structure):
        if not calls:  # somebody saves between reading and writing
            calls.append(1)
            structures.change_draft(inge.school, 0, with_card(structure), inge.id, at(10))
            db.session.commit()
        return replace(structure, vision="Samen.")

    save(inge, Section.VISION, change)
    found = structuring.find_draft(inge.school)
    assert (found.structure.vision, found.structure.acute, found.edition) == ("Samen.", CARD, 2)


def test_saving_the_same_again_changes_nothing(inge):
    structuring.begin_draft(inge, at(9))
    save(inge, Section.VISION, with_vision("Samen."))
    assert save(inge, Section.VISION, with_vision("Samen."), "read long ago").edition == 1


def test_what_does_not_hold_together_is_not_stored(inge):
    structuring.begin_draft(inge, at(9))
    with pytest.raises(NotWhole):
        save(inge, Section.ROLES, lambda structure: replace(structure, roles=()))
    assert structuring.find_draft(inge.school).edition == 0


def test_nobody_approves_what_they_have_not_read(inge):
    structuring.begin_draft(inge, at(9))
    save(inge, Section.VISION, with_vision("Samen."))
    with pytest.raises(ChangedMeanwhile):
        structuring.approve(inge, 0, MONDAY, at(11))
    with pytest.raises(ChangedMeanwhile):
        structuring.give_up_draft(inge, 0, at(11))
    assert structuring.find_draft(inge.school) is not None


@pytest.mark.parametrize("days", [-1, 367])
def test_it_comes_into_force_neither_in_the_past_nor_after_more_than_a_year(inge, days):
    structuring.begin_draft(inge, at(9))
    with pytest.raises(NotADay):
        structuring.approve(inge, 0, MONDAY + timedelta(days=days), at(11))


def test_a_draft_that_was_given_up_is_gone_and_its_number_is_free(inge):
    structuring.begin_draft(inge, at(9))
    structuring.give_up_draft(inge, 0, at(10))
    with pytest.raises(NoDraft):
        structuring.approve(inge, 0, MONDAY, at(11))
    with pytest.raises(NoDraft):
        save_unseen(inge)
    assert structuring.begin_draft(inge, at(12)).version == 2


def save_unseen(person):
    structuring.change_section(person, Section.VISION, with_vision("x"), "", at(11))


def test_the_care_team_approves_only_where_no_head_has_an_account(school, inge):
    assert structuring.may_approve(inge)
    head = signing_in.add_staff(
        school.id, "hanna@school.example", "Hanna", PASSWORD, [Role.HEAD], []
    )
    db.session.commit()
    structuring.begin_draft(inge, at(9))
    with pytest.raises(PermissionError):
        structuring.approve(inge, 0, MONDAY, at(10))
    hanna = next(p for p in signing_in.list_staff(school.id) if p.id == head)
    assert structuring.approve(hanna, 0, MONDAY, at(10)).approved_by == head


@pytest.mark.parametrize("name", ["Tess", "Adam"])
def test_teachers_and_administrators_draw_up_no_structure(people, name):
    with pytest.raises(PermissionError):
        structuring.begin_draft(people[name], at(9))


def test_every_version_stays_to_be_read_with_where_it_stands(inge):
    for days in (7, 3, 30):  # the one for day 7 is replaced before it begins
        structuring.begin_draft(inge, at(9))
        structuring.approve(inge, 0, next_day(days=days), at(9))
    standings = [
        (o.version.version, o.standing) for o in structure_versions.history(inge.school, at(9))
    ]
    assert standings == [
        (4, Standing.COMING),
        (3, Standing.COMING),
        (2, Standing.NEVER_HELD),
        (1, Standing.IN_FORCE),
    ]
    later = structure_versions.history(inge.school, at(9, day=next_day(days=10)))
    assert [one.standing for one in later] == [
        Standing.COMING,
        Standing.IN_FORCE,
        Standing.NEVER_HELD,
        Standing.PAST,
    ]


def test_that_no_adult_can_be_asked_for_a_talk_is_told_with_what_is_missing(inge):
    told = structuring.gaps_of(inge.school, DEFAULT_STRUCTURE, at(9))
    assert told[-1] == Gap(GapKind.NO_TALK_ADULTS)
