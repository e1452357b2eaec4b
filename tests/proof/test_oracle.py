"""OpenDP's geometric mechanism, made by others and reviewed by many, says the same as ours."""

import opendp.prelude as dp
import pytest

from checkin.domain.noise import draw_noise
from checkin.domain.release import EPSILON, WEEK_SCALE
from tests.proof.chi_square import chance_of_more, fits, same, two_sided_geometric

DRAWS = 25_000
SCALES = [(1, 6), (WEEK_SCALE, 10)]
"""Each with where the rare ends are gathered."""


@pytest.fixture(scope="module", autouse=True)
def contributed():
    dp.enable_features("contrib")


def mechanism(scale):
    number = dp.atom_domain(T="i64"), dp.absolute_distance(T="i64")
    return dp.m.make_geometric(*number, scale=float(scale))


def counters(scale):
    many = dp.vector_domain(dp.atom_domain(T="i64")), dp.l1_distance(T="i64")
    return dp.m.make_geometric(*many, scale=float(scale))


def drawn_by_opendp(scale):
    return counters(scale)([0] * DRAWS)


@pytest.mark.parametrize(("scale", "ends"), SCALES)
def test_our_noise_is_drawn_like_theirs(scale, ends):
    ours = [draw_noise(scale) for _ in range(DRAWS)]
    assert same(ours, drawn_by_opendp(scale), ends)


@pytest.mark.parametrize(("scale", "ends"), SCALES)
def test_both_fit_the_formula(scale, ends):
    formula = two_sided_geometric(scale, ends)
    assert fits([draw_noise(scale) for _ in range(DRAWS)], formula)
    assert fits(drawn_by_opendp(scale), formula)


def test_a_round_costs_one_epsilon_by_their_account():
    assert mechanism(1 / EPSILON).map(1) == pytest.approx(1)


def test_a_week_costs_one_epsilon_when_a_tap_had_been_another_card():
    """Two counters by one each: a distance of 2."""
    assert counters(WEEK_SCALE).map(2) == pytest.approx(1)


def test_light_week_and_coping_card_cost_three_by_their_account():
    whole = dp.c.make_composition([counters(1), counters(WEEK_SCALE), counters(WEEK_SCALE)])
    assert whole.map(2) == pytest.approx(2 + 1 + 1), "all of them moved by two"
    assert counters(1).map(1) + 2 * counters(WEEK_SCALE).map(2) == pytest.approx(3)


@pytest.mark.parametrize(("scale", "wrong", "ends"), [(1, 2, 6), (2, 3, 10), (2, 1, 10)])
def test_it_sees_another_scale(scale, wrong, ends):
    assert not same([draw_noise(wrong) for _ in range(DRAWS)], drawn_by_opendp(scale), ends)


def test_it_sees_a_noise_that_leans_to_one_side():
    leaning = [k + (k == 0 and draw_noise() == 0) for k in (draw_noise() for _ in range(DRAWS))]
    assert not same(leaning, drawn_by_opendp(1), 6)


def test_its_own_chances_are_those_of_the_tables():
    """The quantiles that any table of the distribution has."""
    for statistic, freedom, chance in ((18.307, 10, 0.05), (29.588, 10, 0.001), (9.488, 4, 0.05)):
        assert chance_of_more(statistic, freedom) == pytest.approx(chance, rel=1e-3)
