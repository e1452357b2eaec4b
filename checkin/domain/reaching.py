"""Which flags reach the reviewers now: none in quiet first days, and only so many a week.

The others are listed, not hidden; they reach somebody when it is their turn, or when somebody
takes them up. The rules themselves know nothing of this.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from checkin.domain.flags import Flag

QUIET_DAYS = 5
"""So many first school days of a class, and after a break, bring no flag."""

LONGEST_GAP = 6
"""Days from one round to the next; more is a break of more than five days, a pause too."""

FLAGS, PER_CLASSROOMS = 3, 10
"""So many new flags a week reach the reviewers, for so many classrooms."""


def places_a_week(classrooms: int) -> int:
    """Return how many new flags may reach the reviewers of a school in a week."""
    return max(1, -(-classrooms * FLAGS // PER_CLASSROOMS))


def is_quiet(days: Sequence[date], ordinary_gap: int = 3) -> bool:
    """Tell whether the newest day is among the first of a class, or the first after a break.

    `days` are the last days with rounds, newest first, one more than the quiet days at least
    where there are so many; `ordinary_gap` is the longest between two days of its timetable.
    """
    longest = max(LONGEST_GAP, ordinary_gap)
    latest = days[: QUIET_DAYS + 1]
    was_away = any((later - earlier).days > longest for later, earlier in pairwise(latest))
    return was_away or len(latest) <= QUIET_DAYS


def ordinary_gap(weekdays: Iterable[int]) -> int:
    """Return the longest way from one weekday of a timetable to the next, in days."""
    ordered = sorted(set(weekdays))
    around = [*ordered, ordered[0] + 7] if ordered else []
    return max((later - earlier for earlier, later in pairwise(around)), default=7)


def strongest(listed: Iterable[Flag], places: int) -> list[Flag]:
    """Return the flags whose turn it is, the strongest first; of equals the oldest."""
    ranked = sorted(listed, key=lambda flag: (-flag.strength, flag.raised_on, flag.id))
    return ranked[: max(places, 0)]
