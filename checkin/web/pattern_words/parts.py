"""Numbers of a flag's pattern in words."""

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.flags import Flag
from checkin.web.language import day as day_in_words

Facts = tuple[tuple[str, str], ...]

ENDS = (0.1, 0.9)
"""Where a pattern's shares end: 'so little or less' and 'so much or more'."""

ENDS_OF = {"sudden-day": (0.2, 0.8)}


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


def attention(flag: Flag) -> str:
    """Say from which share the school calls a start heavy."""
    return f"{number(flag, 'attention'):.0%}"


def usual(flag: Flag) -> str:
    """Say what is usual in this class, as the end of a sentence."""
    now, before = number(flag, "share_now"), number(flag, "share_usual")
    if flag.pattern == "participation" and now >= before:
        return _("that is a little less than usual in this class")
    if flag.pattern != "participation" and now <= before:
        return _("that is a little more than usual in this class")
    return _("usual in this class is %(share)s", share=share(flag, "share_usual"))


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


def window(flag: Flag) -> str:
    """Say from when on, over how many days."""
    return ngettext(
        "from %(since)s, %(num)s school day",
        "from %(since)s, %(num)s school days",
        days_of(flag),
        since=since(flag),
    )


def span(flag: Flag) -> str:
    """Say of which days the numbers are, as the begin of a sentence: what came later is no part."""
    if flag.since == flag.raised_on:
        return _("On %(day)s", day=since(flag))
    return ngettext(
        "From %(since)s to %(until)s, over %(num)s school day,",
        "From %(since)s to %(until)s, over %(num)s school days,",
        days_of(flag),
        since=since(flag),
        until=day_in_words(flag.raised_on),
    )


def is_still_so(flag: Flag) -> bool:
    """Tell whether the pattern was seen later than the days its numbers are of."""
    is_of_a_day = flag.pattern in ("sudden-day", "recovery")
    was_again = bool(flag.numbers.get("again"))
    return not is_of_a_day and not was_again and flag.last_seen_on > flag.raised_on
