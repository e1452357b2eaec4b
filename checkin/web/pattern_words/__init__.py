"""What a pattern says, built from its numbers alone, in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from checkin.domain.flags import Flag
from checkin.web.language import day as day_in_words
from checkin.web.pattern_words import sentences
from checkin.web.pattern_words.about import PATTERNS, About, about
from checkin.web.pattern_words.again import noticed_again
from checkin.web.pattern_words.facts import facts_of
from checkin.web.pattern_words.parts import Facts, is_still_so

__all__ = ["PATTERNS", "About", "PatternWords", "about", "noticed_again", "title_of", "words_of"]

_SENTENCES: Mapping[str, Callable[[Flag], str]] = {
    "sustained-rise": sentences.sustained_rise,
    "slow-drift": sentences.slow_drift,
    "sudden-day": sentences.sudden_day,
    "heavy-start": sentences.heavy_start,
    "day-shift": sentences.day_shift,
    "weekday": sentences.weekday,
    "participation": sentences.participation,
    "recovery": sentences.recovery,
}


@dataclass(frozen=True)
class PatternWords:
    """A pattern for people who read no figures."""

    title: str
    rule: str
    sentence: str
    facts: Facts
    cannot: tuple[str, ...]


def words_of(flag: Flag, budget: float = 1.0) -> PatternWords:
    """Say what a flag is about: what happened, the class's usual, and what it cannot mean.

    `budget` is how the school set its rules: it decides how often this is chance alone.
    """
    its, say = about(flag.pattern, budget), _SENTENCES.get(flag.pattern)
    try:
        if say is not None:
            said = _and_goes_on(flag, _and_still(flag, say(flag)))
            return PatternWords(its.title, its.rule, said, facts_of(flag), its.cannot)
    except KeyError:  # a number that an earlier version did not keep
        pass
    sentence = _("A rule noticed something on %(day)s.", day=day_in_words(flag.raised_on))
    return PatternWords(its.title, sentence, sentence, (), about("").cannot)


def _and_still(flag: Flag, sentence: str) -> str:
    """Add until when it was seen, where that is later than the days the sentence is about."""
    if not is_still_so(flag):
        return sentence
    still = _("Still so on %(day)s.", day=day_in_words(flag.last_seen_on))
    return f"{sentence} {still}"


def _and_goes_on(flag: Flag, sentence: str) -> str:
    """Add that an earlier flag of the same was closed, where it did not stop."""
    closed_on = flag.numbers.get("closed_on")
    if not closed_on:
        return sentence
    day = day_in_words(date.fromisoformat(str(closed_on)))
    goes_on = _("Its flag was closed on %(day)s, and it goes on.", day=day)
    return f"{sentence} {goes_on}"


def title_of(pattern: str) -> str:
    """Name a pattern in a few words."""
    return about(pattern).title
