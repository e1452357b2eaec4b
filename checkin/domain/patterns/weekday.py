"""The rule 'weekday': one day of the week is heavier than the others of the same weeks."""

from dataclasses import dataclass, field
from datetime import date

from checkin.domain.patterns.baseline import Stretch, Usual, gain, surprise, weight_of
from checkin.domain.patterns.excursion import ENDED_AFTER, LONG_AGO
from checkin.domain.patterns.observations import Pooled, SchoolDay
from checkin.domain.patterns.pattern import Numbers, Pattern, in_tenths

NAME = "weekday"
ODDS, BAR, LARGEST_STEP = 3.0, 4.50, 3.0
MEMORY = 0.3  # per week: the others of this week and the last count most
FEWEST_OTHERS = 8  # days of other weekdays before they can be compared with
FEWEST_TIMES = 3  # before a weekday is told
SILENT = 19  # weeks: a weekday that was told is not told again in the same half school year
ACCEPTED = -60  # weeks told ago: what was accepted is not told again this school year
_PRIOR_DAYS = 12.0
_PRIOR_SHARE, _PRIOR_TAPS = 1 / 3, 0.5


@dataclass(slots=True)
class OneWeekday:
    """What is remembered of one day of the week."""

    recent: Stretch = field(default_factory=Stretch)
    excursion: Stretch = field(default_factory=Stretch)
    sum: float = 0.0
    since: date | None = None
    told: int = LONG_AGO

    def end(self) -> None:
        """Begin anew: this weekday is like the others."""
        self.sum, self.since, self.excursion = 0.0, None, Stretch()


@dataclass(slots=True)
class Weekday:
    """Watches each day of the week beside the others; holds sums."""

    weekdays: list[OneWeekday] = field(default_factory=lambda: [OneWeekday() for _ in range(7)])
    scatter: float = 0.0
    days: int = 0
    crossed: int = LONG_AGO
    over: bool = False  # a weekday that was told was over the bar again
    ease: float = 0.0  # nats off the bar: the logarithm of the budget

    def accept(self) -> None:
        """Take the weekdays that were told for usual, as a timetable makes them."""
        for weekday in self.weekdays:
            if weekday.told <= SILENT:
                weekday.told = ACCEPTED

    def step(self, day: SchoolDay, pooled: Pooled | None) -> Pattern | None:
        """Look at one school day; return what crossed the bar."""
        self.over = False
        self.crossed = min(self.crossed + 1, LONG_AGO)
        today = self.weekdays[day.day.weekday()]
        today.told = min(today.told + 1, LONG_AGO)
        if pooled is None:
            return None
        others = self._others(today)
        weight = weight_of(pooled, others.variance)
        if others.days >= FEWEST_OTHERS:
            self._weigh(today, day.day, pooled.share, weight, others)
        _remember(today.recent, pooled.share, weight)
        return self._told(today, day, others) if pooled.share > others.share else None

    def _others(self, today: OneWeekday) -> Usual:
        weight = heavy = 0.0
        days = 0
        for weekday in self.weekdays:
            if weekday is not today:
                recent = weekday.recent
                weight, heavy, days = (
                    weight + recent.weight,
                    heavy + recent.heavy,
                    days + recent.days,
                )
        share = (heavy + _PRIOR_TAPS * _PRIOR_SHARE) / (weight + _PRIOR_TAPS)
        spread = (_PRIOR_DAYS + self.scatter) / (_PRIOR_DAYS + self.days)
        return Usual(min(max(share, 0.03), 0.93), weight, spread, days)

    def _weigh(
        self, today: OneWeekday, day: date, share: float, weight: float, others: Usual
    ) -> None:
        believed = others.believed(weight)
        today.sum += min(believed * gain(share, others.share, ODDS), LARGEST_STEP)
        if today.sum > 0:
            today.since = today.since or day
            today.excursion.add(share, weight)
        else:
            today.end()
        self.scatter += believed * others.spread * (share - others.share) ** 2 / others.variance
        self.days += 1

    def _told(self, today: OneWeekday, day: SchoolDay, others: Usual) -> Pattern | None:
        is_below = today.sum < BAR - self.ease
        if is_below or today.since is None or today.excursion.days < FEWEST_TIMES:
            return None
        self.over = today.told <= SILENT
        if today.told <= SILENT or self.crossed <= ENDED_AFTER:
            return None
        run = today.excursion
        numbers: Numbers = {
            "share_now": in_tenths(run.share),
            "share_usual": in_tenths(others.share),
            "weekday": day.day.weekday(),
            "since": today.since.isoformat(),
            "days": run.days,
            "usual_days": others.days,
        }
        strength = round(surprise(run.share, run.weight, others), 1)
        pattern = Pattern(NAME, day.day, strength, today.since, numbers)
        today.end()
        today.told = self.crossed = 0
        return pattern


def _remember(recent: Stretch, share: float, weight: float) -> None:
    recent.weight *= MEMORY
    recent.heavy *= MEMORY
    recent.add(share, weight)
