"""The rule 'sustained-rise': more heavy taps than usual for this classroom, day after day."""

from dataclasses import dataclass, field
from datetime import date

from checkin.domain.patterns.baseline import Comparison, Usual, surprise
from checkin.domain.patterns.excursion import Excursion
from checkin.domain.patterns.pattern import Pattern
from checkin.domain.patterns.words import in_tenths

NAME = "sustained-rise"
THRESHOLD = 3.75  # about one false flag per classroom in three half years, on released figures
NEW_USUAL = 30  # a second crossing within so many school days: the rise has come to stay


@dataclass(slots=True)
class SustainedRise:
    """The rule's whole memory for one classroom; it holds no more than 2 x 80 days."""

    excursion: Excursion = field(default_factory=Excursion)
    crossed_since: date | None = None  # where the excursion of the last crossing began
    school_days_since: int = 0

    def usual(self) -> Usual:
        """Return the usual that the coming day is to be compared with."""
        return self.excursion.baseline.usual()

    def step(self, today: Comparison | None) -> Pattern | None:
        """Look at one school day (None: all withheld); return what crossed the threshold."""
        self.school_days_since += 1
        if today is None:
            return None
        self.excursion.add(today)
        if self.excursion.since is None or self.excursion.total < THRESHOLD:
            return None
        pattern = self._pattern(today, self.excursion.since)
        self._start_over(self.excursion.since)
        return pattern

    def _start_over(self, since: date) -> None:
        self.excursion.end()
        if self.crossed_since is not None and self.school_days_since <= NEW_USUAL:
            self.excursion.baseline.forget_before(self.crossed_since)
        self.crossed_since = since
        self.school_days_since = 0

    def _pattern(self, today: Comparison, since: date) -> Pattern:
        run = self.excursion
        strength = surprise(today, run.share, run.weight)
        numbers: dict[str, float | int | str] = {
            "share_now": in_tenths(run.share),
            "share_usual": in_tenths(today.usual.share),
            "since": since.isoformat(),
            "days": run.days,
            "usual_days": today.usual.days,
        }
        return Pattern(NAME, today.day, round(strength, 1), since, numbers)
