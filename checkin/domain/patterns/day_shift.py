"""The rule 'day-shift': check-out has become heavier than check-in, more than it usually is.

A check-out is expected to be as heavy as check-in usually is, plus the usual difference between the
two (drawn towards none while little is known), plus a part of what today's check-in was off.
"""

from dataclasses import dataclass, field

from checkin.domain.patterns.baseline import Stretch, Usual, gain, surprise, weight_of
from checkin.domain.patterns.excursion import Crossing, Excursion, Watch
from checkin.domain.patterns.observations import Pooled, SchoolDay
from checkin.domain.patterns.pattern import Numbers, Pattern, in_tenths

NAME = "day-shift"
WATCH = Watch(odds=(2.5,), bar=5.91, largest_step=2.5, memory=1 - 1 / 60)
GAP = 0.10  # check-out lies so far above check-in, and so far above its usual difference;
RISEN_GAP = 0.20  # twice that where check-in has risen with it: then the whole day has
_DRAWN = 60.0  # taps' worth of belief that the two do not differ
_CARRIED = 0.4  # part of a dark or light morning that lasts until the afternoon
_RECENTLY = 1 - 1 / 6
_BELIEVED = 4.0  # taps at which half of that is believed


@dataclass(slots=True)
class DayShift:
    """Watches check-out beside check-in on days that released both; holds sums."""

    excursion: Excursion = field(default_factory=lambda: Excursion.of(WATCH, streams=2))
    recent: Stretch = field(default_factory=Stretch)  # check-in of about the last week

    def step(self, day: SchoolDay) -> Pattern | None:
        """Look at one school day; return what crossed the bar."""
        self.excursion.pass_day()
        morning, afternoon = day.released("check-in"), day.released("check-out")
        if morning is None or afternoon is None:
            return None
        return self._look(day, morning, afternoon)

    def expect_rise(self, by: float) -> None:
        """Expect so much more of both rounds: a rise was told, and check-in has risen with it."""
        risen = self.recent.share - self.excursion.streams[1].usual.usual().share
        if risen >= GAP:
            self.excursion.restart(WATCH)
            for stream in self.excursion.streams:
                stream.usual.lift(max(risen, by))

    def _look(self, day: SchoolDay, morning: Pooled, afternoon: Pooled) -> Pattern | None:
        outs, ins = self.excursion.streams
        usual, usual_in = outs.usual.usual(), ins.usual.usual()
        weight = weight_of(afternoon, usual.variance)
        weight_in = weight_of(morning, usual.variance)
        difference = _difference(usual, usual_in)
        carried = _CARRIED * weight_in / (weight_in + _BELIEVED)
        off = carried * (morning.share - usual_in.share)
        expected = min(max(usual_in.share + difference + off, 0.03), 0.93)
        outs.add(afternoon.share, weight, expected)
        ins.add(morning.share, weight_in, usual_in.share)
        self.recent.weight *= _RECENTLY
        self.recent.heavy *= _RECENTLY
        self.recent.add(morning.share, weight_in)
        if not usual.known:
            self.excursion.settle(day.day, WATCH)
            return None
        believed = usual.believed(weight)
        gains = [believed * gain(afternoon.share, expected, odds) for odds in WATCH.odds]
        self.excursion.weigh(day.day, gains, WATCH)
        if not _stands_out(outs.apart.share, ins.apart.share, usual_in, difference):
            return None
        if self.excursion.crossing(WATCH) is not Crossing.NEW:
            return None
        return self._pattern(day, usual, difference)

    def _pattern(self, day: SchoolDay, usual: Usual, difference: float) -> Pattern:
        out, into = (stream.told for stream in self.excursion.streams)
        expected = min(max(into.share + difference, 0.03), 0.93)
        strength = surprise(out.share, out.weight, usual._replace(share=expected))
        numbers: Numbers = {
            "share_now": in_tenths(out.share),
            "share_check_in": in_tenths(into.share),
            "share_usual": in_tenths(usual.share),
            "since": self.excursion.began.isoformat(),
            "days": out.days,
            "usual_days": usual.days,
        }
        return Pattern(NAME, day.day, round(strength, 1), self.excursion.began, numbers)


def _difference(usual: Usual, usual_in: Usual) -> float:
    return (usual.share - usual_in.share) * usual.weight / (usual.weight + _DRAWN)


def _stands_out(out: float, into: float, usual_in: Usual, difference: float) -> bool:
    """Tell whether the run's own days show that check-out became heavier, also in tenths."""
    least = RISEN_GAP if into - usual_in.share >= GAP else GAP
    is_apart = out - into >= least and out - into - difference >= least
    return is_apart and in_tenths(out) - in_tenths(into) >= least - 0.01
