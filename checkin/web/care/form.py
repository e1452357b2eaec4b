"""What a form or a JSON body says."""

from datetime import date

from flask import request

from checkin.web.periods import read_day
from checkin.web.plain_text import plain


def given(name: str) -> str:
    """Return what a form or a JSON body says, '' when it does not."""
    body = request.get_json() if request.is_json else request.form
    value = body.get(name, "") if hasattr(body, "get") else ""
    text = str(value) if isinstance(value, str | int) else ""
    return plain(text).strip()


def read_number(text: str) -> int | None:
    """Return a small whole number, None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


def given_day(name: str) -> date | None:
    """Return a day such as 2026-11-23, None where there is none; raises ValueError."""
    text = given(name)
    return read_day(text) if text else None
