"""The classroom's own usual: what a day weighs, and which days count."""

from datetime import date, timedelta
from math import log
from random import Random
from statistics import pvariance

import pytest

from checkin.domain.patterns.baseline import (
    LONGEST,
    RELEASE_NOISE,
    Baseline,
    Comparison,
    Usual,
    Weighed,
    compare,
)
from checkin.domain.patterns.excursion import Excursion
from checkin.domain.patterns.observations import Gathering, Observation, SchoolDay
from checkin.domain.release import draw_noise

FIRST = date(2026, 9, 1)
USUAL = Usual(share=0.3, weight=100.0, spread=1.0, days=20)


def school_day(*rounds: tuple[int, int | None], day: date = FIRST) -> SchoolDay:
    moments = ("check-in", "check-out")
    held = [
        Observation(day, moment, 30, answered, heavy)
        for moment, (answered, heavy) in zip(moments, rounds, strict=False)
    ]
    return SchoolDay(day, tuple(held))


def weight(*rounds: tuple[int, int | None], usual: Usual = USUAL) -> float:
    comparison = compare(school_day(*rounds), usual)
    assert comparison is not None
    return comparison.weight


def test_the_noise_is_as_wide_as_the_one_that_is_drawn() -> None:
    drawn = [draw_noise(uniform=Random(seed).random) for seed in range(20_000)]
    assert pvariance(drawn) == pytest.approx(RELEASE_NOISE, rel=0.05)
    assert pytest.approx(1.84, abs=0.005) == RELEASE_NOISE


def test_a_day_weighs_as_many_taps_as_would_scatter_equally() -> None:
    variance = 0.3 * 0.7 * (1 + 19 * 0.05) / 20 + 2 * RELEASE_NOISE / 20**2
    assert weight((10, 3), (10, 3)) == pytest.approx(0.3 * 0.7 / variance)


def test_the_same_taps_from_two_rounds_weigh_less_than_from_one() -> None:
    assert weight((10, 3), (10, 3)) < weight((20, 6))


def test_the_noise_costs_most_where_few_taps_are_heavy() -> None:
    calm = Usual(share=0.1, weight=100.0, spread=1.0, days=20)
    assert weight((8, 1), usual=calm) < weight((8, 1))


def test_both_rounds_are_pooled() -> None:
    comparison = compare(school_day((10, 1), (20, 8)), USUAL)
    assert comparison is not None
    assert comparison.share == pytest.approx(0.3)


def test_a_withheld_round_is_not_a_zero() -> None:
    alone = compare(school_day((12, 6)), USUAL)
    assert alone == compare(school_day((12, 6), (6, None)), USUAL)
    assert alone != compare(school_day((12, 6), (6, 0)), USUAL)


def test_a_day_with_nothing_released_is_not_compared() -> None:
    assert compare(school_day((6, None), (5, None)), USUAL) is None
    assert compare(school_day((0, 0)), USUAL) is None


def test_only_the_last_days_count_as_usual() -> None:
    baseline = Baseline()
    for n in range(LONGEST * 3):
        baseline.add(Weighed(FIRST + timedelta(n), 5.0, 0.8 if n < LONGEST else 0.2))
    usual = baseline.usual()
    assert usual.days == len(baseline.days) == LONGEST
    assert usual.share == pytest.approx((0.2 * 5 * LONGEST + 1) / (5 * LONGEST + 3))


def test_running_sums_are_the_sums_of_the_days() -> None:
    random = Random(1)
    baseline = Baseline()
    for n in range(500):
        baseline.add(Weighed(FIRST + timedelta(n), random.uniform(1, 15), random.random()))
    assert baseline.weight == pytest.approx(sum(d.weight for d in baseline.days))
    assert baseline.heavy == pytest.approx(sum(d.weight * d.share for d in baseline.days))
    assert baseline.squares == pytest.approx(sum(d.weight * d.share**2 for d in baseline.days))


def test_a_restless_classroom_has_a_wider_spread_than_a_steady_one() -> None:
    steady, restless = Baseline(), Baseline()
    for n in range(40):
        steady.add(Weighed(FIRST + timedelta(n), 10.0, 0.4))
        restless.add(Weighed(FIRST + timedelta(n), 10.0, 0.1 if n % 2 else 0.7))
    assert steady.usual().spread < 1 < restless.usual().spread


def test_forgetting_leaves_the_days_from_then_on() -> None:
    baseline, later = Baseline(), Baseline()
    for n in range(30):
        baseline.add(Weighed(FIRST + timedelta(n), 5.0, n / 30))
        if n >= 20:
            later.add(Weighed(FIRST + timedelta(n), 5.0, n / 30))
    baseline.forget_before(FIRST + timedelta(20))
    assert baseline == later


def test_the_days_of_an_excursion_do_not_count_as_usual_until_it_ends() -> None:
    excursion = Excursion()
    for n in range(24):
        day = school_day((20, 4 if n < 20 else 10), day=FIRST + timedelta(n))
        today = compare(day, excursion.baseline.usual())
        assert today is not None
        excursion.add(today)
    assert excursion.since == FIRST + timedelta(20)
    assert excursion.days == len(excursion.apart) == 4
    assert excursion.share == pytest.approx(0.5)
    assert excursion.baseline.usual().days == 20
    excursion.end()
    assert excursion.since is None
    assert excursion.baseline.usual().days == 24


def test_an_excursion_that_never_ends_is_slowly_taken_for_usual() -> None:
    usual = Usual(share=1 / 3, weight=100.0, spread=1.0, days=20)
    neutral = log(4 / 3) / log(2)  # fits 'as usual' and 'the odds have doubled' equally well
    excursion = Excursion()
    for n in range(200):
        share = 0.9 if n == 0 else neutral + 0.01 * (-1) ** n
        excursion.add(Comparison(FIRST + timedelta(n), share, 10.0, usual))
    assert excursion.since == FIRST
    assert excursion.days == 200
    assert len(excursion.apart) == LONGEST
    assert len(excursion.baseline.days) == LONGEST


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
