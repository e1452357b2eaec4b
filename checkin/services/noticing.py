"""Where the pattern rules are with each classroom: from a kept state, or made anew.

The nightly run reads states and the rounds that came since. A state that does not fit is made
again from released rounds, and tells the same: where there is none, where rules, cards or the
school's setting changed, and where a round came out of order.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from checkin.domain.patterns import (
    LONG_BREAK,
    VERSION,
    Acceptance,
    Engine,
    NoticedDay,
    Observation,
    follow,
)
from checkin.storage import engine_states
from checkin.storage.engine_states import EARLIEST, EngineState, Standing
from checkin.storage.rule_settings import RuleSetting

MadeFor = tuple[int, date | None, float, float]
Rebuild = Callable[[], Sequence[Observation]]


@dataclass(frozen=True)
class Noticed:
    """What is new of one classroom; nothing is raised of days until `raised_until`."""

    classroom: int
    state: EngineState
    days: tuple[NoticedDay, ...]
    raised_until: date | None


def has_news(standing: Standing, setting: RuleSetting, today: date) -> bool:
    """Tell whether there is anything to look at in a classroom."""
    if standing.made_for != _made_for(standing, setting) or standing.rounds != standing.known:
        return True
    return standing.waits_for is not None and standing.waits_for < today


def go_on(
    standing: Standing,
    kept: EngineState,
    rounds: Sequence[Observation],
    is_over: bool,
    accepted: Sequence[Acceptance],
    setting: RuleSetting,
    today: date,
) -> Noticed | None:
    """Take in the rounds after those the kept state knows; None where it does not fit.

    `is_over` tells whether today's rounds are all there.
    """
    in_order = standing.rounds - len(rounds) == kept.taken_in
    if standing.made_for != _made_for(standing, setting) or not in_order:
        return None
    try:
        engine = Engine.from_state(json.loads(kept.state))
    except ValueError:
        return None
    complete = [one for one in rounds if one.day < today or is_over]
    held = [one for one in complete if one.answered]
    last = engine.gathering.last
    if last and held and (held[0].day - last).days > LONG_BREAK:
        return None  # another school year, and another day to count from
    days = tuple(follow(engine, held, accepted))
    state = EngineState(
        kept.classroom_id,
        kept.school_id,
        _as_text(engine),
        kept.since,
        complete[-1].day if complete else kept.last_day,
        kept.taken_in + len(complete),
        standing.rounds,
        today if len(complete) < len(rounds) else None,
        *_made_for(standing, setting),
    )
    return Noticed(standing.classroom, state, days, None)


def make_anew(
    school: int,
    standing: Standing,
    kept: EngineState | None,
    rounds: Sequence[Observation],
    accepted: Sequence[Acceptance],
    setting: RuleSetting,
    today: date,
) -> Noticed:
    """Replay the held rounds of this school year that are over.

    Where other rules, cards or settings ask for it, what is past was told by those before.
    """
    engine = Engine(setting.attention, setting.budget)
    days = tuple(follow(engine, rounds, accepted))
    first = standing.cards_since or EARLIEST
    since = max(first, rounds[0].day - timedelta(days=LONG_BREAK)) if rounds else first
    last = rounds[-1].day if rounds else None
    known = engine_states.count_rounds(standing.classroom, since, date.max)
    taken_in = engine_states.count_rounds(standing.classroom, since, last) if last else 0
    made_for = _made_for(standing, setting)
    state = EngineState(
        standing.classroom,
        school,
        _as_text(engine),
        since,
        last,
        taken_in,
        known,
        today if known > taken_in else None,
        *made_for,
    )
    is_other = kept is not None and standing.made_for != made_for
    return Noticed(standing.classroom, state, days, kept.last_day if kept and is_other else None)


def _made_for(standing: Standing, setting: RuleSetting) -> MadeFor:
    return VERSION, standing.cards_since, setting.attention, setting.budget


def _as_text(engine: Engine) -> str:
    return json.dumps(engine.to_state(), separators=(",", ":"))
