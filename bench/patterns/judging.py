"""Peer rules on all four streams: their bars at the budget, and the flags they then give."""

from collections.abc import Callable

import numpy as np

from bench.patterns.classes import Classes
from bench.patterns.days import DAYS, WEEKDAY
from bench.patterns.peers import AWAY_CLUSTERING, Rule
from bench.patterns.scoring import find_bar, merged
from bench.patterns.streams import STREAMS, Streams

SHARES = {"level": 0.50, "day-shift": 0.15, "weekday": 0.15, "participation": 0.20}
"""How every peer divides the budget."""
TELLS = {
    "sustained-rise": "level",
    "slow-drift": "level",
    "sudden-day": "level",
    "day-shift": "day-shift",
    "weekday": "weekday",
    "participation": "participation",
    "heavy-start": "level",
}
_NEVER = -(10**6)
Make = Callable[[int], Rule]


def peer_flags(make: Make, classes: Classes, bars: dict[str, float]) -> dict[str, np.ndarray]:
    """Return the flags (classes, days) of every stream; the five weekdays have a rule each."""
    streams, number = Streams(classes), len(classes)
    rules = {key: _rule(make, number, key[0]) for key in _keys()}
    flags = {stream: np.zeros((number, DAYS), bool) for stream in STREAMS}
    last = {stream: np.full(number, _NEVER) for stream in STREAMS}
    with np.errstate(invalid="ignore", divide="ignore"):
        for day in range(DAYS):
            for stream, value in streams.on(day).items():
                rule = rules[stream, WEEKDAY[day] if stream == "weekday" else 0]
                fired = rule.update(value) >= bars[stream]
                rule.restart(fired)
                flags[stream][:, day] = merged(fired, last[stream], day)
    return flags


def peer_bars(make: Make, classes: Classes, budget: float) -> dict[str, float]:
    """Return the bars at which a rule spends its budget in quiet classes."""
    if make(1).begins_anew:
        return {stream: _bar_by_running(make, classes, stream, budget) for stream in STREAMS}
    scores = _scores(make, classes)
    return {stream: _bar_of(scores[stream], stream, budget) for stream in STREAMS}


def _bar_by_running(make: Make, classes: Classes, stream: str, budget: float) -> float:
    def rate(bar: float) -> float:
        only = dict.fromkeys(STREAMS, np.inf) | {stream: bar}
        return float(peer_flags(make, classes, only)[stream].sum() / len(classes) / 2)

    return find_bar(rate, budget * SHARES[stream], 0.0, 30.0, 10)


def _bar_of(scores: np.ndarray, stream: str, budget: float) -> float:
    def rate(bar: float) -> float:
        last = np.full(len(scores), _NEVER)
        days = (merged(scores[:, day] >= bar, last, day).sum() for day in range(DAYS))
        return float(sum(days) / len(scores) / 2)

    return find_bar(rate, budget * SHARES[stream], -1.0, 30.0, 18)


def _scores(make: Make, classes: Classes) -> dict[str, np.ndarray]:
    streams = Streams(classes)
    rules = {key: _rule(make, len(classes), key[0]) for key in _keys()}
    scores = {stream: np.full((len(classes), DAYS), -np.inf, np.float32) for stream in STREAMS}
    with np.errstate(invalid="ignore", divide="ignore"):
        for day in range(DAYS):
            for stream, value in streams.on(day).items():
                rule = rules[stream, WEEKDAY[day] if stream == "weekday" else 0]
                scores[stream][:, day] = rule.update(value)
    return scores


def _keys() -> list[tuple[str, int]]:
    return [(s, n) for s in STREAMS for n in (range(5) if s == "weekday" else [0])]


def _rule(make: Make, number: int, stream: str) -> Rule:
    rule = make(number)
    if stream == "participation":
        rule.clustering = AWAY_CLUSTERING
    return rule
