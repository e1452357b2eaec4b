"""The evidence for a run of days above the usual, and the days it keeps apart."""

from datetime import date, timedelta

import pytest

from checkin.domain.patterns.excursion import Crossing, Excursion, Watch

FIRST = date(2026, 9, 1)
WATCH = Watch(odds=(2.0,), bar=3.0, largest_step=1.0, memory=1 - 1 / 60)


def weighed(*gains: float, excursion: Excursion | None = None) -> Excursion:
    """Weigh a day of each gain; its share says which day it was."""
    run = excursion or Excursion.of(WATCH)
    for n, gain in enumerate(gains):
        run.pass_day()
        run.streams[0].add(share=n / 100, weight=1.0, expected=0.0)
        run.weigh(FIRST + timedelta(n), [gain], WATCH)
    return run


def crossings(*gains: float) -> list[Crossing]:
    run, found = Excursion.of(WATCH), []
    for n, gain in enumerate(gains):
        run.pass_day()
        run.streams[0].add(share=0.5, weight=1.0, expected=0.5)
        run.weigh(FIRST + timedelta(n), [gain], WATCH)
        found.append(run.crossing(WATCH))
    return found


def test_days_as_usual_count_as_usual() -> None:
    run = weighed(-0.5, -0.5, -0.5)
    assert run.since is None
    assert (run.streams[0].usual.days, run.streams[0].apart.days) == (3, 0)


def test_days_above_are_kept_apart_until_it_is_over() -> None:
    run = weighed(-0.5, 0.5, 0.5)
    assert run.since == FIRST + timedelta(1)
    assert (run.streams[0].usual.days, run.streams[0].apart.days) == (1, 2)
    over = weighed(-2.0, excursion=run)
    assert over.since is None
    assert (over.streams[0].usual.days, over.streams[0].apart.days) == (4, 0)


def test_no_day_counts_for_more_than_the_largest_step() -> None:
    assert weighed(50.0).evidence == weighed(1.0).evidence


def test_several_days_cross_together_and_none_alone() -> None:
    found = crossings(50.0, 1.0, 1.0, 1.0)
    assert found[0] is Crossing.NONE
    assert Crossing.NEW in found


def test_the_same_excursion_that_goes_on_becomes_the_new_usual() -> None:
    run = Excursion.of(WATCH)
    found = []
    for n in range(10):
        run.pass_day()
        run.streams[0].add(share=0.2 if n < 2 else 0.6, weight=1.0, expected=0.2)
        run.weigh(FIRST + timedelta(n), [-0.5 if n < 2 else 1.0], WATCH)
        found.append(run.crossing(WATCH))
        if Crossing.STAYED in found:
            break
    assert found.count(Crossing.NEW) == 1
    assert found[-1] is Crossing.STAYED
    assert run.began == FIRST + timedelta(2)
    assert run.streams[0].usual.share == pytest.approx(0.6)


def test_another_excursion_waits_until_the_one_told_has_ended() -> None:
    told = crossings(1.0, 1.0, 1.0, 1.0, -3.0, -3.0, *[1.0] * 20)
    new = [n for n, found in enumerate(told) if found is Crossing.NEW]
    assert len(new) == 2
    assert new[1] - new[0] == 11
    assert Crossing.STAYED not in told[: new[1]]


def test_evidence_stays_finite_however_long_it_is_not_told() -> None:
    run = weighed(*[1.0] * 2000)
    assert run.evidence[0] < 1e14


def test_restarting_forgets_the_evidence_and_keeps_the_days() -> None:
    run = weighed(-0.5, 0.5, 0.5)
    run.restart(WATCH)
    assert (run.sum, run.since) == (0.0, None)
    assert run.streams[0].usual.days == 3
