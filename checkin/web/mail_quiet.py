"""Reads from when to when a school gets no mail, from the form where staff set it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from checkin.domain.mails import Quiet

CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?", re.ASCII)


@dataclass(frozen=True)
class QuietForm:
    """What stands in the two fields, and what is wrong with it."""

    begins: str
    ends: str
    problem: str = ""


def form_of(quiet: Quiet) -> QuietForm:
    """Return the fields as they are now."""
    return QuietForm(_clock(quiet.begins), _clock(quiet.ends))


def read_form(form: Mapping[str, str]) -> Quiet | QuietForm:
    """Return what the fields say, or the fields with what is wrong with them."""
    given = QuietForm(*(form.get(name, "").strip()[:16] for name in ("begins", "ends")))
    begins, ends = _minutes(given.begins), _minutes(given.ends)
    if begins is None or ends is None:
        return replace(given, problem=_("Write a time such as 18:00."))
    try:
        return Quiet(begins or 24 * 60, ends)  # midnight ends the day
    except ValueError:
        told = _("Quiet begins in the evening and ends in the morning; an hour a day must be left.")
        return replace(given, problem=told)


def _minutes(text: str) -> int | None:
    found = CLOCK.fullmatch(text)
    return 60 * int(found[1]) + int(found[2]) if found else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
