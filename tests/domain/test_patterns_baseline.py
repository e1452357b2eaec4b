"""The classroom's own usual: what a day weighs, and how days are summed up."""

from datetime import date, timedelta
from random import Random
from statistics import pvariance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.patterns.baseline import (
    RELEASE_NOISE,
    Stretch,
    Usual,
    divergence,
    gain,
    surprise,
    weight_of,
)
from checkin.domain.patterns.observations import Gathering, Observation, Pooled, SchoolDay
from checkin.domain.release import draw_noise

FIRST = date(2026, 9, 1)
USUAL = Usual(share=0.3, weight=100.0, spread=1.0, days=20)
SHARES = st.floats(0.03, 0.93)


def school_day(*rounds: tuple[int, int | None], day: date = FIRST) -> SchoolDay:
    moments = ("check-in", "check-out")
    held = [
        Observation(day, moment, 30, answered, heavy)
        for moment, (answered, heavy) in zip(moments, rounds, strict=False)
    ]
    return SchoolDay(day, tuple(held))


def stretch(*days: tuple[float, float]) -> Stretch:
    """Sum up days of (share, weight)."""
    summed = Stretch()
    for share, weight in days:
        summed.add(share, weight)
    return summed


def test_the_noise_is_as_wide_as_the_one_that_is_drawn() -> None:
    drawn = [draw_noise(below=Random(seed).randrange) for seed in range(20_000)]
    assert pvariance(drawn) == pytest.approx(RELEASE_NOISE, rel=0.05)
    assert pytest.approx(1.84, abs=0.005) == RELEASE_NOISE


def test_a_day_weighs_as_many_taps_as_would_scatter_equally() -> None:
    variance = 0.3 * 0.7 * (1 + 19 * 0.05) / 20 + 2 * RELEASE_NOISE / 20**2
    assert weight_of(Pooled(20, 6, 2), 0.3 * 0.7) == pytest.approx(0.3 * 0.7 / variance)


def test_the_same_taps_from_two_rounds_weigh_less_than_from_one() -> None:
    assert weight_of(Pooled(20, 6, 2), 0.2) < weight_of(Pooled(20, 6, 1), 0.2)


def test_the_noise_costs_most_where_few_taps_are_heavy() -> None:
    assert weight_of(Pooled(8, 1, 1), 0.1 * 0.9) < weight_of(Pooled(8, 1, 1), 0.3 * 0.7)


def test_both_rounds_are_pooled() -> None:
    assert school_day((10, 1), (20, 8)).pooled() == Pooled(30, 9, 2)


def test_a_withheld_round_is_not_a_zero() -> None:
    alone = school_day((12, 6)).pooled()
    assert alone == school_day((12, 6), (6, None)).pooled()
    assert alone != school_day((12, 6), (6, 0)).pooled()


def test_a_day_with_nothing_released_is_not_pooled() -> None:
    assert school_day((6, None), (5, None)).pooled() is None
    assert school_day((0, 0)).pooled() is None
    assert school_day((6, None)).released("check-in") is None
    assert school_day((6, 2)).released("check-out") is None


def test_the_usual_share_is_the_weighed_one_drawn_a_little_to_the_prior() -> None:
    usual = stretch((0.2, 10.0), (0.5, 20.0)).usual()
    assert usual.share == pytest.approx((0.2 * 10 + 0.5 * 20 + 1) / 33)
    assert (usual.weight, usual.days) == (30.0, 2)


def test_nothing_is_known_before_ten_days() -> None:
    assert not stretch(*[(0.3, 10.0)] * 9).usual().known
    assert stretch(*[(0.3, 10.0)] * 10).usual().known


def test_older_days_fade_as_later_ones_join() -> None:
    autumn, spring = stretch(*[(0.8, 5.0)] * 100), stretch(*[(0.2, 5.0)] * 100)
    autumn.join(spring, memory=1 - 1 / 60)
    assert autumn.days == 200
    assert autumn.usual().share < 0.35
    assert stretch(*[(0.8, 5.0)] * 100, *[(0.2, 5.0)] * 100).usual().share > 0.45


def test_a_day_joined_at_a_time_counts_no_more_than_the_memory_holds() -> None:
    usual = Stretch()
    for _ in range(1000):
        usual.join(stretch((0.3, 5.0)), memory=1 - 1 / 60)
    assert usual.size == pytest.approx(60, rel=0.01)
    assert usual.weight == pytest.approx(300, rel=0.01)


def test_a_restless_classroom_has_a_wider_spread_than_a_steady_one() -> None:
    steady = stretch(*[(0.4, 10.0)] * 40).usual()
    restless = stretch(*[(0.1, 10.0), (0.7, 10.0)] * 20).usual()
    assert steady.spread < 1 < restless.spread


def test_a_classroom_whose_moods_last_for_days_has_a_wider_spread_too() -> None:
    apart, together = Stretch(), Stretch()
    for _ in range(40):
        apart.add(0.3, 10.0, alike=-0.2)
        together.add(0.3, 10.0, alike=0.2)
    assert together.usual().spread > apart.usual().spread


def test_lifting_a_stretch_lifts_its_share_and_not_its_scatter() -> None:
    plain, lifted = (stretch((0.2, 10.0), (0.4, 20.0), (0.3, 5.0)) for _ in range(2))
    lifted.lift(0.2)
    assert lifted.share == pytest.approx(plain.share + 0.2)
    scatter = [s.squares - s.heavy**2 / s.weight for s in (plain, lifted)]
    assert scatter[0] == pytest.approx(scatter[1])


def test_what_is_not_known_of_the_usual_is_discounted() -> None:
    known = USUAL._replace(weight=1000.0)
    assert USUAL.believed(10.0) < known.believed(10.0) < 10.0
    assert USUAL._replace(spread=2.0).believed(10.0) == pytest.approx(USUAL.believed(10.0) / 2)
    assert Usual(0.3, 0.0, 1.0, 0).believed(10.0) == 0.0


@given(SHARES, st.sampled_from((1.5, 2.0, 3.0, 4.0)))
def test_the_usual_share_speaks_against_a_rise_and_the_raised_one_for_it(
    usual: float, odds: float
) -> None:
    raised = odds * usual / (1 + (odds - 1) * usual)
    assert gain(usual, usual, odds) == pytest.approx(-divergence(usual, raised), abs=1e-9)
    assert gain(raised, usual, odds) == pytest.approx(divergence(raised, usual), abs=1e-9)


@given(st.floats(0, 1), SHARES)
def test_surprise_is_none_below_the_usual_and_grows_above_it(share: float, usual: float) -> None:
    there = USUAL._replace(share=usual)
    found = surprise(share, 10.0, there)
    assert found == 0.0 if share <= usual else found >= 0.0
    assert surprise(min(share + 0.1, 1.0), 10.0, there) >= found


def test_a_day_is_complete_when_a_later_one_begins() -> None:
    gathering = Gathering()
    into = Observation(FIRST, "check-in", 14, 12, 3)
    out = Observation(FIRST, "check-out", 14, 11, 4)
    next_day = Observation(FIRST + timedelta(1), "check-in", 14, 12, 3)
    assert gathering.add(out) is None
    assert gathering.add(into) is None
    assert gathering.add(next_day) == SchoolDay(FIRST, (out, into))
    assert gathering.finish() == SchoolDay(next_day.day, (next_day,))
    assert gathering.finish() is None


@pytest.mark.parametrize("finished", [False, True])
def test_a_day_out_of_order_and_a_round_twice_are_refused(finished: bool) -> None:
    gathering = Gathering()
    gathering.add(Observation(FIRST, "check-in", 14, 12, 3))
    with pytest.raises(ValueError, match="twice"):
        gathering.add(Observation(FIRST, "check-in", 14, 12, 3))
    if finished:
        gathering.finish()
        with pytest.raises(ValueError, match="complete"):
            gathering.add(Observation(FIRST, "check-out", 14, 12, 3))
    with pytest.raises(ValueError, match="comes after"):
        gathering.add(Observation(FIRST - timedelta(1), "check-in", 14, 12, 3))
