"""What a rule noticed, with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Numbers = dict[str, float | int | str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something a rule noticed about a classroom on the evening of `day`.

    `strength` counts standard deviations of the classroom's own days, so that patterns of
    different rules can be put in one order. `numbers` holds what a sentence needs, and no
    share finer than a tenth: what a page can be made to print, a page will print one day.
    """

    pattern: str
    day: date
    strength: float
    since: date
    numbers: Mapping[str, float | int | str] = field(hash=False)


def in_tenths(share: float, least: float = 0.1, most: float = 0.9) -> float:
    """Round a share to a tenth; the ends stand for 'so little or less' and 'so much or more'."""
    return min(max(round(share, 1), least), most)


def is_shown_above(share: float, other: float) -> bool:
    """Tell whether a share is more than another also when both are shown, in tenths."""
    return in_tenths(share) > in_tenths(other)
