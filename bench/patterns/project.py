"""The project's own engine, fed a released round at a time, as it is shipped."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from multiprocessing.pool import Pool
from types import ModuleType

import numpy as np

from bench.patterns.classes import Classes, chosen
from bench.patterns.days import DATES, DAYS
from checkin.domain.patterns import (
    Engine,
    Observation,
    day_shift,
    heavy_start,
    participation,
    slow_drift,
    sudden_day,
    sustained_rise,
    weekday,
)

NAMES = (
    "sustained-rise",
    "slow-drift",
    "sudden-day",
    "day-shift",
    "weekday",
    "participation",
    "heavy-start",
    "recovery",
)
COUNTED = 6
"""The first six count as flags in a quiet class; heavy-start only in a class that is not heavy."""
_DAY = {date: n for n, date in enumerate(DATES)}
_WATCHING: dict[str, ModuleType] = {
    "sustained-rise": sustained_rise,
    "slow-drift": slow_drift,
    "day-shift": day_shift,
    "participation": participation,
}
_PLAIN: dict[str, ModuleType] = {
    "sudden-day": sudden_day,
    "weekday": weekday,
    "heavy-start": heavy_start,
}
_CHUNK = 50


def bars() -> dict[str, float]:
    """Return the bar of every rule, as shipped or as set."""
    watching = {name: module.WATCH.bar for name, module in _WATCHING.items()}
    return watching | {name: module.BAR for name, module in _PLAIN.items()}


def set_bars(wanted: Mapping[str, float]) -> None:
    """Try other bars in this process."""
    for name, bar in wanted.items():
        if name in _WATCHING:
            _WATCHING[name].WATCH = replace(_WATCHING[name].WATCH, bar=bar)
        else:
            _PLAIN[name].BAR = bar


def flags_of(pool: Pool, classes: Classes, wanted: Mapping[str, float]) -> np.ndarray:
    """Return the flags (patterns, classes, days) the engine tells."""
    parts = np.array_split(np.arange(len(classes)), max(1, len(classes) // _CHUNK))
    jobs = [(chosen(classes, part), dict(wanted)) for part in parts]
    return np.concatenate(pool.starmap(_run, jobs, chunksize=1), axis=1)


def _run(classes: Classes, wanted: Mapping[str, float]) -> np.ndarray:
    set_bars(wanted)
    flags = np.zeros((len(NAMES), len(classes), DAYS), bool)
    for n in range(len(classes)):
        engine = Engine()
        found = [p for one in observations(classes, n) for p in engine.feed(one)]
        for pattern in found + engine.finish():
            flags[NAMES.index(pattern.pattern), n, _DAY[pattern.day]] = True
    return flags


def observations(classes: Classes, n: int) -> Iterator[Observation]:
    """Return what is released of one class; a round that was not held has no line."""
    rounds = (("check-in", classes.check_in), ("check-out", classes.check_out))
    for day, date in enumerate(DATES):
        for moment, held in rounds:
            answered = int(held.answered[n, day])
            if answered:
                heavy = int(held.heavy[n, day]) if held.released[n, day] else None
                pupils = max(int(classes.pupils[n, day]), answered)
                yield Observation(date, moment, pupils, answered, heavy)
