"""One sentence for each pattern, built from its numbers alone."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.flags import Flag
from checkin.web.language import day as day_in_words
from checkin.web.pattern_words.parts import (
    attention,
    days_of,
    number,
    share,
    since,
    span,
    usual,
    weekday_name,
)


def sustained_rise(flag: Flag) -> str:
    """Say that it has been heavier for days."""
    return _(
        "%(then)s %(now)s of the cards were heavy; %(usual)s.",
        then=span(flag),
        now=share(flag),
        usual=usual(flag),
    )


def slow_drift(flag: Flag) -> str:
    """Say that it gets heavier over weeks."""
    return ngettext(
        "Little by little, since about %(since)s, more of the cards were heavy: over %(num)s "
        "school day %(now)s; %(usual)s.",
        "Little by little, since about %(since)s, more of the cards were heavy: over %(num)s "
        "school days %(now)s; %(usual)s.",
        days_of(flag),
        since=since(flag),
        now=share(flag),
        usual=usual(flag),
    )


def sudden_day(flag: Flag) -> str:
    """Say that one day was heavier."""
    return _(
        "On %(day)s, %(now)s of the cards were heavy; %(usual)s.",
        day=since(flag),
        now=share(flag),
        usual=usual(flag),
    )


def heavy_start(flag: Flag) -> str:
    """Say that a class is heavy from its first weeks on."""
    return ngettext(
        "In the first %(num)s school day, from %(since)s, %(now)s of the cards were heavy; the "
        "school's attention level is %(attention)s.",
        "In the first %(num)s school days, from %(since)s, %(now)s of the cards were heavy; "
        "the school's attention level is %(attention)s.",
        days_of(flag),
        since=since(flag),
        now=share(flag),
        attention=attention(flag),
    )


def day_shift(flag: Flag) -> str:
    """Say that check-out is heavier than check-in."""
    return _(
        "%(then)s %(now)s of the cards at check-out were heavy, and %(check_in)s at check-in; at "
        "check-out %(usual)s.",
        then=span(flag),
        now=share(flag),
        check_in=share(flag, "share_check_in"),
        usual=usual(flag),
    )


def weekday(flag: Flag) -> str:
    """Say that one day of the week is heavier."""
    return ngettext(
        "On %(weekday)s since %(since)s, %(num)s time, %(now)s of the cards were heavy; on the "
        "other days of those weeks %(others)s.",
        "On %(weekday)s since %(since)s, %(num)s times, %(now)s of the cards were heavy; on "
        "the other days of those weeks %(others)s.",
        days_of(flag),
        weekday=weekday_name(int(number(flag, "weekday"))),
        since=since(flag),
        now=share(flag),
        others=share(flag, "share_usual"),
    )


def participation(flag: Flag) -> str:
    """Say that fewer pupils tap."""
    return _(
        "%(then)s %(now)s of the pupils tapped; %(usual)s.",
        then=span(flag),
        now=share(flag),
        usual=usual(flag),
    )


def recovery(flag: Flag) -> str:
    """Say that a class is lighter again."""
    return _(
        "%(then)s %(now)s of the cards were heavy, after %(raised)s when this was told on "
        "%(told_on)s.",
        then=span(flag),
        now=share(flag),
        raised=share(flag, "share_raised"),
        told_on=day_in_words(date.fromisoformat(str(flag.numbers["told_on"]))),
    )
