"""The rule 'participation': clearly more pupils than usual do not tap.

Withheld rounds count here: how many tapped is known of them too. Check-in and check-out each have
their own usual, since a check-out is done less often.
"""

from dataclasses import dataclass, field

from checkin.domain.patterns.baseline import Stretch, Usual, gain, surprise
from checkin.domain.patterns.excursion import Crossing, Excursion, Watch
from checkin.domain.patterns.observations import Observation, SchoolDay
from checkin.domain.patterns.pattern import Numbers, Pattern, in_tenths, is_shown_above

NAME = "participation"
WATCH = Watch(odds=(3.0,), bar=7.0, largest_step=6.0, memory=1 - 1 / 60)
CLUSTERING = 0.03  # how far staying away goes together
_USUALLY_AWAY = 0.13
_ROUNDS = ("check-in", "check-out")


@dataclass(slots=True)
class Participation:
    """Watches the share of pupils who did not tap, in each of the two rounds; holds sums."""

    excursion: Excursion = field(default_factory=lambda: Excursion.of(WATCH, streams=2))

    def step(self, day: SchoolDay) -> Pattern | None:
        """Look at one school day; return what crossed the bar."""
        self.excursion.pass_day()
        gains = [self._take(observation) for observation in day.rounds]
        weighed = [gain for gain in gains if gain is not None]
        if not weighed:
            self.excursion.settle(day.day, WATCH)
            return None
        self.excursion.weigh(day.day, [sum(weighed)], WATCH)
        if not self.excursion.is_over(WATCH):
            return None
        before = [stream.usual.usual(_USUALLY_AWAY) for stream in self.excursion.streams]
        now, mixed = self._away([stream.apart for stream in self.excursion.streams], before)
        if not is_shown_above(1 - mixed, 1 - now):
            return None  # its own sentence would not show it: it waits until it does
        if self.excursion.crossing(WATCH) is not Crossing.NEW:
            return None
        return self._pattern(day, before)

    @staticmethod
    def _away(run: list[Stretch], before: list[Usual]) -> tuple[float, float]:
        """Return the share that was away in a run, and what is usual in the same mix of rounds."""
        weight = sum(stretch.weight for stretch in run)
        now = sum(stretch.heavy for stretch in run) / weight
        return now, sum(u.share * s.weight for u, s in zip(before, run, strict=True)) / weight

    def _take(self, observation: Observation) -> float | None:
        """Add one round; return what it says for a fall, None while the usual is not known."""
        n = observation.pupils
        if not n or observation.round not in _ROUNDS:
            return None
        stream = self.excursion.streams[_ROUNDS.index(observation.round)]
        usual = stream.usual.usual(_USUALLY_AWAY)
        away, weight = 1 - observation.answered / n, n / (1 + (n - 1) * CLUSTERING)
        stream.add(away, weight, usual.share)
        if not usual.known:
            return None
        return usual.believed(weight) * gain(away, usual.share, WATCH.odds[0])

    def _pattern(self, day: SchoolDay, before: list[Usual]) -> Pattern:
        told = [stream.told for stream in self.excursion.streams]
        weight = sum(stretch.weight for stretch in told)
        now, mixed = self._away(told, before)
        usual = Usual(mixed, sum(u.weight for u in before), max(u.spread for u in before), 0)
        days = max(stretch.days for stretch in told)
        numbers: Numbers = {
            "share_now": in_tenths(1 - now),
            "share_usual": in_tenths(1 - mixed),
            "since": self.excursion.began.isoformat(),
            "days": days,
            "usual_days": max(u.days for u in before),
        }
        strength = round(surprise(now, weight, usual), 1)
        return Pattern(NAME, day.day, strength, self.excursion.began, numbers)
