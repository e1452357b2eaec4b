"""The engine of one classroom: observations in, in order of time; patterns out, a day at a time."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from checkin.domain.patterns import sudden_day
from checkin.domain.patterns.baseline import compare
from checkin.domain.patterns.observations import Gathering, Observation, SchoolDay
from checkin.domain.patterns.pattern import Pattern
from checkin.domain.patterns.sustained_rise import SustainedRise

ENDED_AFTER = 10  # school days without a crossing


@dataclass(slots=True)
class Engine:
    """Everything remembered of one classroom: numbers and dates, bounded, rebuilt by a replay."""

    gathering: Gathering = field(default_factory=Gathering)
    rise: SustainedRise = field(default_factory=SustainedRise)
    quiet: dict[str, int] = field(default_factory=dict)  # open pattern: school days since crossing

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

    def _look_at(self, day: SchoolDay) -> list[Pattern]:
        today = compare(day, self.rise.usual())
        found = (sudden_day.step(today), self.rise.step(today))
        return self._new_among([pattern for pattern in found if pattern])

    def _new_among(self, crossings: list[Pattern]) -> list[Pattern]:
        """Keep what is not open yet; an open pattern ends after enough days without a crossing."""
        if not crossings and not self.quiet:
            return []
        new = [pattern for pattern in crossings if pattern.pattern not in self.quiet]
        passed = {name: days + 1 for name, days in self.quiet.items() if days + 1 < ENDED_AFTER}
        self.quiet = passed | {pattern.pattern: 0 for pattern in crossings}
        return new


def find_patterns(observations: Iterable[Observation]) -> list[Pattern]:
    """Find every pattern in the whole history of one classroom, given in order of time."""
    engine = Engine()
    found = [pattern for observation in observations for pattern in engine.feed(observation)]
    return found + engine.finish()
