"""What the sayings of all patterns are made of."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.flags import Flag
from checkin.web.language import day as day_in_words

ENDS = (0.1, 0.9)
"""Where a pattern's shares end: 'so little or less' and 'so much or more'."""

ENDS_OF = {"sudden-day": (0.2, 0.8)}


@dataclass(frozen=True)
class PatternWords:
    """A pattern for people who read no figures."""

    title: str
    rule: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    cannot: tuple[str, ...]


def number(flag: Flag, name: str) -> float:
    """Return one of a pattern's numbers."""
    return float(flag.numbers[name])


def share(flag: Flag, name: str = "share_now") -> str:
    """Say a share in tens, with its ends left open."""
    value = number(flag, name)
    least, most = ENDS_OF.get(flag.pattern, ENDS)
    percent = f"{value:.0%}"
    if value <= least:
        return _("%(percent)s or less", percent=percent)
    if value >= most:
        return _("%(percent)s or more", percent=percent)
    return _("about %(percent)s", percent=percent)


def days_of(flag: Flag) -> int:
    """Return how many school days a pattern spans."""
    return int(flag.numbers["days"])


def since(flag: Flag) -> str:
    """Say since which day."""
    return day_in_words(flag.since)


def usual(flag: Flag) -> str:
    """Say what is usual in this class, as the end of a sentence."""
    if number(flag, "share_now") <= number(flag, "share_usual"):
        return _("that is a little more than usual in this class")
    return _("usual in this class is %(share)s", share=share(flag, "share_usual"))


def window(flag: Flag) -> str:
    """Say from when on, over how many days."""
    return ngettext(
        "from %(since)s, %(num)s school day",
        "from %(since)s, %(num)s school days",
        days_of(flag),
        since=since(flag),
    )


def facts(
    flag: Flag, looked_at: str, *more: tuple[str, str], then: str | None = None
) -> tuple[tuple[str, str], ...]:
    """List a pattern's numbers: window, share, the class's usual, when it was seen."""
    return (
        (_("Looked at"), looked_at),
        (then or _("Heavy cards then"), share(flag)),
        *more,
        *_usual_line(flag),
        (_("First seen"), day_in_words(flag.raised_on)),
        (_("Last seen"), day_in_words(flag.last_seen_on)),
    )


def one_child() -> str:
    """Say what no pattern can see."""
    return _(
        "It cannot see one child. A class can be calm while a child is not; for that child there "
        "are the adults in the room."
    )


def by_chance(how_often: str) -> str:
    """Say how often chance alone does it."""
    return _(
        "It can be chance: in a class where nothing is going on, this happens about once in "
        "%(how_often)s.",
        how_often=how_often,
    )


def _usual_line(flag: Flag) -> tuple[tuple[str, str], ...]:
    days = int(flag.numbers["usual_days"])
    if not days:
        return ()
    line = ngettext(
        "%(share)s, over the %(num)s school day before",
        "%(share)s, over the %(num)s school days before, the last ones counting most",
        days,
        share=share(flag, "share_usual"),
    )
    return ((_("Usual in this class"), line),)
