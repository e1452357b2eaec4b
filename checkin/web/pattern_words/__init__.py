"""What a pattern says, built from its numbers alone, in the reader's language."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from checkin.domain.flags import Flag
from checkin.web.language import day as day_in_words
from checkin.web.pattern_words import others, rises
from checkin.web.pattern_words.parts import PatternWords, one_child

__all__ = ["PatternWords", "title_of", "words_of"]

_SAYINGS: Mapping[str, Callable[[Flag, str], PatternWords]] = {
    "sustained-rise": rises.sustained_rise,
    "slow-drift": rises.slow_drift,
    "sudden-day": rises.sudden_day,
    "heavy-start": rises.heavy_start,
    "day-shift": others.day_shift,
    "weekday": others.weekday,
    "participation": others.participation,
    "recovery": others.recovery,
}


def words_of(flag: Flag) -> PatternWords:
    """Say what a flag is about: what happened, the class's usual, and what it cannot mean."""
    say = _SAYINGS.get(flag.pattern)
    if say is None:
        return _unknown(flag)
    try:
        return say(flag, title_of(flag.pattern))
    except KeyError:  # a number that an earlier version did not keep
        return _unknown(flag)


def title_of(pattern: str) -> str:
    """Name a pattern in a few words."""
    return {
        "sustained-rise": _("More heavy cards than usual, day after day"),
        "slow-drift": _("Little by little more heavy cards"),
        "sudden-day": _("One day with many more heavy cards than usual"),
        "heavy-start": _("Heavy from the first weeks"),
        "day-shift": _("Check-out heavier than check-in"),
        "weekday": _("One day of the week is heavier"),
        "participation": _("Fewer pupils tap than usual"),
        "recovery": _("Good news: lighter again"),
    }.get(pattern, pattern)


def _unknown(flag: Flag) -> PatternWords:
    sentence = _("A rule noticed something on %(day)s.", day=day_in_words(flag.raised_on))
    return PatternWords(title_of(flag.pattern), sentence, sentence, (), (one_child(),))
