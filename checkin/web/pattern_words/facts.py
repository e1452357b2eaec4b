"""A pattern's numbers as a list: window, shares, the class's usual, when it was seen."""

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.flags import Flag
from checkin.web.language import day as day_in_words
from checkin.web.pattern_words.again import as_it_is_now
from checkin.web.pattern_words.parts import (
    Facts,
    attention,
    number,
    share,
    since,
    weekday_name,
    window,
)


def facts_of(flag: Flag) -> Facts:
    """List what a pattern was made from."""
    return (
        (_("Looked at"), _looked_at(flag)),
        (_then(flag), share(flag)),
        *_beside(flag),
        *_usual(flag),
        *_now(flag),
        (_("First seen"), day_in_words(flag.raised_on)),
        *_with_the_team(flag),
        (_("Last seen"), day_in_words(flag.last_seen_on)),
    )


def _now(flag: Flag) -> Facts:
    now = as_it_is_now(flag)
    return ((_("Now"), now),) if now else ()


def _with_the_team(flag: Flag) -> Facts:
    if flag.reached_on is None or flag.reached_on == flag.raised_on:
        return ()
    return ((_("With the care team since"), day_in_words(flag.reached_on)),)


def _looked_at(flag: Flag) -> str:
    if flag.pattern == "weekday":
        return weekday_name(int(number(flag, "weekday")))
    return since(flag) if flag.pattern == "sudden-day" else window(flag)


def _then(flag: Flag) -> str:
    if flag.pattern == "participation":
        return _("Pupils who tapped")
    return _("Heavy cards at check-out") if flag.pattern == "day-shift" else _("Heavy cards then")


def _beside(flag: Flag) -> Facts:
    match flag.pattern:
        case "day-shift":
            return ((_("Heavy cards at check-in"), share(flag, "share_check_in")),)
        case "heavy-start":
            return ((_("Attention level"), attention(flag)),)
        case "recovery":
            return ((_("When it was told"), share(flag, "share_raised")),)
        case "weekday":
            return ((_("On the other days"), share(flag, "share_usual")),)
    return ()


def _usual(flag: Flag) -> Facts:
    days = int(flag.numbers["usual_days"])
    if not days or flag.pattern == "weekday":
        return ()
    line = ngettext(
        "%(share)s, over the %(num)s school day before",
        "%(share)s, over the %(num)s school days before, the last ones counting most",
        days,
        share=share(flag, "share_usual"),
    )
    return ((_("Usual in this class"), line),)
