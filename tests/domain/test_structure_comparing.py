"""Two versions are compared part by part."""

from dataclasses import replace

from hypothesis import given

from checkin.domain.structure import DEFAULT_STRUCTURE, AcuteCard, Section
from checkin.domain.structure.comparing import Change, ChangeKind, differences
from tests.domain.structures import structures, unhurried, with_role, with_step


@unhurried
@given(structures())
def test_a_structure_differs_in_nothing_from_itself(structure):
    assert differences(structure, structure) == ()


@unhurried
@given(structures(), structures())
def test_different_structures_differ_in_the_sections_that_are_different(one, other):
    told = {change.section for change in differences(one, other)}
    assert told == {s for s in Section if getattr(one, s.value) != getattr(other, s.value)}


def test_a_changed_deadline_names_its_step_and_both_numbers():
    after = with_step(DEFAULT_STRUCTURE, "met-ib", school_days=3)
    assert differences(DEFAULT_STRUCTURE, after) == (
        Change(Section.STEPS, ChangeKind.CHANGED, after.step("met-ib"), "school_days", 5, 3),
    )


def test_a_role_is_known_by_its_id_when_it_gets_another_name():
    after = with_role(DEFAULT_STRUCTURE, "ib", label="Zorgcoördinator")
    (change,) = differences(DEFAULT_STRUCTURE, after)
    assert (change.field, change.after) == ("label", "Zorgcoördinator")


def test_what_is_new_and_what_is_gone_are_told_each():
    first, *others = DEFAULT_STRUCTURE.referrals
    new = replace(first, organisation="Buurtteam")
    changes = differences(DEFAULT_STRUCTURE, replace(DEFAULT_STRUCTURE, referrals=(new, *others)))
    assert [(change.kind, change.part) for change in changes] == [
        (ChangeKind.REMOVED, first),
        (ChangeKind.ADDED, new),
    ]


def test_another_order_is_told_as_another_order():
    turned = replace(DEFAULT_STRUCTURE, meetings=DEFAULT_STRUCTURE.meetings[::-1])
    assert differences(DEFAULT_STRUCTURE, turned) == (
        Change(Section.MEETINGS, ChangeKind.CHANGED, None, "place"),
    )


def test_the_card_is_told_by_its_lines():
    after = replace(DEFAULT_STRUCTURE, acute=AcuteCard(("Bel 112.",)))
    (change,) = differences(DEFAULT_STRUCTURE, after)
    assert (change.section, change.after) == (Section.ACUTE, ("Bel 112.",))
