"""How the work goes, in words; what is not well says what to do."""

from babel.numbers import format_decimal
from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.services.backing_up_judging import Judged, State
from checkin.services.running import LITTLE_ROOM, TOO_LITTLE_ROOM, Running
from checkin.web.language import clock, day, locale
from checkin.web.running_certificate import certificate_lines
from checkin.web.running_line import Level, Line
from checkin.web.running_work import work_lines

GB = 10**9
MOST_NAMED = 6


def lines_of(found: Running) -> list[Line]:
    """Tell how each thing goes, what matters most first."""
    return [
        *work_lines(found),
        _tablets(found),
        _mail(found),
        _backup(found.backups),
        *certificate_lines(found.certificate),
        _room(found),
    ]


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
