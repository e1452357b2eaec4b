"""A budget sets how much evidence the rules ask for; as shipped it changes nothing at all."""

import math
import random

from hypothesis import given

from checkin.domain.patterns import BUDGET, Engine, Observation, find_patterns, sudden_day
from checkin.domain.patterns.sudden_day import SuddenDay
from tests.domain.pattern_histories import (
    CALM,
    DARK,
    PATIENTLY,
    histories,
    history,
    told_after,
)

BUDGETS = (0.25, 0.5, 1.0, 2.0, 4.0)


@PATIENTLY
@given(histories())
def test_as_shipped_nothing_is_eased(rounds: list[Observation]) -> None:
    engine = Engine(budget=1.0)
    found = [p for one in rounds for p in engine.feed(one)] + engine.finish()
    assert found == find_patterns(rounds)
    assert BUDGET == 1.0
    if engine.rules:
        assert engine.rules.sustained_rise.excursion.ease == 0.0
        assert engine.rules.sudden_day.bar == sudden_day.BAR


def test_every_rule_that_knows_chance_follows_the_budget() -> None:
    engine = Engine(budget=2.0)
    engine.feed(history(CALM)[0])
    engine.finish()
    rules = engine.rules
    assert rules is not None
    watched = (rules.sustained_rise, rules.slow_drift, rules.day_shift, rules.participation)
    eases = {rule.excursion.ease for rule in watched} | {rules.weekday.ease, rules.sudden_day.ease}
    assert eases == {1.4 * math.log(2)}


def test_a_rise_is_told_later_with_a_smaller_budget() -> None:
    heavy = [*[CALM] * 40, *[8] * 20]
    days = {budget: first_told(heavy, budget) for budget in BUDGETS}
    assert list(days.values()) == sorted(days.values(), reverse=True)
    assert days[0.25] > days[4.0]


def first_told(heavy: list[int], budget: float) -> int:
    rounds = history(*heavy)
    found = [p for p in find_patterns(rounds, budget=budget) if p.pattern == "sustained-rise"]
    return [one.day for one in rounds].index(found[0].day)


def test_a_day_must_stand_out_more_with_a_smaller_budget() -> None:
    bars = [SuddenDay(ease=ease).bar for ease in (-1.4, -0.7, 0.0, 0.7, 1.4)]
    assert bars == sorted(bars, reverse=True)
    assert len(set(bars)) == 5


def test_quiet_classes_are_left_in_peace_more_with_a_smaller_budget() -> None:
    chance = random.Random(20)
    classes = [
        history(*[sum(chance.random() < 0.25 for _ in range(20)) for _ in range(95)])
        for _ in range(25)
    ]
    told = [
        sum(len(find_patterns(rounds, budget=budget)) for rounds in classes) for budget in BUDGETS
    ]
    assert told == sorted(told)
    assert told[-1] >= 2 * told[0]


def test_a_heavy_start_goes_by_the_attention_level_alone() -> None:
    rounds = history(*[DARK] * 10)
    for budget in BUDGETS:
        told = [p for p in find_patterns(rounds, budget=budget) if p.pattern == "heavy-start"]
        assert [p.day for p in told] == [rounds[4].day]
    assert told_after("heavy-start", rounds) == [4]
