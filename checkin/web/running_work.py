"""How the work in the background goes, in words: closing the rounds, looking for patterns."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.services.running import SILENT_SCHOOL_DAYS, Running
from checkin.services.running_since import Since
from checkin.web.language import clock, day
from checkin.web.running_line import Level, Line

A_WEEKEND = 3
"""Days without school that everybody expects."""


def work_lines(found: Running) -> Iterator[Line]:
    """Tell whether rounds are closed and patterns looked for."""
    rounds = _("Closing the rounds")
    if not found.is_alive:
        yield Line(
            rounds,
            "wrong",
            _("The work in the background stands still: no round is closed by itself."),
            _("Ask whoever keeps the server to restart it. What pupils tap is kept."),
        )
    elif found.overdue:
        told = ngettext(
            "%(num)d round or week waits to be closed.",
            "%(num)d rounds or weeks wait to be closed.",
            found.overdue,
        )
        wait = _("This is usually over within a minute. Is it still so in half an hour?")
        ask = _("Then ask whoever keeps the server.")
        yield Line(rounds, "wrong" if found.overdue_long else "look", told, f"{wait} {ask}")
    else:
        yield _sealed(found)
    yield _looked_at(found)


def _sealed(found: Running) -> Line:
    what, well, at = _("Closing the rounds"), _("This goes by itself."), found.last_sealed_at
    if at is None:
        never = _("No round has been held yet.")
        return Line(what, "done", f"{well} {never}")
    last = _("The last one: %(day)s, %(clock)s.", day=day(at), clock=clock(at))
    told, level = _told(found.since_sealed), _level(found.since_sealed)
    advice = _("Did no class check in or out? Look whether the tablets are on.")
    return Line(what, level, f"{well} {last} {told}".strip(), advice if level == "look" else "")


def _looked_at(found: Running) -> Line:
    what, looked = _("Looking for patterns"), found.last_day_looked_at
    if looked is None:
        return Line(what, "done" if found.is_alive else "look", _("Nothing to look at yet."))
    up_to = _("Looked at up to %(day)s.", day=day(looked))
    told, level = _told(found.since_looked), _level(found.since_looked)
    return Line(what, level if found.is_alive else "look", f"{up_to} {told}".strip())


def _level(since: Since | None) -> Level:
    return "look" if since is not None and since.school_days >= SILENT_SCHOOL_DAYS else "done"


def _told(since: Since | None) -> str:
    """Say what there was since, where it is longer ago than a weekend."""
    if since is None or since.days < A_WEEKEND:
        return ""
    if not since.school_days:
        return _("Since then there was no school: a holiday.")
    return ngettext(
        "Since then there was %(num)d school day, without a round.",
        "Since then there were %(num)d school days, without a round.",
        since.school_days,
    )
