"""What each pattern is, whatever class it is about: its name, its rule, what it cannot mean."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

YEARS = {
    "sustained-rise": 1.5,
    "slow-drift": 4.0,
    "sudden-day": 7.0,
    "day-shift": 4.5,
    "weekday": 2.5,
    "participation": 8.0,
}
"""School years in which chance alone tells a pattern once, with the rules as shipped: measured."""

_budget: ContextVar[float] = ContextVar("budget", default=1.0)


@dataclass(frozen=True)
class About:
    """A pattern's name and rule in a sentence, and what it cannot mean."""

    title: str
    rule: str
    cannot: tuple[str, ...]


def about(pattern: str, budget: float = 1.0) -> About:
    """Say what a pattern is; one of another version has its name only.

    `budget` is the school's setting: twice the false flags are one in half as many years.
    """
    known = _ABOUT.get(pattern)
    before = _budget.set(budget)
    try:
        return known() if known else About(pattern, "", (_one_child(),))
    finally:
        _budget.reset(before)


def _sustained_rise() -> About:
    return About(
        _("More heavy cards than usual, day after day"),
        _(
            "Over several school days this class chose clearly more heavy cards than it usually "
            "does."
        ),
        (
            _one_child(),
            _(
                "It does not say why. A new pupil, a change in the class or news from home can do "
                "it too."
            ),
            _by_chance("sustained-rise"),
        ),
    )


def _slow_drift() -> About:
    return About(
        _("Little by little more heavy cards"),
        _(
            "The share of heavy cards creeps up over weeks, too slowly for any single week to "
            "stand out."
        ),
        (
            _one_child(),
            _("The first day is a guess: what changes slowly has no clear beginning."),
            _("It does not say why. The time of year or new pupils can do it too."),
            _by_chance("slow-drift"),
        ),
    )


def _sudden_day() -> About:
    return About(
        _("One day with many more heavy cards than usual"),
        _("On one day this class chose far more heavy cards than it usually does."),
        (
            _one_child(),
            _("It does not say why. A quarrel at break or the news of that day can do it too."),
            _by_chance("sudden-day"),
        ),
    )


def _heavy_start() -> About:
    return About(
        _("Heavy from the first weeks"),
        _(
            "This class is heavy from its first weeks on, compared with the level from which the "
            "school wants to pay attention."
        ),
        (
            _one_child(),
            _("It compares with a level the school chose, not with another class."),
            _(
                "A start in a new country is heavy for many. This says that attention is needed, "
                "not that something went wrong."
            ),
        ),
    )


def _day_shift() -> About:
    return About(
        _("Check-out heavier than check-in"),
        _("The day ends heavier than it begins, more than this class usually does."),
        (
            _one_child(),
            _(
                "It does not say what happened in between: lessons, the break or going home can "
                "all weigh."
            ),
            _by_chance("day-shift"),
        ),
    )


def _weekday() -> About:
    return About(
        _("One day of the week is heavier"),
        _("One day of the week is clearly heavier than the other days, several weeks running."),
        (
            _one_child(),
            _("It does not say why. The timetable, the weekend or another teacher can do it too."),
            _by_chance("weekday"),
        ),
    )


def _participation() -> About:
    return About(
        _("Fewer pupils tap than usual"),
        _("Clearly fewer pupils tap than usual in this class."),
        (
            _(
                "This is not about feelings. Illness, a trip, a tablet that does not work or a "
                "class size that was not changed can do it too."
            ),
            _by_chance("participation"),
        ),
    )


def _recovery() -> About:
    return About(
        _("Good news: lighter again"),
        _("After a rise that was told, the class fits its earlier usual again."),
        (_one_child(), _("It does not say that every child is well, nor what helped.")),
    )


_ABOUT: Mapping[str, Callable[[], About]] = {
    "sustained-rise": _sustained_rise,
    "slow-drift": _slow_drift,
    "sudden-day": _sudden_day,
    "heavy-start": _heavy_start,
    "day-shift": _day_shift,
    "weekday": _weekday,
    "participation": _participation,
    "recovery": _recovery,
}
PATTERNS = tuple(_ABOUT)
"""Every pattern there are words for, in the order of the page that explains them."""


def _one_child() -> str:
    return _(
        "It cannot see one child. A class can be calm while a child is not; for that child there "
        "are the adults in the room."
    )


def _by_chance(pattern: str) -> str:
    halves = max(round(2 * YEARS[pattern] / _budget.get()), 2)
    years, half = divmod(halves, 2)
    if halves == 3:  # a word of its own in some languages
        return _(
            "It can be chance: in a class where nothing is going on, this happens about once in "
            "1½ school years."
        )
    return ngettext(
        "It can be chance: in a class where nothing is going on, this happens about once in "
        "%(years)s school year.",
        "It can be chance: in a class where nothing is going on, this happens about once in "
        "%(years)s school years.",
        1 if halves == 2 else 2,
        years=f"{years}½" if half else str(years),
    )
