"""The rule 'sudden-day': one day far above what is usual for this classroom."""

from dataclasses import dataclass

from checkin.domain.patterns.baseline import Usual, surprise, weight_of
from checkin.domain.patterns.excursion import ENDED_AFTER, LONG_AGO, Excursion
from checkin.domain.patterns.observations import Pooled, SchoolDay
from checkin.domain.patterns.pattern import Numbers, Pattern, in_tenths

NAME = "sudden-day"
BAR = 3.30
FRESH = 20  # school days after a told rise for which its level is what a day must stand out from


@dataclass(slots=True)
class SuddenDay:
    """Remembers only how long ago a day last stood out."""

    crossed: int = LONG_AGO
    ease: float = 0.0  # nats off the bar: the logarithm of the budget

    @property
    def bar(self) -> float:
        """Return the bar in standard deviations, z * z / 2 being nats."""
        return max(BAR * BAR - 2 * self.ease, 1.0) ** 0.5 if self.ease else BAR

    def step(
        self, day: SchoolDay, pooled: Pooled | None, usual: Usual, rise: Excursion
    ) -> Pattern | None:
        """Look at one school day, beside the usual or a rise that was just told."""
        self.crossed = min(self.crossed + 1, LONG_AGO)
        if pooled is None or not usual.known:
            return None
        if rise.crossed <= FRESH:
            usual = usual._replace(share=max(usual.share, rise.streams[0].told.share))
        strength = surprise(pooled.share, weight_of(pooled, usual.variance), usual)
        if strength < self.bar:
            return None
        was_open = self.crossed <= ENDED_AFTER
        self.crossed = 0
        return None if was_open else _pattern(day, pooled, usual, strength)


def _pattern(day: SchoolDay, pooled: Pooled, usual: Usual, strength: float) -> Pattern:
    # One day may be one round of seven taps: the ends are wider, so that all seven is never shown.
    numbers: Numbers = {
        "share_now": in_tenths(pooled.share, least=0.2, most=0.8),
        "share_usual": in_tenths(usual.share, least=0.2, most=0.8),
        "since": day.day.isoformat(),
        "days": 1,
        "usual_days": usual.days,
    }
    return Pattern(NAME, day.day, round(strength, 1), day.day, numbers)
