"""A run of days above the usual: Page's running sum, and the days it keeps apart.

The sum grows by how much better a day fits 'the odds have doubled' than 'as usual', and never
falls below zero. An excursion began on the first day after the sum was last zero. Its days do not
count as usual while it runs, or a slow rise would hide itself.
"""

from dataclasses import dataclass, field
from datetime import date
from math import log

from checkin.domain.patterns.baseline import LONGEST, Baseline, Comparison, Weighed

ODDS = 2.0
LARGEST_STEP = 1.5  # no single day, however dark, makes a lasting rise


@dataclass(slots=True)
class Excursion:
    """The running sum of one classroom, its baseline, and the days in between."""

    baseline: Baseline = field(default_factory=Baseline)
    total: float = 0.0
    since: date | None = None
    apart: list[Weighed] = field(default_factory=list)
    days: int = 0
    weight: float = 0.0
    heavy: float = 0.0

    @property
    def share(self) -> float:
        """Return the share over the excursion, 0 before it began."""
        return self.heavy / self.weight if self.weight else 0.0

    def add(self, today: Comparison) -> None:
        """Take one day in."""
        if today.usual.known:
            self.total = max(0.0, self.total + min(_gain(today), LARGEST_STEP))
        weighed = Weighed(today.day, today.weight, today.share)
        if self.total == 0.0:
            self.end()
            self.baseline.add(weighed)
        else:
            self._keep_apart(weighed)

    def end(self) -> None:
        """Let the days kept apart count as usual, and begin at zero."""
        for day in self.apart:
            self.baseline.add(day)
        self.apart, self.since = [], None
        self.total, self.days, self.weight, self.heavy = 0.0, 0, 0.0, 0.0

    def _keep_apart(self, day: Weighed) -> None:
        self.since = self.since or day.day
        self.days += 1
        self.weight += day.weight
        self.heavy += day.weight * day.share
        self.apart.append(day)
        if len(self.apart) > LONGEST:  # what has gone on for so long is on its way to be usual
            self.baseline.add(self.apart.pop(0))


def _gain(today: Comparison) -> float:
    usual = today.usual.share
    raised = ODDS * usual / (1 + (ODDS - 1) * usual)
    a_tap = today.share * log(raised / usual) + (1 - today.share) * log((1 - raised) / (1 - usual))
    return today.believed(today.weight) * a_tap
