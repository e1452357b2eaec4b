"""Tables for a spreadsheet: no cell of them is worked out, whatever is in it."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum

from checkin.domain.access import Person
from checkin.storage import audit
from checkin.storage.database import db

Cell = str | int | date
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a text begins that a spreadsheet takes for a formula."""


class Manner(StrEnum):
    """How a table is written: as Excel on a Dutch computer reads it, or as programs do."""

    EXCEL = "excel"
    PLAIN = "plain"


def write_table(rows: Iterable[Sequence[Cell]], manner: Manner = Manner.EXCEL) -> bytes:
    """Return a table as CSV."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";" if manner is Manner.EXCEL else ",")
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig" if manner is Manner.EXCEL else "utf-8")


def note_export(by: Person, what: str, subject: str, now: datetime) -> None:
    """Note who took figures along."""
    audit.add(by.school, now, by.id, what, subject)
    db.session.commit()


def _safe(cell: Cell) -> str:
    if not isinstance(cell, str):
        return str(cell)
    return f"'{cell}" if cell.startswith(RISKY) else cell
