"""The school as a whole (R8): it says something of all classrooms and nothing of one."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.release import Light
from checkin.domain.school_weeks import LIGHTS, release_school_week

FEW, SOME, MANY = LIGHTS
NOBODY = frozenset()
CALM, HEAVY = {FEW: 8, SOME: 2}, {MANY: 9, SOME: 1}


def released(lights, seen=NOBODY):
    if not isinstance(lights, dict):
        lights = dict(enumerate(lights))
    return release_school_week("2026-W47", lights, frozenset(seen))


def test_three_classrooms_are_shown_in_steps_of_ten():
    week = released([CALM, CALM, HEAVY])
    assert week.classrooms == 3
    assert week.shares == {"few": "50%", "some": "20%", "many": "30%"}


def test_two_classrooms_are_withheld():
    week = released([CALM, HEAVY])
    assert (week.classrooms, week.shares) == (None, None)


def test_a_classroom_without_lights_does_not_count():
    assert released([CALM, HEAVY, {}]).shares is None
    assert released([CALM, HEAVY, {FEW: 0}]).shares is None


def test_whoever_teaches_two_of_three_is_shown_nothing():
    """Or the third would be what is left when one's own are taken away."""
    assert released([CALM, CALM, HEAVY], seen={0, 1}).shares is None
    assert released([CALM, CALM, HEAVY], seen={0}).shares is None


def test_whoever_teaches_some_is_shown_the_others_only():
    week = released([CALM, CALM, HEAVY, HEAVY, HEAVY], seen={0, 1})
    assert week.classrooms == 3
    assert week.shares == released([HEAVY] * 3).shares


def test_whoever_sees_them_all_is_shown_them_all():
    assert released([CALM, CALM, HEAVY], seen={0, 1, 2}) == released([CALM, CALM, HEAVY])


def test_a_classroom_with_more_than_half_of_the_lights_withholds_the_week():
    assert released([{FEW: 10}, {MANY: 5}, {MANY: 4}]).shares is None
    assert released([{FEW: 10}, {MANY: 5}, {MANY: 5}]).shares is not None


def test_ten_lights_are_withheld():
    assert released([{FEW: 4}, {FEW: 3}, {FEW: 3}]).shares is None
    assert released([{FEW: 4}, {FEW: 4}, {FEW: 3}]).shares == {
        "few": ">90%",
        "some": "<10%",
        "many": "<10%",
    }


@pytest.mark.parametrize("total", range(11, 46))
def test_a_figure_never_makes_one_light_certain(total):
    """Whatever is shown, each single light may have been of two kinds at least."""
    ways = defaultdict(list)
    for few, some in product(range(total + 1), repeat=2):
        if few + some <= total:
            many = total - few - some
            rooms = thirds({FEW: few, SOME: some, MANY: many})
            ways[tuple(released(rooms).shares.items())].append((few, some, many))
    for counts in ways.values():
        for of_kind in zip(*counts, strict=True):
            assert set(of_kind) != {total}, counts


def thirds(counts):
    """Deal lights out to three classrooms, as evenly as can be."""
    dealt = [light for light, n in counts.items() for _ in range(n)]
    return [{light: dealt[n::3].count(light) for light in LIGHTS} for n in range(3)]


CLASSROOMS = st.dictionaries(
    st.integers(1, 9),
    st.fixed_dictionaries({light: st.integers(0, 10) for light in LIGHTS}),
    max_size=7,
)


@given(lights=CLASSROOMS, seen=st.frozensets(st.integers(1, 9)), own=st.integers(0, 10))
def test_what_one_sees_oneself_changes_no_figure_of_the_others(lights, seen, own):
    """So nobody can take his own away from it."""
    if not [c for c, counts in lights.items() if c not in seen and any(counts.values())]:
        return
    changed = {c: {FEW: own} if c in seen else counts for c, counts in lights.items()}
    assert released(lights, seen) == released(changed, seen)


@given(lights=CLASSROOMS, seen=st.frozensets(st.integers(1, 9)))
def test_a_figure_rests_on_three_classrooms_none_of_them_most_of_it(lights, seen):
    week = released(lights, seen)
    if week.shares is not None:
        assert week.classrooms >= 3
        held = {c: sum(n.values()) for c, n in lights.items() if any(n.values())}
        counted = [n for c, n in held.items() if c not in seen] or list(held.values())
        assert 2 * max(counted) <= sum(counted)


@given(lights=CLASSROOMS)
def test_it_does_not_matter_which_classroom_had_which_lights(lights):
    """No figure ranks or names a classroom."""
    turned = dict(zip(lights, reversed(list(lights.values())), strict=True))
    assert released(lights) == released(turned)


def test_withheld_rounds_count_for_nothing():
    padded = [{**CALM, Light.WITHHELD: 5}, CALM, HEAVY]
    assert released([{Light.WITHHELD: 10}, CALM, HEAVY]).shares is None
    assert released(padded).shares is not None
