"""Kept from day to day the rules know and tell the same as in a replay, acceptances included."""

import json
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.patterns import (
    LONG_BREAK,
    Acceptance,
    Engine,
    NoticedDay,
    Observation,
    follow,
    this_year,
)
from tests.domain.pattern_histories import (
    CALM,
    DARK,
    FIRST,
    PATIENTLY,
    both_rounds,
    histories,
    history,
    school_days,
)

LASTING = ("sustained-rise", "slow-drift", "heavy-start", "day-shift", "weekday", "participation")


@st.composite
def acceptances(draw: st.DrawFn) -> list[Acceptance]:
    days = st.integers(0, 300).map(lambda n: FIRST + timedelta(days=n))
    found = st.builds(Acceptance, days, st.sampled_from((*LASTING, "sudden-day")))
    return draw(st.lists(found, max_size=4))


def by_nights(
    rounds: list[Observation], accepted: list[Acceptance], nights: list[date]
) -> list[NoticedDay]:
    """Take the rounds in on some nights, put the state away as JSON, and go on from it."""
    told, state = [], json.dumps(Engine().to_state())
    rest = rounds
    for night in [*sorted(nights), date.max]:
        engine = Engine.from_state(json.loads(state))
        known = [one for one in accepted if one.on <= night]
        told += follow(engine, [one for one in rest if one.day <= night], known)
        rest = [one for one in rest if one.day > night]
        state = json.dumps(engine.to_state())
    return told


@PATIENTLY
@given(histories(), acceptances(), st.lists(st.integers(0, 500), max_size=40))
def test_what_is_kept_night_after_night_tells_the_same_as_a_replay(
    rounds: list[Observation], accepted: list[Acceptance], nights: list[int]
) -> None:
    looks = [FIRST + timedelta(days=n) for n in nights]
    assert by_nights(rounds, accepted, looks) == list(follow(Engine(), rounds, accepted))


@PATIENTLY
@given(histories())
def test_nothing_before_a_long_break_is_needed(rounds: list[Observation]) -> None:
    year = this_year(rounds)
    whole, recent = Engine(), Engine()
    of_all = list(follow(whole, rounds))
    of_year = list(follow(recent, year))
    assert of_all[len(of_all) - len(of_year) :] == of_year
    assert whole.rules == recent.rules


def test_a_school_year_begins_after_a_long_break() -> None:
    early, late = history(*[CALM] * 3), history(*[CALM] * 2)
    away = early[-1].day - late[0].day + timedelta(days=LONG_BREAK + 1)
    late = [moved(one, away) for one in late]
    assert this_year([*early, *late]) == late


def moved(one: Observation, by: timedelta) -> Observation:
    return Observation(one.day + by, one.round, one.pupils, one.answered, one.heavy)


def test_what_goes_on_is_seen_again_and_again() -> None:
    days = list(follow(Engine(), history(*[CALM] * 40, *[DARK] * 8)))
    told = next(
        n for n, day in enumerate(days) if any(p.pattern == "sustained-rise" for p in day.patterns)
    )
    seen = [n for n, day in enumerate(days) if "sustained-rise" in day.over]
    assert seen[0] == told
    assert len(seen) > 1
    assert not [n for n in seen if n < 40]


def test_each_day_that_stands_out_is_seen_though_it_is_told_once() -> None:
    days = list(follow(Engine(), history(*[CALM] * 30, 18, CALM, CALM, 18, CALM)))
    told = [n for n, day in enumerate(days) if any(p.pattern == "sudden-day" for p in day.patterns)]
    seen = [n for n, day in enumerate(days) if "sudden-day" in day.over]
    assert (told, seen) == ([30], [30, 33])


def test_a_weekday_that_was_accepted_is_told_no_more_that_year() -> None:
    heavy = [DARK if day.weekday() == 0 else CALM for day in school_days(190)]
    rounds = both_rounds(*[(one, one) for one in heavy])
    told = [p for day in follow(Engine(), rounds) for p in day.patterns if p.pattern == "weekday"]
    assert len(told) > 1
    accepted = [Acceptance(told[0].day, "weekday")]
    again = [
        p
        for day in follow(Engine(), rounds, accepted)
        for p in day.patterns
        if p.pattern == "weekday"
    ]
    assert again == told[:1]


def test_to_accept_a_day_shift_leaves_the_waiting_for_good_news_alone() -> None:
    rounds = both_rounds(*[(CALM, CALM)] * 30, *[(DARK, DARK)] * 8, *[(CALM, CALM)] * 12)
    told = [p for day in follow(Engine(), rounds) for p in day.patterns]
    rise = next(p for p in told if p.pattern == "sustained-rise")
    for name, comes in (("participation", True), ("sustained-rise", False)):
        accepted = [Acceptance(rise.day, name)]
        found = {p.pattern for day in follow(Engine(), rounds, accepted) for p in day.patterns}
        assert ("recovery" in found) is comes
