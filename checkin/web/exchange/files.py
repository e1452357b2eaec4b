"""A table as a file to download, called after what is in it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from unicodedata import normalize
from urllib.parse import quote

from flask import Response, request
from flask_babel import gettext as _

from checkin.services.exporting import Cell, Manner, write_table

LONGEST_PART = 60
NO_LETTER = re.compile(r"[\W_]+")


def csv_answer(rows: Iterable[Sequence[Cell]], *about: str) -> Response:
    """Answer with a table, written as the address asks; `about` is what the file is called."""
    is_plain = request.args.get("manner") == Manner.PLAIN
    table = write_table(rows, Manner.PLAIN if is_plain else Manner.EXCEL)
    held = {"Content-Disposition": attachment(".csv", *about)}
    return Response(table, mimetype="text/csv", headers=held)


def period_told(first: date, last: date) -> str:
    """Return a period as a part of the name of a file."""
    return _("%(first)s to %(last)s", first=first.isoformat(), last=last.isoformat())


def attachment(ending: str, *about: str) -> str:
    """Return the header that names a file: for every browser, and in letters of its own (RFC 6266).

    Whatever is in a name, what comes out is letters, digits and dashes.
    """
    parts = [part for one in about if (part := _slug(one))]
    whole = "-".join(["checkin", *parts]) + ending
    plain = "-".join(["checkin", *(part for one in parts if (part := _ascii(one)))]) + ending
    named = f'attachment; filename="{plain}"'
    return named if plain == whole else f"{named}; filename*=UTF-8''{quote(whole, safe='')}"


def _slug(text: str) -> str:
    return NO_LETTER.sub("-", normalize("NFC", text).lower()).strip("-")[:LONGEST_PART]


def _ascii(text: str) -> str:
    letters = normalize("NFKD", text).encode("ascii", "ignore").decode()
    return NO_LETTER.sub("-", letters).strip("-")
