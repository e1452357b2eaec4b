"""Patterns of the day, the week, of who taps, and the good news."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.flags import Flag
from checkin.web.language import day as day_in_words
from checkin.web.pattern_words.parts import (
    PatternWords,
    by_chance,
    days_of,
    facts,
    number,
    one_child,
    share,
    since,
    usual,
    window,
)


def day_shift(flag: Flag, title: str) -> PatternWords:
    """Say that check-out is heavier than check-in."""
    check_in = share(flag, "share_check_in")
    return PatternWords(
        title=title,
        rule=_("The day ends heavier than it begins, more than this class usually does."),
        sentence=ngettext(
            "Since %(since)s, over %(num)s school day, %(now)s of the cards at check-out were "
            "heavy, and %(check_in)s at check-in; at check-out %(usual)s.",
            "Since %(since)s, over %(num)s school days, %(now)s of the cards at check-out were "
            "heavy, and %(check_in)s at check-in; at check-out %(usual)s.",
            days_of(flag),
            since=since(flag),
            now=share(flag),
            check_in=check_in,
            usual=usual(flag),
        ),
        facts=facts(
            flag,
            window(flag),
            (_("Heavy cards at check-in"), check_in),
            then=_("Heavy cards at check-out"),
        ),
        cannot=(
            one_child(),
            _(
                "It does not say what happened in between: lessons, the break or going home can "
                "all weigh."
            ),
            by_chance(_("four school years")),
        ),
    )


def weekday(flag: Flag, title: str) -> PatternWords:
    """Say that one day of the week is heavier."""
    name = weekday_name(int(number(flag, "weekday")))
    return PatternWords(
        title=title,
        rule=_(
            "One day of the week is clearly heavier than the other days, several weeks running."
        ),
        sentence=ngettext(
            "On %(weekday)s since %(since)s, %(num)s time, %(now)s of the cards were heavy; on the "
            "other days %(others)s.",
            "On %(weekday)s since %(since)s, %(num)s times, %(now)s of the cards were heavy; on "
            "the other days %(others)s.",
            days_of(flag),
            weekday=name,
            since=since(flag),
            now=share(flag),
            others=share(flag, "share_usual"),
        ),
        facts=(
            (_("Looked at"), name),
            (_("Heavy cards then"), share(flag)),
            (_("On the other days"), share(flag, "share_usual")),
            (_("First seen"), day_in_words(flag.raised_on)),
            (_("Last seen"), day_in_words(flag.last_seen_on)),
        ),
        cannot=(
            one_child(),
            _("It does not say why. The timetable, the weekend or another teacher can do it too."),
            by_chance(_("two and a half school years")),
        ),
    )


def participation(flag: Flag, title: str) -> PatternWords:
    """Say that fewer pupils tap."""
    fewer = number(flag, "share_now") < number(flag, "share_usual")
    in_class = (
        _("usual in this class is %(share)s", share=share(flag, "share_usual"))
        if fewer
        else _("that is a little less than usual in this class")
    )
    return PatternWords(
        title=title,
        rule=_("Clearly fewer pupils tap than usual in this class."),
        sentence=ngettext(
            "Since %(since)s, over %(num)s school day, %(now)s of the pupils tapped; %(usual)s.",
            "Since %(since)s, over %(num)s school days, %(now)s of the pupils tapped; %(usual)s.",
            days_of(flag),
            since=since(flag),
            now=share(flag),
            usual=in_class,
        ),
        facts=facts(flag, window(flag), then=_("Pupils who tapped")),
        cannot=(
            _(
                "This is not about feelings. Illness, a trip, a tablet that does not work or a "
                "class size that was not changed can do it too."
            ),
            by_chance(_("ten school years")),
        ),
    )


def recovery(flag: Flag, title: str) -> PatternWords:
    """Say that a class is lighter again."""
    told_on = day_in_words(date.fromisoformat(str(flag.numbers["told_on"])))
    return PatternWords(
        title=title,
        rule=_("After a rise that was told, the class fits its earlier usual again."),
        sentence=ngettext(
            "Since %(since)s, over %(num)s school day, %(now)s of the cards were heavy, after "
            "%(raised)s when this was told on %(told_on)s.",
            "Since %(since)s, over %(num)s school days, %(now)s of the cards were heavy, after "
            "%(raised)s when this was told on %(told_on)s.",
            days_of(flag),
            since=since(flag),
            now=share(flag),
            raised=share(flag, "share_raised"),
            told_on=told_on,
        ),
        facts=facts(flag, window(flag), (_("When it was told"), share(flag, "share_raised"))),
        cannot=(
            one_child(),
            _("It does not say that every child is well, nor what helped."),
        ),
    )


def weekday_name(weekday: int) -> str:
    """Name a weekday in the plural, Monday being 0."""
    return (
        _("Mondays"),
        _("Tuesdays"),
        _("Wednesdays"),
        _("Thursdays"),
        _("Fridays"),
        _("Saturdays"),
        _("Sundays"),
    )[weekday]
