"""The certificate of the server, in words: until when it is good, and what to do before that."""

from collections.abc import Iterator
from datetime import date

from flask_babel import gettext as _

from checkin.domain.certificates import Nearness
from checkin.services.certificate_standing import Standing
from checkin.web.language import long_day
from checkin.web.running_line import Level, Line

LEVELS: dict[Nearness, Level] = {
    Nearness.FAR: "done",
    Nearness.SOON: "look",
    Nearness.URGENT: "wrong",
    Nearness.PAST: "wrong",
}


def certificate_lines(found: Standing | None) -> Iterator[Line]:
    """Tell until when the certificate is good; nothing where a proxy has it."""
    if found is None:
        return
    what = _("Certificate of the server")
    ask = _("Ask whoever keeps the server to renew the certificate.")
    if found.ends is None:
        yield Line(what, "wrong", _("The certificate cannot be read."), ask)
        return
    told, level = _until(found.ends.date(), found.nearness), LEVELS[found.nearness]
    if level == "done":
        by_itself = _("It is renewed by itself.")
        told = f"{told} {by_itself}" if found.renews_itself else told
        yield Line(what, level, told)
    else:
        shut = _("With one that has ended no page opens, and tablets keep their taps.")
        yield Line(what, level, told, f"{shut} {ask}")
    yield from _authority(found)


def _authority(found: Standing) -> Iterator[Line]:
    if found.authority_ends is None or found.authority_nearness is Nearness.FAR:
        return
    told = _until(found.authority_ends.date(), found.authority_nearness)
    advice = _(
        "Before that day every tablet and computer has to trust a new one. Ask whoever keeps the"
        " server: that takes an afternoon."
    )
    what = _("Certificate that every device trusts")
    yield Line(what, LEVELS[found.authority_nearness], told, advice)


def _until(ends: date, near: Nearness) -> str:
    if near is Nearness.PAST:
        return _("It ended on %(day)s.", day=long_day(ends))
    return _("It is good until %(day)s.", day=long_day(ends))
