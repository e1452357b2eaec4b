"""The release rule: what may leave a sealed round (R3 to R6), checked over every class size."""

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
    draw_noise,
    light_of,
    release_round,
    release_week,
    share_of,
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


@given(m=st.integers(0, FLOOR - 1), heavy=st.integers(-50, 50), pupils=st.integers(1, 40))
def test_below_the_floor_nothing_but_how_many_tapped_is_kept(m, heavy, pupils):
    released = release_round(m, heavy, pupils)
    assert (released.light, released.why, released.heavy) == (Light.WITHHELD, Why.TOO_FEW, None)
    assert released.answered == m


@given(pupils=st.integers(7, 30), extra=st.integers(3, 60), heavy=st.integers(-5, 90))
def test_more_taps_than_pupils_and_two_are_withheld(pupils, extra, heavy):
    released = release_round(pupils + extra, heavy, pupils)
    assert (released.light, released.why, released.heavy) == (Light.WITHHELD, Why.TOO_MANY, None)


@given(m=st.integers(FLOOR, 40), heavy=st.integers(-100, 140))
def test_the_noised_number_is_clipped_to_the_round(m, heavy):
    released = release_round(m, heavy, m)
    assert released.heavy == min(max(heavy, 0), m)
    assert released.light is light_of(m, released.heavy)


def test_a_school_may_raise_the_floor():
    assert release_round(9, 0, 12, floor=10).why is Why.TOO_FEW


@pytest.mark.parametrize("floor", [6, 1, 0, -1])
def test_nobody_lowers_the_floor(floor):
    with pytest.raises(ValueError, match="7 or more"):
        release_round(12, 0, 12, floor=floor)


def test_the_noise_has_the_distribution_of_the_rule():
    """0 in 46 %, within 1 in 80 %, within 2 in 93 %; five standard errors of 40,000 draws."""
    drawn = Counter(abs(draw_noise()) for _ in range(40_000))
    within = [sum(drawn[k] for k in range(n + 1)) / 40_000 for n in range(3)]
    for seen, said in zip(within, (0.462, 0.802, 0.927), strict=True):
        assert abs(seen - said) < 0.0125


def test_the_noise_falls_to_both_sides_alike():
    signs = Counter((k > 0) - (k < 0) for k in (draw_noise() for _ in range(40_000)))
    assert abs(signs[1] - signs[-1]) < 5 * math.sqrt(signs[1] + signs[-1])


ENOUGH = [12] * 9
COUNTS = {"happy": 55, "sad": 11}


def test_a_week_with_enough_cards_is_pictured_in_steps_of_ten():
    picture = release_week(100, ENOUGH, COUNTS, {"move": 33})
    assert picture.shares == {"happy": "60%", "sad": "10%"}
    assert picture.coping == {"move": "30%"}


@pytest.mark.parametrize(
    ("taps", "answered"), [(39, ENOUGH), (100, [12] * 4), (100, [12] * 4 + [4] * 6)]
)
def test_a_week_with_too_few_cards_is_not_pictured(taps, answered):
    picture = release_week(taps, answered, COUNTS, {"move": 33})
    assert (picture.shares, picture.coping) == (None, None)


def test_a_week_with_a_small_round_has_wider_ends():
    picture = release_week(50, [6] * 9, {"happy": 45, "sad": 6}, {})
    assert picture.shares == {"happy": ">80%", "sad": "<20%"}


@given(count=st.integers(-40, 300), taps=st.integers(40, 200))
def test_a_share_is_never_a_zero_nor_a_whole(count, taps):
    share = share_of(count, taps)
    assert share in {"<10%", ">90%"} | {f"{n}%" for n in range(10, 91, 10)}
