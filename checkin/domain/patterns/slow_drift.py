"""The rule 'slow-drift': a share of heavy taps that creeps up over weeks, a little each day.

It looks for a smaller rise than 'sustained-rise' does, lets no day count for much, and compares
with an older usual, which a drift has not yet carried along.
"""

from dataclasses import dataclass, field

from checkin.domain.patterns.excursion import Excursion, Watch
from checkin.domain.patterns.observations import Pooled, SchoolDay
from checkin.domain.patterns.pattern import Pattern
from checkin.domain.patterns.sustained_rise import SustainedRise, look

NAME = "slow-drift"
WATCH = Watch(odds=(1.5,), bar=4.77, largest_step=0.6, memory=1 - 1 / 90)
SILENT = 40  # school days after a told rise: the same climb is not told twice


@dataclass(slots=True)
class SlowDrift:
    """Watches the pooled share of heavy taps of a day for a slow change; holds sums, not days."""

    excursion: Excursion = field(default_factory=lambda: Excursion.of(WATCH))

    def step(self, day: SchoolDay, pooled: Pooled | None, rise: SustainedRise) -> Pattern | None:
        """Look at one school day after 'sustained-rise' did; return what crossed the bar."""
        self.excursion.pass_day()
        if rise.excursion.crossed < SILENT:
            self.follow(rise)
        if pooled is None:
            return None
        usual = self.excursion.streams[0].usual.usual()
        pattern = look(self.excursion, WATCH, NAME, day, pooled, usual)
        if pattern:
            rise.hear_of(self.excursion)
        return pattern

    def follow(self, rise: SustainedRise) -> None:
        """Begin anew while a rise is fresh, with its usual if that has changed."""
        self.excursion.follow(rise.excursion, WATCH)
