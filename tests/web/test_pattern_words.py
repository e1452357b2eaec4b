"""Every pattern speaks both languages, from its own numbers, and says what it cannot mean."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from checkin.domain.flags import Flag, FlagEvent, FlagState, Step
from checkin.domain.patterns import Observation, find_patterns
from checkin.web.flag_words import latest_word
from checkin.web.pattern_words import about, noticed_again, title_of, words_of
from checkin.web.pattern_words.about import YEARS

NOON = datetime(2026, 12, 8, 12, tzinfo=UTC)

SCHOOL_DAYS = [
    day
    for day in (date(2026, 8, 31) + timedelta(days=n) for n in range(240))
    if day.isoweekday() < 6
]


def history(heavy, answered=lambda _n, _moment: 14):
    """Return released rounds of a class of 16 whose heavy share is told by day and round."""
    chance = random.Random(7)
    return [
        Observation(
            day,
            moment,
            16,
            n_answered := answered(n, moment),
            sum(chance.random() < heavy(n, moment) for _ in range(n_answered)),
        )
        for n, day in enumerate(SCHOOL_DAYS)
        for moment in ("check-in", "check-out")
    ]


STORIES = {
    "sustained-rise": history(lambda n, _: 0.2 if n < 60 else 0.6),
    "sudden-day": history(lambda n, _: 0.95 if n == 60 else 0.2),
    "slow-drift": history(lambda n, _: 0.15 + min(max(n - 60, 0), 100) * 0.003),
    "heavy-start": history(lambda _n, _m: 0.75),
    "day-shift": history(lambda n, m: 0.6 if n >= 60 and m == "check-out" else 0.2),
    "weekday": history(lambda n, _: 0.75 if SCHOOL_DAYS[n].weekday() == 0 and n > 40 else 0.2),
    "participation": history(lambda _n, _m: 0.2, lambda n, _: 14 if n < 60 else 8),
    "recovery": history(lambda n, _: 0.65 if 50 <= n < 70 else 0.2),
}


def flag_of(name):
    pattern = next(p for p in find_patterns(STORIES[name]) if p.pattern == name)
    numbers = dict(pattern.numbers) | {"since": pattern.since.isoformat()}
    state = FlagState.RAISED
    day = pattern.day
    return Flag(1, 1, 1, "Zon", name, day, day, pattern.strength, numbers, state, None, None, ())


@pytest.mark.parametrize("name", STORIES)
def test_says_what_happened_and_what_it_cannot_mean(app: Flask, name: str) -> None:
    flag = flag_of(name)
    said = {}
    for locale in ("nl", "en"):
        with app.test_request_context(), force_locale(locale):
            words = words_of(flag)
            said[locale] = [words.title, words.rule, words.sentence, *words.cannot]
            said[locale] += [text for fact in words.facts for text in fact]
            assert words.title != name
            assert words.cannot
            assert len(words.facts) >= 4
            assert "%(" not in " ".join(said[locale])
    same = set(said["nl"][:3]) & set(said["en"][:3])
    assert not same


def joined(flag: Flag, *runs: dict[str, object]) -> Flag:
    events = tuple(FlagEvent(Step.JOINED, NOON + timedelta(n), None, None, "") for n in range(3))
    return replace(flag, numbers=flag.numbers | {"again": list(runs)}, events=events)


def test_a_run_that_joined_is_said_in_the_history_and_as_it_is_now(app: Flask) -> None:
    later = {"since": "2026-12-07", "days": 4, "share_now": 0.7}
    latest = {"since": "2027-01-11", "days": 1, "share_now": 0.9}
    flag = joined(flag_of("sustained-rise"), later, latest)
    with app.test_request_context(), force_locale("en"):
        said = [noticed_again(flag, event) for event in flag.events]
        facts = dict(words_of(flag).facts)
    assert said[0] == ""  # of an earlier version, which kept no numbers
    assert said[1].startswith("Noticed again: since ")
    assert said[1].endswith("4 school days, about 70%")
    assert said[2].endswith("1 school day, 90% or more")
    assert facts["Now"] == said[2].removeprefix("Noticed again: ")


def test_a_flag_that_was_held_back_says_since_when_the_team_has_it(app: Flask) -> None:
    flag = flag_of("sustained-rise")
    later = replace(flag, reached_on=flag.raised_on + timedelta(days=3))
    with app.test_request_context(), force_locale("en"):
        assert "With the care team since" in dict(words_of(later).facts)
        at_once = replace(flag, reached_on=flag.raised_on)
        assert "With the care team since" not in dict(words_of(at_once).facts)


def test_what_goes_on_after_its_flag_was_closed_says_so(app: Flask) -> None:
    flag = flag_of("sustained-rise")
    again = replace(flag, numbers=flag.numbers | {"closed_on": "2026-12-01"})
    with app.test_request_context(), force_locale("en"):
        assert words_of(again).sentence.endswith("and it goes on.")
        assert words_of(again).sentence.startswith(words_of(flag).sentence)


def test_chance_alone_is_twice_as_rare_with_half_the_budget(app: Flask) -> None:
    with app.test_request_context(), force_locale("en"):
        for name in YEARS:
            quiet, shipped = (about(name, budget).cannot[-1] for budget in (0.5, 1.0))
            assert f"{int(2 * YEARS[name])} school years" in quiet
            assert quiet != shipped


def test_a_pattern_of_another_version_is_still_said(app: Flask) -> None:
    flag = flag_of("sustained-rise")
    odd = Flag(
        *(1, 1, 1, "Zon", "weekday", flag.raised_on, flag.raised_on, 1.0, {}),
        *(FlagState.RAISED, None, None, ()),
    )
    with app.test_request_context(), force_locale("en"):
        assert words_of(odd).sentence.startswith("A rule noticed something")
        assert title_of("unheard-of") == "unheard-of"


def test_the_days_of_the_numbers_end_where_they_were_told_and_what_is_later_is_said_apart(
    app: Flask,
) -> None:
    monday = date(2026, 11, 16)
    numbers = {"since": "2026-11-16", "days": 2, "share_now": 0.7, "share_usual": 0.2}
    flag = replace(
        flag_of("sustained-rise"),
        raised_on=monday + timedelta(days=1),
        last_seen_on=monday + timedelta(days=4),
        numbers=numbers | {"usual_days": 30},
    )
    with app.test_request_context(), force_locale("en"):
        said = words_of(flag).sentence
        assert latest_word(flag) == ""
        one_day = replace(flag, raised_on=monday, last_seen_on=monday)
        assert words_of(one_day).sentence.startswith("On Monday 16 November about 70%")
    assert said.startswith("From Monday 16 November to Tuesday 17 November, over 2 school days, ")
    assert said.endswith("Still so on Friday 20 November.")
