"""Patterns of more heavy cards than usual: for days, for weeks, on one day."""

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.flags import Flag
from checkin.web.pattern_words.parts import (
    PatternWords,
    by_chance,
    days_of,
    facts,
    one_child,
    share,
    since,
    usual,
    window,
)


def sustained_rise(flag: Flag, title: str) -> PatternWords:
    """Say that it has been heavier for days."""
    return PatternWords(
        title=title,
        rule=_(
            "Over several school days this class chose clearly more heavy cards than it usually "
            "does."
        ),
        sentence=ngettext(
            "Since %(since)s, over %(num)s school day, %(now)s of the cards were heavy; %(usual)s.",
            "Since %(since)s, over %(num)s school days, %(now)s of the cards were heavy; "
            "%(usual)s.",
            days_of(flag),
            since=since(flag),
            now=share(flag),
            usual=usual(flag),
        ),
        facts=facts(flag, window(flag)),
        cannot=(
            one_child(),
            _(
                "It does not say why. A new pupil, a change in the class or news from home can do "
                "it too."
            ),
            by_chance(_("a year and a half")),
        ),
    )


def slow_drift(flag: Flag, title: str) -> PatternWords:
    """Say that it gets heavier over weeks."""
    return PatternWords(
        title=title,
        rule=_(
            "The share of heavy cards creeps up over weeks, too slowly for any single week to "
            "stand out."
        ),
        sentence=ngettext(
            "Little by little, since about %(since)s, more of the cards were heavy: over %(num)s "
            "school day %(now)s; %(usual)s.",
            "Little by little, since about %(since)s, more of the cards were heavy: over %(num)s "
            "school days %(now)s; %(usual)s.",
            days_of(flag),
            since=since(flag),
            now=share(flag),
            usual=usual(flag),
        ),
        facts=facts(flag, window(flag)),
        cannot=(
            one_child(),
            _("The first day is a guess: what changes slowly has no clear beginning."),
            _("It does not say why. The time of year or new pupils can do it too."),
            by_chance(_("four school years")),
        ),
    )


def sudden_day(flag: Flag, title: str) -> PatternWords:
    """Say that one day was heavier."""
    return PatternWords(
        title=title,
        rule=_("On one day this class chose far more heavy cards than it usually does."),
        sentence=_(
            "On %(day)s, %(now)s of the cards were heavy; %(usual)s.",
            day=since(flag),
            now=share(flag),
            usual=usual(flag),
        ),
        facts=facts(flag, since(flag)),
        cannot=(
            one_child(),
            _("It does not say why. A quarrel at break or the news of that day can do it too."),
            by_chance(_("seven school years")),
        ),
    )


def heavy_start(flag: Flag, title: str) -> PatternWords:
    """Say that a class is heavy from its first weeks on."""
    attention = f"{float(flag.numbers['attention']):.0%}"
    return PatternWords(
        title=title,
        rule=_(
            "This class is heavy from its first weeks on, compared with the level from which the "
            "school wants to pay attention."
        ),
        sentence=ngettext(
            "In the first %(num)s school day, from %(since)s, %(now)s of the cards were heavy; the "
            "school's attention level is %(attention)s.",
            "In the first %(num)s school days, from %(since)s, %(now)s of the cards were heavy; "
            "the school's attention level is %(attention)s.",
            days_of(flag),
            since=since(flag),
            now=share(flag),
            attention=attention,
        ),
        facts=facts(flag, window(flag), (_("Attention level"), attention)),
        cannot=(
            one_child(),
            _("It compares with a level the school chose, not with another class."),
            _(
                "A start in a new country is heavy for many. This says that attention is needed, "
                "not that something went wrong."
            ),
        ),
    )
