"""The rule 'recovery': good news after a rise, a drift or a heavy start that was told.

The mirror of 'sustained-rise': the evidence that the days fit 'as it was before' better than 'as it
was told'. Good news is no false alarm, but it is not said lightly either.
"""

from dataclasses import dataclass, field
from datetime import date
from math import log

from checkin.domain.patterns.baseline import Stretch, Usual, surprise, weight_of
from checkin.domain.patterns.observations import Pooled, SchoolDay
from checkin.domain.patterns.pattern import Numbers, Pattern, in_tenths, is_shown_above

NAME = "recovery"
BAR = 5.0
LARGEST_STEP = 2.0
LONGEST = 95  # school days after which a told rise is no longer waited out
_SMALLEST_FALL = 1.5  # odds
_DOUBT = 1.0  # nats for 'as it was before' from which on it is not said to go on


@dataclass(slots=True)
class Told:
    """A rise as it was told, and all its days since; without a pattern, none is."""

    pattern: str = ""
    since: date = date.min
    usual: float = 0.0
    usual_days: int = 0
    run: Stretch = field(default_factory=Stretch)


@dataclass(slots=True)
class Recovery:
    """Holds what was told and what was usual before, while there is something to come back from."""

    raised: float = 0.0
    before: float = 0.0
    told_on: date | None = None
    told: Told = field(default_factory=Told)
    passed: int = 0
    sum: float = 0.0
    since: date | None = None
    fall: Stretch = field(default_factory=Stretch)

    def watch(self, told_on: date, told: Told, before: float) -> None:
        """Wait for a classroom to come back from what was told to `before`."""
        raised = min(max(told.run.share, 0.05), 0.95)
        highest = raised / (raised + _SMALLEST_FALL * (1 - raised))
        self.raised, self.before = raised, max(min(before, highest), 0.03)
        self.told_on, self.told, self.passed = told_on, told, 0
        self._begin_anew()

    def stop(self) -> None:
        """Wait for nothing any longer."""
        self.told_on, self.told = None, Told()
        self._begin_anew()

    def step(self, day: SchoolDay, pooled: Pooled | None) -> Pattern | None:
        """Look at one school day; return the good news if there is any."""
        if self.told_on is None:
            return None
        self.passed += 1
        if self.passed > LONGEST:
            self.stop()
        if pooled is None or self.told_on is None:
            return None
        weight = weight_of(pooled, self.raised * (1 - self.raised))
        if day.day > self.told_on:
            self.told.run.add(pooled.share, weight)
        self.sum += min(weight * _fits(pooled.share, self.before, self.raised), LARGEST_STEP)
        if self.sum <= 0:
            self._begin_anew()
            return None
        self.since = self.since or day.day
        self.fall.add(pooled.share, weight)
        is_shown = is_shown_above(self.raised, self.fall.share)
        return self._pattern(day, self.since) if self.sum >= BAR and is_shown else None

    def goes_on(self, day: date) -> Pattern | None:
        """Return what was told as it is now, unless it was told today or begins to be over."""
        told = self.told
        if self.told_on in (None, day) or self.sum > _DOUBT:
            return None
        if not is_shown_above(told.run.share, told.usual):
            return None
        numbers: Numbers = {
            "share_now": in_tenths(told.run.share),
            "share_usual": in_tenths(told.usual),
            "attention": told.usual,
            "since": told.since.isoformat(),
            "days": told.run.days,
            "usual_days": told.usual_days,
        }
        beside = Usual(told.usual, 100.0, 1.0, told.usual_days)
        strength = round(surprise(told.run.share, told.run.weight, beside), 1)
        return Pattern(told.pattern, day, strength, told.since, numbers)

    def _pattern(self, day: SchoolDay, since: date) -> Pattern:
        told_on = self.told_on or since
        mirrored = Usual(1 - self.raised, 100.0, 1.0, 0)
        strength = surprise(1 - self.fall.share, self.fall.weight, mirrored)
        numbers: Numbers = {
            "share_now": in_tenths(self.fall.share),
            "share_raised": in_tenths(self.raised),
            "share_usual": in_tenths(self.before),
            "told_on": told_on.isoformat(),
            "since": since.isoformat(),
            "days": self.fall.days,
            "usual_days": 0,
        }
        self.stop()
        return Pattern(NAME, day.day, round(strength, 1), since, numbers)

    def _begin_anew(self) -> None:
        self.sum, self.since, self.fall = 0.0, None, Stretch()


def _fits(share: float, before: float, raised: float) -> float:
    return share * log(before / raised) + (1 - share) * log((1 - before) / (1 - raised))
