"""The rule 'sustained-rise': more heavy taps than usual for this classroom, day after day."""

from dataclasses import dataclass, field

from checkin.domain.patterns.baseline import Usual, gain, surprise, weight_of
from checkin.domain.patterns.excursion import Crossing, Excursion, Watch
from checkin.domain.patterns.observations import Pooled, SchoolDay
from checkin.domain.patterns.pattern import Numbers, Pattern, in_tenths

NAME = "sustained-rise"
WATCH = Watch(odds=(2.0, 4.0), bar=4.48, largest_step=2.0, memory=1 - 1 / 60)


@dataclass(slots=True)
class SustainedRise:
    """Watches the pooled share of heavy taps of a day; holds sums, not days."""

    excursion: Excursion = field(default_factory=lambda: Excursion.of(WATCH))

    def usual(self) -> Usual:
        """Return the usual that the coming day is to be compared with."""
        return self.excursion.streams[0].usual.usual()

    def step(self, day: SchoolDay, pooled: Pooled | None, usual: Usual) -> Pattern | None:
        """Look at one school day beside its usual; return what crossed the bar."""
        self.excursion.pass_day()
        if pooled is None:
            return None
        return look(self.excursion, WATCH, NAME, day, pooled, usual)

    def hear_of(self, drift: Excursion) -> None:
        """Begin anew because the same climb was just told as a slow drift."""
        self.excursion.follow(drift, WATCH)
        self.excursion.crossed, self.excursion.stayed = 0, False


def look(
    excursion: Excursion, watch: Watch, name: str, day: SchoolDay, pooled: Pooled, usual: Usual
) -> Pattern | None:
    """Weigh a day's pooled share against the usual; both rules on lasting rises do."""
    share, weight = pooled.share, weight_of(pooled, usual.variance)
    excursion.streams[0].add(share, weight, usual.share)
    if not usual.known:
        excursion.settle(day.day, watch)
        return None
    believed = usual.believed(weight)
    gains = [believed * gain(share, usual.share, odds) for odds in watch.odds]
    excursion.weigh(day.day, gains, watch)
    if excursion.crossing(watch) is not Crossing.NEW:
        return None
    told = excursion.streams[0].told
    excursion.before = usual.share
    numbers: Numbers = {
        "share_now": in_tenths(told.share),
        "share_usual": in_tenths(usual.share),
        "since": excursion.began.isoformat(),
        "days": told.days,
        "usual_days": usual.days,
    }
    strength = round(surprise(told.share, told.weight, usual), 1)
    return Pattern(name, day.day, strength, excursion.began, numbers)
