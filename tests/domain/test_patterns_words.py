"""One sentence per pattern, from its numbers alone."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.patterns import Observation, Pattern, find_patterns, sentence
from checkin.domain.patterns.pattern import in_tenths
from tests.domain.pattern_histories import (
    CALM,
    DARK,
    FIRST,
    PATIENTLY,
    both_rounds,
    histories,
    history,
    told,
)

MONDAYS = [10 if n % 5 == 4 else 4 for n in range(60)]  # the first day is a Tuesday


def the(name: str, rounds: list[Observation]) -> str:
    return sentence(told(name, rounds)[0])


def test_tell_a_rise() -> None:
    assert the("sustained-rise", history(*[CALM] * 30, *[8] * 10)) == (
        "Since 2026-10-13, over 3 school days, about 40% of the taps were on heavy feelings;"
        " usual in this classroom is about 20%."
    )


def test_tell_a_sudden_day_without_saying_that_it_was_everybody() -> None:
    everybody = the("sudden-day", history(*[CALM] * 30, 20))
    assert everybody == the("sudden-day", history(*[CALM] * 30, 18))
    assert everybody == (
        "On 2026-10-13, 80% or more of the taps were on heavy feelings;"
        " usual in this classroom is 20% or less."
    )


def test_tell_a_drift() -> None:
    slowly = [CALM + n // 11 for n in range(70)]
    assert re.fullmatch(
        r"Little by little, since about 20..-..-.., more taps were on heavy feelings: over \d+"
        r" school days about \d0%; (usual in this classroom is about 20%|a little more than usual"
        r" in this classroom)\.",
        the("slow-drift", history(*[CALM] * 60, *slowly)),
    )


def test_tell_a_day_shift() -> None:
    assert re.fullmatch(
        r"Since 2026-10-13, over \d+ school days, about 50% of the taps at check-out were on heavy"
        r" feelings and about 20% at check-in; at check-out usual in this classroom is about 20%\.",
        the("day-shift", both_rounds(*[(4, 4)] * 30, *[(4, 10)] * 12)),
    )


def test_tell_a_weekday() -> None:
    assert re.fullmatch(
        r"On Mondays since 2026-..-.., \d times, about 50% of the taps were on heavy feelings;"
        r" on the other days of those weeks about 20%\.",
        the("weekday", history(*MONDAYS)),
    )


def test_tell_participation() -> None:
    days = history(*[4] * 30, answered=21)
    later = [
        Observation(one.day, "check-in", 24, 13, 3) for one in history(*[4] * 40, answered=21)[30:]
    ]
    assert re.fullmatch(
        r"Since 2026-10-13, over \d school days, about 50% of the pupils tapped;"
        r" usual in this classroom is 90% or more\.",
        the("participation", days + later),
    )


def test_tell_a_heavy_start() -> None:
    assert the("heavy-start", history(*[DARK] * 10)) == (
        "In the first 5 school days, from 2026-09-01, about 60% of the taps were on heavy"
        " feelings; the school's attention level is 40%."
    )


def test_tell_a_recovery() -> None:
    assert re.fullmatch(
        r"Good news: since 2026-..-.., over \d school days, about 20% of the taps were on heavy"
        r" feelings, after about 50% when this was told on 2026-..-..\.",
        the("recovery", history(*[CALM] * 40, *[10] * 20, *[CALM] * 15)),
    )


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("sustained-rise", "a little more than usual"),
        ("participation", "a little fewer than usual"),
    ],
)
def test_do_not_set_two_equal_shares_against_each_other(name: str, words: str) -> None:
    numbers = {"share_now": 0.4, "share_usual": 0.4, "since": "2026-10-01", "days": 12}
    assert words in sentence(Pattern(name, FIRST, strength=2.0, since=FIRST, numbers=numbers))


@given(st.floats(0, 1))
def test_no_share_is_finer_than_a_tenth(share: float) -> None:
    assert in_tenths(share) in {n / 10 for n in range(1, 10)}


@PATIENTLY
@given(histories())
def test_every_pattern_can_be_said_and_shows_no_share_finer_than_a_tenth(
    rounds: list[Observation],
) -> None:
    for found in find_patterns(rounds):
        assert sentence(found).endswith(".")
        assert {"share_now", "share_usual", "days", "usual_days", "since"} <= set(found.numbers)
        shares = [value for key, value in found.numbers.items() if key.startswith("share_")]
        assert all(value in {n / 10 for n in range(1, 10)} for value in shares)
        assert found.numbers["since"] == found.since.isoformat()
        assert found.strength >= 0
