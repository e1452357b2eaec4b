"""The engine of one classroom: observations in, in order of time; patterns out, a day at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from math import log
from typing import Any

from checkin.domain.patterns import (
    day_shift,
    heavy_start,
    participation,
    slow_drift,
    state,
    sudden_day,
    sustained_rise,
    weekday,
)
from checkin.domain.patterns.baseline import Stretch, Usual
from checkin.domain.patterns.day_shift import DayShift
from checkin.domain.patterns.heavy_start import ATTENTION, HeavyStart
from checkin.domain.patterns.observations import Gathering, Observation, Pooled, SchoolDay
from checkin.domain.patterns.participation import Participation
from checkin.domain.patterns.pattern import Pattern
from checkin.domain.patterns.recovery import Recovery, Told
from checkin.domain.patterns.slow_drift import SlowDrift
from checkin.domain.patterns.sudden_day import SuddenDay
from checkin.domain.patterns.sustained_rise import SustainedRise
from checkin.domain.patterns.weekday import Weekday

LONG_BREAK = 28  # days without a round, after which the children are others: a new school year
VERSION = 3  # of rules and state; an older state is built anew from released rounds
BUDGET = 1.0  # false flags per classroom and half school year that the bars are set for
_NATS = 1.4  # a nat off every bar gives e^(1/1.4) times the false flags, where days go together
_LASTING = (sustained_rise.NAME, slow_drift.NAME, heavy_start.NAME)
ACCEPTABLE = frozenset({*_LASTING, day_shift.NAME, weekday.NAME, participation.NAME})
"""The patterns that can be taken for the new usual: what one day did cannot."""


@dataclass(slots=True)
class Rules:
    """Every rule's memory of one classroom."""

    heavy_start: HeavyStart
    sustained_rise: SustainedRise = field(default_factory=SustainedRise)
    slow_drift: SlowDrift = field(default_factory=SlowDrift)
    sudden_day: SuddenDay = field(default_factory=SuddenDay)
    day_shift: DayShift = field(default_factory=DayShift)
    weekday: Weekday = field(default_factory=Weekday)
    participation: Participation = field(default_factory=Participation)
    recovery: Recovery = field(default_factory=Recovery)

    @classmethod
    def begin(cls, attention: float, budget: float) -> "Rules":
        """Begin with nothing known, with bars that spend the budget."""
        rules, ease = cls(HeavyStart(attention)), _NATS * log(budget)
        for rule in (rules.sustained_rise, rules.slow_drift, rules.day_shift, rules.participation):
            rule.excursion.ease = ease
        rules.sudden_day.ease = rules.weekday.ease = ease
        return rules

    def look_at(self, day: SchoolDay) -> list[Pattern]:
        """Let every rule look at one school day."""
        pooled = day.pooled()
        usual = self.sustained_rise.usual()
        lasting = self._lasting(day, pooled, usual)
        found = [
            self.sudden_day.step(day, pooled, usual, self.sustained_rise.excursion),
            *lasting,
            self.day_shift.step(day),
            self.weekday.step(day, pooled),
            self.participation.step(day),
            self.recovery.step(day, pooled),
        ]
        return [pattern for pattern in found if pattern]

    def accept(self, name: str) -> None:
        """Take what a pattern told of for the new usual."""
        if name in _LASTING:
            self.recovery.stop()
            self.sustained_rise.excursion.take_for_usual()
            self.slow_drift.follow(self.sustained_rise)
            self.heavy_start.is_over = True
        elif name == day_shift.NAME:
            self.day_shift.excursion.take_for_usual()
        elif name == weekday.NAME:
            self.weekday.accept()
        elif name == participation.NAME:
            self.participation.excursion.take_for_usual()

    def over(self, day: date) -> tuple[str, ...]:
        """Name what was over its bar on the last day, told then or before, or goes on."""
        going_on = self.recovery.goes_on(day)
        seen = {
            sudden_day.NAME: self.sudden_day.crossed == 0,
            sustained_rise.NAME: self.sustained_rise.excursion.over,
            slow_drift.NAME: self.slow_drift.excursion.over,
            day_shift.NAME: self.day_shift.excursion.over,
            weekday.NAME: self.weekday.over,
            participation.NAME: self.participation.excursion.over,
        }
        names = [name for name, is_over in seen.items() if is_over]
        if going_on and going_on.pattern not in names:
            names.append(going_on.pattern)
        return tuple(names)

    def _lasting(self, day: SchoolDay, pooled: Pooled | None, usual: Usual) -> list[Pattern | None]:
        """Look for what lasts; let the other rules begin anew when it is told."""
        start = self.heavy_start.step(day, pooled)
        rise = self.sustained_rise.step(day, pooled, usual)
        drift = self.slow_drift.step(day, pooled, self.sustained_rise)
        if start:
            first, told = self.heavy_start, _told(start, self.heavy_start.first_weeks)
            self.recovery.watch(day.day, told, first.lighter)
        if found := rise or drift:
            climb = (self.sustained_rise if rise else self.slow_drift).excursion
            run = climb.streams[0].told
            self.recovery.watch(day.day, _told(found, run), climb.before)
            self.day_shift.expect_rise(run.share - climb.before)
        return [start, rise, drift]


def _told(pattern: Pattern, run: Stretch) -> Told:
    usual, days = float(pattern.numbers["share_usual"]), int(pattern.numbers["usual_days"])
    return Told(pattern.pattern, pattern.since, usual, days, run.copy())


@dataclass(slots=True)
class Engine:
    """All that is remembered of one classroom: bounded, and the same when rebuilt by a replay.

    `attention` is the school's attention level, the share from which a class is called heavy;
    `budget` the false flags per half school year that the bars are set for (a heavy start and good
    news know no chance alone, and go by the attention level).
    """

    attention: float = ATTENTION
    budget: float = BUDGET
    gathering: Gathering = field(default_factory=Gathering)
    rules: Rules | None = None

    def feed(self, observation: Observation) -> list[Pattern]:
        """Take one released round in; return the patterns of the day it completes, if any.

        Raises ValueError for a day out of order and for a round that came before.
        """
        complete = self.gathering.add(observation)
        return self._look_at(complete) if complete else []

    def finish(self) -> list[Pattern]:
        """Declare the day in hand complete; return its patterns. Later days may still follow."""
        complete = self.gathering.finish()
        return self._look_at(complete) if complete else []

    def accept(self, pattern: str) -> None:
        """Take what was told, by the name of its pattern, for this classroom's new usual."""
        if self.rules:
            self.rules.accept(pattern)

    def over(self) -> tuple[str, ...]:
        """Name the patterns over their bar on the last complete day, told then or before."""
        last = self.gathering.last
        return self.rules.over(last) if self.rules and last else ()

    def going_on(self) -> Pattern | None:
        """Return a rise that was told before and went on until the last complete day, as it is."""
        last = self.gathering.last
        return self.rules.recovery.goes_on(last) if self.rules and last else None

    def to_state(self) -> Any:
        """Return everything remembered as values that JSON can hold."""
        return [VERSION, *state.to_plain(self)]

    @classmethod
    def from_state(cls, plain: Any) -> "Engine":
        """Go on from a state; raises ValueError where it is not one of this version."""
        try:
            version, *parts = plain
            if version != VERSION:
                raise ValueError(f"version {version} is not {VERSION}")
            engine: Engine = state.from_plain(cls, parts)
        except (TypeError, ValueError) as problem:
            raise ValueError(f"this is not the state of an engine: {problem}") from None
        return engine

    def _look_at(self, day: SchoolDay) -> list[Pattern]:
        before = self.gathering.before_last
        if self.rules is None or (before and (day.day - before).days > LONG_BREAK):
            self.rules = Rules.begin(self.attention, self.budget)
        return self.rules.look_at(day)


def find_patterns(
    observations: Iterable[Observation], attention: float = ATTENTION, budget: float = BUDGET
) -> list[Pattern]:
    """Find every pattern in the whole history of one classroom, given in order of time."""
    engine = Engine(attention, budget)
    found = [pattern for observation in observations for pattern in engine.feed(observation)]
    return found + engine.finish()
