"""The rule 'heavy-start': heavy from the first weeks of a school year.

A class that begins heavy has no lighter usual of its own to stand out from, so it is held against
the school's attention level.
"""

from dataclasses import dataclass, field
from datetime import date

from checkin.domain.patterns.baseline import Stretch, weight_of
from checkin.domain.patterns.observations import Pooled, SchoolDay
from checkin.domain.patterns.pattern import Numbers, Pattern, in_tenths

NAME = "heavy-start"
ATTENTION = 0.40  # the school's own, unless it chose another
BAR = 1.4
FEWEST, MOST = 5, 30  # school days it looks at, from the first on


@dataclass(slots=True)
class HeavyStart:
    """Sums up the first weeks; says something once."""

    attention: float = ATTENTION
    first_weeks: Stretch = field(default_factory=Stretch)
    since: date | None = None
    is_over: bool = False

    @property
    def lighter(self) -> float:
        """Return what would be good news: half the odds, and below the attention level."""
        share = self.first_weeks.share
        return min(share / (2 - share), self.attention)

    def step(self, day: SchoolDay, pooled: Pooled | None) -> Pattern | None:
        """Look at one school day; return what crossed the bar."""
        if pooled is None or self.is_over:
            return None
        self.since = self.since or day.day
        variance = self.attention * (1 - self.attention)
        first = self.first_weeks
        first.add(pooled.share, weight_of(pooled, variance))
        strength = (first.share - self.attention) * (first.weight / variance) ** 0.5
        is_heavy = first.days >= FEWEST and strength >= BAR
        self.is_over = is_heavy or first.days >= MOST
        if not is_heavy:
            return None
        numbers: Numbers = {
            "share_now": in_tenths(first.share),
            "share_usual": in_tenths(self.attention),
            "attention": self.attention,
            "since": self.since.isoformat(),
            "days": first.days,
            "usual_days": 0,
        }
        return Pattern(NAME, day.day, round(strength, 1), self.since, numbers)
