"""How a school has set its pattern rules, and what other settings would have told."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app

from checkin.domain.access import Person
from checkin.domain.patterns import Observation, this_year
from checkin.domain.patterns.examples import Example, examples
from checkin.domain.patterns.what_if import starts_heavy, told_with
from checkin.domain.reaching import places_a_week
from checkin.services.reviewing import A_YEAR
from checkin.services.timetables import calendar_of
from checkin.storage import audit, engine_states, rule_settings, schools
from checkin.storage.database import db
from checkin.storage.rule_settings import RuleSetting

__all__ = [
    "ATTENTIONS",
    "BUDGETS",
    "RuleSetting",
    "WhatIf",
    "budget_of",
    "choose",
    "pictures",
    "what_if",
]

ATTENTIONS = (0.30, 0.35, 0.40, 0.45, 0.50, 0.60)
BUDGETS = (0.25, 0.5, 1.0, 2.0)
PATIENCE = 3.0
"""Seconds a page may replay; of a large school that is the first classrooms."""


@dataclass(frozen=True)
class WhatIf:
    """What each step would have told of this school year's rounds.

    `first` and `last` are the days it was counted over, in `counted` of the school's classrooms.
    """

    setting: RuleSetting
    first: date | None
    last: date | None
    counted: int
    classrooms: int
    places: int
    by_budget: Mapping[float, int]
    by_attention: Mapping[float, int]


def pictures(school: int) -> Mapping[str, Example]:
    """Return a made-up class for each rule, as the rules of this school tell it."""
    setting = rule_settings.setting_of(school)
    return examples(setting.attention, setting.budget)


def budget_of(school: int) -> float:
    """Return how many false flags per class and half year a school puts up with."""
    return rule_settings.setting_of(school).budget


def what_if(school: int, now: datetime) -> WhatIf:
    """Count what other settings would have told; counted once a day for each setting."""
    setting, today = rule_settings.setting_of(school), calendar_of(school).today(now)
    known: dict[int, tuple[tuple[date, RuleSetting], WhatIf]]
    known = current_app.extensions.setdefault("what_if", {})
    key = (today, setting)
    if school not in known or known[school][0] != key:
        known[school] = (key, _count(school, setting, today))
    return known[school][1]


def choose(person: Person, setting: RuleSetting, now: datetime) -> None:
    """Set the rules of a school; raises ValueError for a step there is not.

    States are made anew at the next look; what is past is not told once more.
    """
    if setting.attention not in ATTENTIONS or setting.budget not in BUDGETS:
        raise ValueError("there is no such step")
    rule_settings.keep(person.school, setting)
    subject = f"rules: attention {setting.attention:.2f}, budget {setting.budget:g}"
    audit.add(person.school, now, person.id, "set", subject)
    db.session.commit()


def _count(school: int, setting: RuleSetting, today: date) -> WhatIf:
    classrooms = schools.list_classrooms(school)
    budgets, attentions = dict.fromkeys(BUDGETS, 0), dict.fromkeys(ATTENTIONS, 0)
    until = time.monotonic() + PATIENCE
    days: set[date] = set()
    counted = 0
    for classroom in classrooms:
        rounds = _rounds(classroom.id, classroom.cards_since, today)
        for budget in BUDGETS:
            budgets[budget] += told_with(rounds, setting.attention, budget)
        for attention in ATTENTIONS:
            attentions[attention] += starts_heavy(rounds, attention)
        days.update(one.day for one in rounds)
        counted += 1
        if time.monotonic() > until:
            break
    first, last = (min(days), max(days)) if days else (None, None)
    places = places_a_week(len(classrooms))
    return WhatIf(setting, first, last, counted, len(classrooms), places, budgets, attentions)


def _rounds(classroom: int, cards_since: date | None, today: date) -> Sequence[Observation]:
    first, yesterday = max(cards_since or date.min, today - A_YEAR), today - timedelta(days=1)
    rounds = engine_states.rounds_between([classroom], first, yesterday)[classroom]
    return this_year([one for one in rounds if one.answered])
