"""What a pattern says, built from its numbers alone, in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.flags import Flag
from checkin.web.language import day as day_in_words

ENDS = {"sustained-rise": (0.1, 0.9), "sudden-day": (0.2, 0.8)}
"""Where a pattern's shares end: 'so little or less' and 'so much or more'."""


NUMBERS = {"share_now", "share_usual", "days", "usual_days"}
"""What a pattern must have counted for a sentence to be made of it."""


@dataclass(frozen=True)
class PatternWords:
    """A pattern for people who read no figures."""

    title: str
    rule: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    cannot: tuple[str, ...]


def words_of(flag: Flag) -> PatternWords:
    """Say what a flag is about: what happened, the class's usual, and what it cannot mean."""
    say = _SAYINGS.get(flag.pattern)
    return say(flag) if say and flag.numbers.keys() >= NUMBERS else _unknown(flag)


def title_of(pattern: str) -> str:
    """Name a pattern in a few words."""
    return {
        "sustained-rise": _("More heavy cards than usual, day after day"),
        "sudden-day": _("One day with many more heavy cards than usual"),
    }.get(pattern, pattern)


def _sustained_rise(flag: Flag) -> PatternWords:
    days = int(flag.numbers["days"])
    return PatternWords(
        title=title_of(flag.pattern),
        rule=_(
            "Over several school days this class chose clearly more heavy cards than it usually "
            "does."
        ),
        sentence=ngettext(
            "Since %(since)s, over %(num)s school day, %(now)s of the cards were heavy; %(usual)s.",
            "Since %(since)s, over %(num)s school days, %(now)s of the cards were heavy; "
            "%(usual)s.",
            days,
            since=day_in_words(flag.since),
            now=_share(flag, "share_now"),
            usual=_usual(flag),
        ),
        facts=_facts(
            flag,
            ngettext(
                "from %(since)s, %(num)s school day",
                "from %(since)s, %(num)s school days",
                days,
                since=day_in_words(flag.since),
            ),
        ),
        cannot=(
            _one_child(),
            _(
                "It does not say why. A new pupil, a change in the class or news from home can do "
                "it too."
            ),
            _(
                "It can be chance: in a class where nothing is going on, this happens about once "
                "in a year and a half."
            ),
        ),
    )


def _sudden_day(flag: Flag) -> PatternWords:
    return PatternWords(
        title=title_of(flag.pattern),
        rule=_("On one day this class chose far more heavy cards than it usually does."),
        sentence=_(
            "On %(day)s, %(now)s of the cards were heavy; %(usual)s.",
            day=day_in_words(flag.since),
            now=_share(flag, "share_now"),
            usual=_usual(flag),
        ),
        facts=_facts(flag, day_in_words(flag.since)),
        cannot=(
            _one_child(),
            _("It does not say why. A quarrel at break or the news of that day can do it too."),
            _(
                "It can be chance: in a class where nothing is going on, this happens about once "
                "in four years."
            ),
        ),
    )


def _unknown(flag: Flag) -> PatternWords:
    sentence = _("A rule noticed something on %(day)s.", day=day_in_words(flag.raised_on))
    return PatternWords(title_of(flag.pattern), sentence, sentence, (), (_one_child(),))


_SAYINGS: Mapping[str, Callable[[Flag], PatternWords]] = {
    "sustained-rise": _sustained_rise,
    "sudden-day": _sudden_day,
}


def _facts(flag: Flag, window: str) -> tuple[tuple[str, str], ...]:
    usual_days = int(flag.numbers["usual_days"])
    return (
        (_("Looked at"), window),
        (_("Heavy cards then"), _share(flag, "share_now")),
        (
            _("Usual in this class"),
            ngettext(
                "%(share)s, over the %(num)s school day before",
                "%(share)s, over the %(num)s school days before",
                usual_days,
                share=_share(flag, "share_usual"),
            ),
        ),
        (_("First seen"), day_in_words(flag.raised_on)),
        (_("Last seen"), day_in_words(flag.last_seen_on)),
    )


def _usual(flag: Flag) -> str:
    if _number(flag, "share_now") <= _number(flag, "share_usual"):
        return _("that is a little more than usual in this class")
    return _("usual in this class is %(share)s", share=_share(flag, "share_usual"))


def _share(flag: Flag, name: str) -> str:
    share = _number(flag, name)
    least, most = ENDS[flag.pattern]
    percent = f"{share:.0%}"
    if share <= least:
        return _("%(percent)s or less", percent=percent)
    if share >= most:
        return _("%(percent)s or more", percent=percent)
    return _("about %(percent)s", percent=percent)


def _number(flag: Flag, name: str) -> float:
    return float(flag.numbers[name])


def _one_child() -> str:
    return _(
        "It cannot see one child. A class can be calm while a child is not; for that child there "
        "are the adults in the room."
    )
