"""How often the rules would have told something, had they been set otherwise."""

from collections.abc import Iterable, Sequence

from checkin.domain.patterns.engine import find_patterns
from checkin.domain.patterns.heavy_start import HeavyStart
from checkin.domain.patterns.observations import Gathering, Observation, SchoolDay
from checkin.domain.patterns.recovery import NAME as RECOVERY


def told_with(rounds: Sequence[Observation], attention: float, budget: float) -> int:
    """Count what the rules would have told of a school year's rounds, good news left out."""
    told = find_patterns(rounds, attention, budget)
    return sum(pattern.pattern != RECOVERY for pattern in told)


def starts_heavy(rounds: Iterable[Observation], attention: float) -> bool:
    """Tell whether the first weeks of a school year would have been called heavy."""
    rule = HeavyStart(attention)
    for day in _days(rounds):
        if rule.step(day, day.pooled()):
            return True
        if rule.is_over:
            return False
    return False


def _days(rounds: Iterable[Observation]) -> Iterable[SchoolDay]:
    gathering = Gathering()
    for observation in rounds:
        if complete := gathering.add(observation):
            yield complete
    if complete := gathering.finish():
        yield complete
