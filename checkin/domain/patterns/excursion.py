"""A run of days above the usual: the evidence for it, and the days it keeps apart.

Page's running sum grows by how much better a day fits 'raised' than 'as usual' and never falls
below zero: an excursion began on the first day after the sum was last zero. Its days do not count
as usual while it runs, or a slow rise would hide itself.

Whether it is told is decided by the evidence of Shiryaev and Roberts, which adds up the likelihood
ratios of all days it may have begun on, for each of a few sizes of rise, so that small and large
ones are found about as soon as can be.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from math import exp, log

from checkin.domain.patterns.baseline import Stretch

ENDED_AFTER = 10  # school days without a crossing
LONG_AGO = 999
_CONTINUES = 14  # a second crossing within so many school days may be the same excursion,
_DIP = 1.0  # if the evidence never fell this far in between
_AT_FIRST = exp(-3)
_MOST = exp(30)  # keeps the evidence finite; no bar is near


class Crossing(Enum):
    """What a day's evidence amounts to."""

    NONE = 0
    NEW = 1
    STAYED = 2
    """The excursion told before is still going on: it is the new usual."""


@dataclass(slots=True)
class Stream:
    """One share that is watched: its usual, the excursion, and all since the last one told."""

    usual: Stretch = field(default_factory=Stretch)
    apart: Stretch = field(default_factory=Stretch)
    told: Stretch = field(default_factory=Stretch)
    last: float = 0.0  # the last day's deviation

    def add(self, share: float, weight: float, expected: float) -> None:
        """Take a day in, which deviates from what was expected."""
        deviation = weight**0.5 * (share - expected)
        alike = deviation * self.last
        self.last = deviation
        self.apart.add(share, weight, alike)
        self.told.add(share, weight, alike)


@dataclass(frozen=True, slots=True)
class Watch:
    """What a rule looks for: sizes of rise as odds, the bar, the largest step of one day."""

    odds: tuple[float, ...]
    bar: float
    largest_step: float
    memory: float


@dataclass(slots=True)
class Excursion:
    """The evidence of one classroom for one rule, and the streams it is about."""

    streams: list[Stream]
    evidence: list[float]
    sum: float = 0.0
    since: date | None = None
    began: date = date.min  # the excursion last told,
    before: float = 0.0  # and the usual share it stood out from
    crossed: int = LONG_AGO  # school days since the last crossing
    trail: float = 0.0
    lowest: float = 0.0
    stayed: bool = False  # the last crossing was the new usual
    over: bool = False  # the last day was over the bar, whatever became of it
    ease: float = 0.0  # nats off the bar: the logarithm of the budget

    @classmethod
    def of(cls, watch: Watch, streams: int = 1) -> "Excursion":
        """Begin with nothing known."""
        return cls([Stream() for _ in range(streams)], [_AT_FIRST] * len(watch.odds))

    def pass_day(self) -> None:
        """Count a school day, whether or not anything was released."""
        self.crossed = min(self.crossed + 1, LONG_AGO)
        self.over = False

    def weigh(self, day: date, gains: list[float], watch: Watch) -> None:
        """Add a day's evidence, its streams having been added already; smallest odds first."""
        for n, gain in enumerate(gains):
            step = min(gain, watch.largest_step)
            self.evidence[n] = min((1 + self.evidence[n]) * exp(step), _MOST)
        step = min(gains[0], watch.largest_step)
        self.sum = max(0.0, self.sum + step)
        self.trail += step
        self.lowest = min(self.lowest, self.trail)
        self.settle(day, watch)

    def settle(self, day: date, watch: Watch) -> None:
        """Let the days kept apart count as usual if there is no excursion."""
        if self.sum > 0.0:
            self.since = self.since or day
        else:
            self._end(watch)

    def is_over(self, watch: Watch) -> bool:
        """Tell whether the evidence is over the bar."""
        if self.since is None:
            return False
        return log(sum(self.evidence) / len(self.evidence)) >= watch.bar - self.ease

    def crossing(self, watch: Watch) -> Crossing:
        """Decide what evidence over the bar amounts to, and begin anew if it crosses."""
        if not self.is_over(watch):
            return Crossing.NONE
        self.over = True
        if self.crossed <= _CONTINUES and -self.lowest <= _DIP:
            self.take_for_usual()
            return Crossing.STAYED
        if self.crossed <= ENDED_AFTER:
            return Crossing.NONE  # it waits until the pattern that is open has ended
        self.began = self.since or date.min
        for stream in self.streams:
            stream.told = stream.apart.copy()
        self.restart(watch)
        self.crossed, self.stayed = 0, False
        return Crossing.NEW

    def take_for_usual(self) -> None:
        """Take all days since the excursion last told began for usual, and nothing before."""
        for stream in self.streams:
            stream.usual = stream.told.copy()
            stream.apart = Stretch()
        self._begin_anew()
        self.crossed, self.stayed = 0, True

    def restart(self, watch: Watch) -> None:
        """Forget the evidence, but not the usual."""
        self._end(watch)
        self._begin_anew()

    def follow(self, other: "Excursion", watch: Watch) -> None:
        """Begin anew with what another rule told of the same stream: it is not told twice."""
        self.restart(watch)
        if other.crossed == 0:
            self.began = other.began
            self.streams[0].told = other.streams[0].told.copy()
            if other.stayed:
                self.streams[0].usual = other.streams[0].usual.copy()

    def _end(self, watch: Watch) -> None:
        for stream in self.streams:
            if stream.apart.days:
                stream.usual.join(stream.apart, watch.memory)
                stream.apart = Stretch()
        self.since = None

    def _begin_anew(self) -> None:
        self.sum = self.trail = self.lowest = 0.0
        self.evidence = [_AT_FIRST] * len(self.evidence)
        self.since = None
