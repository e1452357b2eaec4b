"""The release rule: what may leave a sealed round (R3 to R5), checked over every class size."""

import math
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.release import (
    FLOOR,
    Light,
    Why,
    bounds_of,
    light_of,
    release_round,
    why_withheld,
)

CLASS_SIZES = range(FLOOR, 31)


def test_the_bounds_are_those_of_the_rule():
    table = {m: (*bounds_of(m), m) for m in (8, 12, 20, 30)}
    assert table == {8: (3, 4, 8), 12: (3, 6, 12), 20: (5, 10, 20), 30: (7, 15, 30)}


@pytest.mark.parametrize("m", CLASS_SIZES)
def test_every_light_leaves_more_answers_open_than_two_people_know(m):
    for light in (Light.FEW, Light.SOME, Light.MANY):
        heavy = [u for u in range(m + 1) if light_of(m, u) is light]
        if not heavy:
            continue  # in the smallest classes there is no 'some'
        assert heavy == list(range(heavy[0], heavy[-1] + 1))
        if light is not Light.SOME:
            assert heavy[-1] - heavy[0] >= 3


@pytest.mark.parametrize("m", CLASS_SIZES)
def test_two_known_answers_never_make_a_third_certain(m):
    """Whoever knows two answers sees a light that fits a heavy and a not heavy third one."""
    for light, known in product((Light.FEW, Light.SOME, Light.MANY), product((0, 1), repeat=2)):
        fits = dict.fromkeys((0, 1), False)
        for third, others in product((0, 1), range(m - 2)):
            if light_of(m, sum(known) + third + others) is light:
                fits[third] = True
        assert fits[0] == fits[1], (m, light, known)


@pytest.mark.parametrize("m", CLASS_SIZES)
def test_with_the_noise_a_light_shifts_the_odds_on_a_tap_at_most_e_fold(m):
    """Even for somebody who knows all other answers: exact sums over the noise."""
    for others in range(m):
        calm, heavy = _chances(m, others), _chances(m, others + 1)
        for light in calm:
            ratio = calm[light] / heavy[light]
            assert math.exp(-1) - 1e-9 <= ratio <= math.exp(1) + 1e-9


def _chances(m, heavy):
    q = math.exp(-1)
    chances = Counter()
    for noise in range(-60, 61):
        released = release_round(m, heavy + noise, m)
        chances[released.light] += (1 - q) / (1 + q) * q ** abs(noise)
    return chances


CLASSES = st.integers(FLOOR, 40)
TAPS = st.integers(0, 60)
NOISED = st.integers(-100, 160)


@given(m=st.integers(0, FLOOR - 1), heavy=NOISED, pupils=CLASSES)
def test_below_the_floor_nothing_but_how_many_tapped_is_kept(m, heavy, pupils):
    released = release_round(m, heavy, pupils)
    assert (released.light, released.why, released.heavy) == (Light.WITHHELD, Why.TOO_FEW, None)
    assert (released.answered, released.pupils) == (m, pupils)


@given(pupils=CLASSES, extra=st.integers(3, 60), heavy=NOISED)
def test_more_taps_than_pupils_and_two_are_withheld(pupils, extra, heavy):
    released = release_round(pupils + extra, heavy, pupils)
    assert (released.light, released.why, released.heavy) == (Light.WITHHELD, Why.TOO_MANY, None)
    assert released.answered == pupils + extra, "extra taps are stored"


@given(pupils=CLASSES, extra=st.integers(0, 2), heavy=NOISED)
def test_a_double_tap_and_a_guest_withhold_nothing(pupils, extra, heavy):
    assert release_round(pupils + extra, heavy, pupils).why is Why.SHOWN


@given(pupils=st.integers(1, FLOOR - 1), m=TAPS, heavy=NOISED)
def test_a_class_under_seven_has_no_light_however_many_tap(pupils, m, heavy):
    """Or two fingers more would lift a class of five over the floor."""
    released = release_round(m, heavy, pupils)
    assert (released.light, released.why, released.heavy) == (Light.WITHHELD, Why.SMALL_CLASS, None)


@given(m=CLASSES, heavy=NOISED)
def test_the_noised_number_is_clipped_to_the_round(m, heavy):
    released = release_round(m, heavy, m)
    assert released.heavy == min(max(heavy, 0), m)
    assert released.light is light_of(m, released.heavy)


@given(m=TAPS, pupils=st.integers(1, 40), one=NOISED, other=NOISED)
def test_whether_there_is_a_light_never_depends_on_what_was_tapped(m, pupils, one, other):
    assert release_round(m, one, pupils).why is release_round(m, other, pupils).why


@given(m=TAPS, pupils=st.integers(1, 40), heavy=NOISED, floor=st.integers(FLOOR, 40))
def test_nothing_is_kept_of_a_withheld_round_but_its_taps_and_pupils(m, pupils, heavy, floor):
    released = release_round(m, heavy, pupils, floor)
    is_withheld = released.light is Light.WITHHELD
    assert is_withheld is (released.heavy is None) is (released.why is not Why.SHOWN)


@given(m=TAPS, pupils=st.integers(1, 40), floor=st.integers(FLOOR, 40))
def test_a_raised_floor_only_ever_withholds_more(m, pupils, floor):
    if why_withheld(m, pupils) is not Why.SHOWN:
        assert why_withheld(m, pupils, floor) is not Why.SHOWN


def test_a_school_may_raise_the_floor():
    assert release_round(9, 0, 12, floor=10).why is Why.TOO_FEW
    assert release_round(10, 0, 12, floor=10).why is Why.SHOWN
    assert release_round(9, 0, 9, floor=10).why is Why.SMALL_CLASS


@pytest.mark.parametrize("floor", [6, 1, 0, -1])
@pytest.mark.parametrize(("m", "pupils"), [(12, 12), (3, 12), (40, 12), (5, 5)])
def test_nobody_lowers_the_floor(floor, m, pupils):
    with pytest.raises(ValueError, match="7 or more"):
        release_round(m, 0, pupils, floor=floor)


@given(m=CLASSES, heavy=st.integers(0, 39))
def test_a_light_never_falls_when_one_more_tap_is_heavy(m, heavy):
    order = [Light.FEW, Light.SOME, Light.MANY]
    assert order.index(light_of(m, heavy)) <= order.index(light_of(m, heavy + 1))
