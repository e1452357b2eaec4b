"""Reading a table: CSV as a Dutch or an English spreadsheet writes it."""

import csv
import io
from collections.abc import Iterator, Mapping

from checkin.services.importing.unreadable import Unreadable, Why

MOST_LINES = 20_000
LONGEST_CELL = 4000
SEPARATORS = ";,\t"
MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def text_of(data: bytes) -> str:
    """Return the text of a file: UTF-8, UTF-16 with its mark, or else Windows-1252."""
    try:
        text = data.decode(MARKS.get(data[:2], "utf-8-sig"))
    except UnicodeDecodeError:
        text = _windows_text(data)
    if "\0" in text:
        raise Unreadable(Why.UNKNOWN)
    return text


def rows_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty with the line each begins on; raises Unreadable."""
    lines = text.splitlines(keepends=True)
    begins = 1
    if lines and lines[0].lower().startswith("sep="):
        begins, lines = 2, lines[1:]
    reader = csv.reader(io.StringIO("".join(lines), newline=""), delimiter=_separator(lines))
    before = 0
    while True:
        try:
            row = next(reader, None)
        except csv.Error:
            raise Unreadable(Why.BROKEN) from None
        if row is None:
            return
        line, before = begins + before, reader.line_num
        if line > MOST_LINES:
            raise Unreadable(Why.MANY_LINES)
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise Unreadable(Why.BROKEN)
        if any(cell.strip() for cell in row):
            yield line, row


def heading_of(text: str) -> str:
    """Return a heading without what people write differently in it."""
    return "".join(c for c in text.casefold() if c.isalnum())


def cell(row: list[str], place: int | None) -> str:
    """Return a cell of a row, '' when the row has none there."""
    return row[place].strip() if place is not None and place < len(row) else ""


def records_of(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield each line under its headings."""
    rows = rows_of(text)
    headings = [heading_of(one) for one in next(rows, (0, []))[1]]
    for line, row in rows:
        yield line, dict(zip(headings, (one.strip() for one in row), strict=False))


def _separator(lines: list[str]) -> str:
    first = next((line for line in lines if line.strip()), "")
    return max(SEPARATORS, key=first.count)


def _windows_text(data: bytes) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise Unreadable(Why.UNKNOWN) from None
