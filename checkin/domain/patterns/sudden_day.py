"""The rule 'sudden-day': one day far above what is usual for this classroom."""

from checkin.domain.patterns.baseline import Comparison, surprise
from checkin.domain.patterns.pattern import Pattern
from checkin.domain.patterns.words import in_tenths

NAME = "sudden-day"
THRESHOLD = 3.2  # about one false flag per classroom in eight half years, on released figures


def step(today: Comparison | None) -> Pattern | None:
    """Look at one school day (None: all withheld); the rule needs no memory of its own."""
    if today is None or not today.usual.known:
        return None
    strength = surprise(today, today.share, today.weight)
    if strength < THRESHOLD:
        return None
    # One day may be one round of seven taps: the ends are wider, so that all seven is never shown.
    numbers: dict[str, float | int | str] = {
        "share_now": in_tenths(today.share, least=0.2, most=0.8),
        "share_usual": in_tenths(today.usual.share, least=0.2, most=0.8),
        "since": today.day.isoformat(),
        "days": 1,
        "usual_days": today.usual.days,
    }
    return Pattern(NAME, today.day, round(strength, 1), today.day, numbers)
