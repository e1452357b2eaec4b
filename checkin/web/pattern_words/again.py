"""What a later run of a pattern says that joined a flag which was still open."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.flags import Flag, FlagEvent, Step
from checkin.web.pattern_words.parts import days_of, share, since


def noticed_again(flag: Flag, event: FlagEvent) -> str:
    """Say what was noticed when a run joined the flag; '' for another step, or an earlier version.

    Numbers are kept from some version on, so they belong to the last of the joining steps.
    """
    joined = [one for one in flag.events if one.step is Step.JOINED]
    told = list(flag.numbers.get("again", ()))
    if event not in joined or not told:
        return ""
    at = joined.index(event) - len(joined) + len(told)
    return _("Noticed again: %(what)s", what=_run(flag, told[at])) if at >= 0 else ""


def as_it_is_now(flag: Flag) -> str:
    """Say how the last run that joined the flag is; '' where none did."""
    told = flag.numbers.get("again", ())
    return _run(flag, told[-1]) if told else ""


def _run(flag: Flag, numbers: Mapping[str, Any]) -> str:
    run = replace(flag, numbers=numbers)
    if flag.pattern == "sudden-day":
        return _("on %(day)s, %(share)s", day=since(run), share=share(run))
    return ngettext(
        "since %(since)s, %(num)s school day, %(share)s",
        "since %(since)s, %(num)s school days, %(share)s",
        days_of(run),
        since=since(run),
        share=share(run),
    )
