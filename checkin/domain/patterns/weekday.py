"""The rule 'weekday': one day of the week is heavier than the others of the same weeks."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from checkin.domain.patterns.baseline import Stretch, Usual, gain, surprise, weight_of
from checkin.domain.patterns.excursion import ENDED_AFTER, LONG_AGO
from checkin.domain.patterns.observations import Pooled, SchoolDay
from checkin.domain.patterns.pattern import Numbers, Pattern, in_tenths, is_shown_above

NAME = "weekday"
ODDS, BAR, LARGEST_STEP = 3.0, 4.50, 3.0
MEMORY = 0.3  # per week: the others of this week and the last count most
FEWEST_OTHERS = 8  # days of other weekdays before they can be compared with
FEWEST_TIMES = 3  # before a weekday is told
GAP = 0.10  # it lies so far above the other days of the same weeks, also as shown,
CLEAR = 2.7  # and by so many of its own standard deviations: a rise of all days is no weekday
SILENT = 19  # weeks: a weekday that was told is not told again in the same half school year
ACCEPTED = -60  # weeks told ago: what was accepted is not told again this school year
_PRIOR_DAYS = 12.0
_PRIOR_SHARE, _PRIOR_TAPS = 1 / 3, 0.5


@dataclass(slots=True)
class OneWeekday:
    """What is remembered of one day of the week; `others` are the other days of its weeks."""

    recent: Stretch = field(default_factory=Stretch)
    excursion: Stretch = field(default_factory=Stretch)
    others: Stretch = field(default_factory=Stretch)
    sum: float = 0.0
    since: date | None = None
    told: int = LONG_AGO

    def end(self) -> None:
        """Begin anew: this weekday is like the others."""
        self.sum, self.since = 0.0, None
        self.excursion, self.others = Stretch(), Stretch()

    def begin(self, day: date, week: Stretch) -> None:
        """Begin an excursion in a week of which other days have passed."""
        if self.since is None:
            self.since, self.others = day, week.copy()

    @property
    def clearness(self) -> float:
        """Return by how many standard deviations it lies above the other days of its weeks."""
        run, beside = self.excursion, self.others
        return surprise(run.share, run.weight, beside.usual(beside.share))

    @property
    def stands_out(self) -> bool:
        """Tell whether its own weeks show what the evidence says, also in tenths."""
        run, beside = self.excursion, self.others
        if not beside.days or run.days < FEWEST_TIMES or run.share - beside.share < GAP:
            return False
        return is_shown_above(run.share, beside.share) and self.clearness >= CLEAR


@dataclass(slots=True)
class Weekday:
    """Watches each day of the week beside the others; holds sums."""

    weekdays: list[OneWeekday] = field(default_factory=lambda: [OneWeekday() for _ in range(7)])
    week: Stretch = field(default_factory=Stretch)  # the days of this week until today
    monday: date = date.min
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
        self._turn_to_week_of(day.day)
        if others.days >= FEWEST_OTHERS:
            self._weigh(today, day.day, pooled.share, weight, others)
        self._remember(today, pooled.share, weight)
        return self._told(today, day) if pooled.share > others.share else None

    def _turn_to_week_of(self, day: date) -> None:
        monday = day - timedelta(days=day.weekday())
        if monday != self.monday:
            self.monday, self.week = monday, Stretch()

    def _remember(self, today: OneWeekday, share: float, weight: float) -> None:
        today.recent.weight *= MEMORY
        today.recent.heavy *= MEMORY
        today.recent.add(share, weight)
        self.week.add(share, weight)
        for weekday in self.weekdays:
            if weekday is not today and weekday.since is not None:
                weekday.others.add(share, weight)

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
            today.begin(day, self.week)
            today.excursion.add(share, weight)
        else:
            today.end()
        self.scatter += believed * others.spread * (share - others.share) ** 2 / others.variance
        self.days += 1

    def _told(self, today: OneWeekday, day: SchoolDay) -> Pattern | None:
        is_below = today.sum < BAR - self.ease
        if is_below or today.since is None or not today.stands_out:
            return None
        self.over = today.told <= SILENT
        if today.told <= SILENT or self.crossed <= ENDED_AFTER:
            return None
        run, beside = today.excursion, today.others
        numbers: Numbers = {
            "share_now": in_tenths(run.share),
            "share_usual": in_tenths(beside.share),
            "weekday": day.day.weekday(),
            "since": today.since.isoformat(),
            "days": run.days,
            "usual_days": beside.days,
        }
        pattern = Pattern(NAME, day.day, round(today.clearness, 1), today.since, numbers)
        today.end()
        today.told = self.crossed = 0
        return pattern
