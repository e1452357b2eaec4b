"""Every pattern speaks both languages, from its own numbers, and says what it cannot mean."""

import random
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from checkin.domain.flags import Flag, FlagState
from checkin.domain.patterns import Observation, find_patterns
from checkin.web.pattern_words import title_of, words_of

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


def test_a_pattern_of_another_version_is_still_said(app: Flask) -> None:
    flag = flag_of("sustained-rise")
    odd = Flag(
        *(1, 1, 1, "Zon", "weekday", flag.raised_on, flag.raised_on, 1.0, {}),
        *(FlagState.RAISED, None, None, ()),
    )
    with app.test_request_context(), force_locale("en"):
        assert words_of(odd).sentence.startswith("A rule noticed something")
        assert title_of("unheard-of") == "unheard-of"
