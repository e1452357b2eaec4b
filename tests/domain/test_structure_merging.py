"""Two people's changes of one section come together, unless both are of the same part."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.structure import DEFAULT_STRUCTURE, StructureRole
from checkin.domain.structure.merging import Mine, merge, print_of_part
from tests.domain.structures import unhurried

BEFORE = {role.id: role for role in DEFAULT_STRUCTURE.roles[:3]}
NEW = StructureRole("", "Gymdocent")
A, B, C = BEFORE


def renamed(id: str, label: str) -> StructureRole:
    return replace(BEFORE[id], label=label)


def mine(**changes: StructureRole | None) -> list[Mine]:
    """Return what I leave: the parts as they were, but for these."""
    return [Mine(id, changes.get(id, part), print_of_part(part)) for id, part in BEFORE.items()]


def test_what_i_did_not_touch_is_theirs():
    theirs = BEFORE | {A: renamed(A, "Van hen")}
    assert merge(mine(), theirs) == tuple(theirs.values())


def test_changes_of_different_parts_are_both_kept():
    theirs = BEFORE | {A: renamed(A, "Van hen")}
    merged = merge(mine(**{B: renamed(B, "Van mij")}), theirs)
    assert [role.label for role in merged[:2]] == ["Van hen", "Van mij"]


def test_what_either_added_is_there_and_what_either_removed_is_not():
    theirs = {A: BEFORE[A], C: BEFORE[C], "d": StructureRole("d", "Tolk")}  # B is gone
    merged = merge([*mine(**{C: None}), Mine("", NEW, "")], theirs)
    assert [role.label for role in merged] == [BEFORE[A].label, "Tolk", "Gymdocent"]


@pytest.mark.parametrize(
    ("my_part", "their_part"),
    [
        (renamed(A, "Van mij"), renamed(A, "Van hen")),
        (None, renamed(A, "Van hen")),
        (renamed(A, "Van mij"), None),
    ],
)
def test_two_changes_of_the_same_part_are_for_a_person_to_choose(my_part, their_part):
    theirs = {id: part for id, part in (BEFORE | {A: their_part}).items() if part is not None}
    assert merge(mine(**{A: my_part}), theirs) is None


def test_the_same_change_twice_is_no_quarrel():
    same = renamed(A, "Samen")
    assert merge(mine(**{A: same}), BEFORE | {A: same})[0] == same
    assert merge(mine(**{A: None}), {B: BEFORE[B], C: BEFORE[C]}) == (BEFORE[B], BEFORE[C])


def test_two_parts_of_one_name_are_not_told_apart():
    part = BEFORE[A]
    twice = [Mine(A, part, print_of_part(part))] * 2
    assert merge(twice, BEFORE) is None


LABELS = st.dictionaries(st.sampled_from([A, B, C]), st.sampled_from(["x", "y"]), max_size=3)


@unhurried
@given(LABELS, LABELS)
def test_no_change_of_either_is_lost_without_a_word(my_labels, their_labels):
    theirs = BEFORE | {id: renamed(id, label) for id, label in their_labels.items()}
    merged = merge(mine(**{id: renamed(id, label) for id, label in my_labels.items()}), theirs)
    both = my_labels.keys() & their_labels.keys()
    quarrel = any(my_labels[id] != their_labels[id] for id in both)
    assert (merged is None) == quarrel
    if merged is not None:
        wanted = {id: role.label for id, role in BEFORE.items()} | my_labels | their_labels
        assert {role.id: role.label for role in merged} == wanted
