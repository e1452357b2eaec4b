"""How the work goes, in words; what is not well says what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from babel.numbers import format_decimal
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.services.backing_up_judging import Judged, State
from checkin.services.running import LITTLE_ROOM, TOO_LITTLE_ROOM, Running
from checkin.web.language import clock, day, locale

GB = 10**9
MOST_NAMED = 6

Level = Literal["done", "look", "wrong"]


@dataclass(frozen=True)
class Line:
    """One thing that should go by itself; `advice` says what to do where it does not."""

    what: str
    level: Level
    state: str
    advice: str = ""
    url: str = ""


def lines_of(found: Running) -> list[Line]:
    """Tell how each thing goes, what matters most first."""
    return [
        *_work(found),
        _tablets(found),
        _mail(found),
        _backup(found.backups),
        _room(found),
    ]


def _work(found: Running) -> Iterator[Line]:
    rounds, last = _("Closing the rounds"), _last_sealed(found)
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
        well = _("This goes by itself.")
        yield Line(rounds, "done", f"{well} {last}")
    looked = found.last_day_looked_at
    told = _("Nothing to look at yet.")
    if looked:
        told = _("Looked at up to %(day)s.", day=day(looked))
    yield Line(_("Looking for patterns"), "done" if found.is_alive else "look", told)


def _last_sealed(found: Running) -> str:
    at = found.last_sealed_at
    if at is None:
        return _("No round has been held yet.")
    return _("The last one: %(day)s, %(clock)s.", day=day(at), clock=clock(at))


def _tablets(found: Running) -> Line:
    what, heard, url = _("Tablets"), found.tablets, url_for("school.tablets")
    if not heard.all:
        advice = _("Make a code on the page Tablets, and type it on the tablet.")
        return Line(what, "look", _("No class has a tablet yet."), advice, url)
    told = ngettext(
        "Heard today: %(today)d of %(num)d tablet.",
        "Heard today: %(today)d of %(num)d tablets.",
        heard.all,
        today=heard.today,
    )
    if not heard.is_school_day:
        free = _("There is no school today.")
        told = f"{told} {free}"
    if not heard.silent:
        return Line(what, "done", told, url=url)
    names = ", ".join(heard.silent[:MOST_NAMED])
    if len(heard.silent) > MOST_NAMED:
        names = f"{names}, …"
    silent = _("Not heard for a school week or longer: %(names)s.", names=names)
    advice = _(
        "Is it switched on, and on the Wi-Fi? Or is it no longer used? Then take it off the list."
    )
    return Line(what, "look", f"{told} {silent}", advice, url)


def _mail(found: Running) -> Line:
    what, url = _("Mail"), url_for("mail.show")
    if found.mail is None:
        advice = _("Everything shows in checkin only. Do people look there every day?")
        return Line(what, "look", _("No mail goes out: there is no mail server yet."), advice, url)
    if found.mail.stuck:
        told = ngettext(
            "%(num)d mail does not go out.", "%(num)d mails do not go out.", found.mail.stuck
        )
        return Line(what, "wrong", told, _("The page Mail says why."), url)
    return Line(what, "done", _("Mail goes out, as far as we know."), url=url)


def _backup(found: Judged) -> Line:
    what, ask = _("Backup"), _("Ask whoever keeps the server to look at the backups.")
    told = _("No backup has been made yet.")
    if found.made is not None:
        at = found.made.made_at
        told = _("The last one: %(day)s, %(clock)s.", day=day(at), clock=clock(at))
    if found.state is State.FINE:
        return Line(what, "done", told)
    if found.state is State.NOT_YET:
        return Line(what, "look", told, ask)
    if found.state is State.FAILS:
        fails = _("Making one by itself does not work.")
        told = f"{told} {fails}"
    elif found.state is State.OLD:
        since = _("After that none was made.")
        told = f"{told} {since}"
    lost = _("If the disk breaks now, what is not in a backup is lost.")
    return Line(what, "wrong", told, f"{lost} {ask}")


def _room(found: Running) -> Line:
    what, free, size = _("Room on the disk"), _gb(found.disk_free), _gb(found.disk_size)
    told = _("%(free)s of %(all)s GB is free.", free=free, all=size)
    if found.disk_free < LITTLE_ROOM:
        full = _("On a full disk nothing can be stored any more.")
        ask = _("Ask whoever keeps the server for room.")
        level: Level = "wrong" if found.disk_free < TOO_LITTLE_ROOM else "look"
        return Line(what, level, told, f"{full} {ask}")
    return Line(what, "done", told)


def _gb(size: int) -> str:
    return format_decimal(round(size / GB, 1 if size < 10 * GB else 0), locale=locale())
