"""Where spent keys lie in the file: by their own order, never by the order in which they came.

A page of SQLite keeps its rows where they happened to be put, the first one last: whoever reads the
raw bytes of a table that is sorted by random keys still sees which came after which. So the rows
that can share a page with a new one are laid anew, all of them, in the order of the keys.
"""

import sqlite3
from collections.abc import Iterable

PAGE_SIZE = 512
"""Of a file that is made anew: small pages, so that there are few rows to lay."""

SMALLEST_ROW = 32
"""Bytes of a row and its pointer, at least."""

_REACH = "SELECT key FROM spent_key WHERE key {} ? ORDER BY key {} LIMIT 1 OFFSET ?"


def lay_in_order(connection: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    """Lay the rows around new keys anew, within the transaction that put them there."""
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    reach = page_size // SMALLEST_ROW
    laid = b""
    for key in sorted(keys):
        if key > laid:
            laid = _lay_around(connection, key, reach)


def _lay_around(connection: sqlite3.Connection, key: bytes, reach: int) -> bytes:
    """Lay anew as many rows before and after a key as a page can hold; return the last one."""
    first = connection.execute(_REACH.format("<", "DESC"), (key, reach)).fetchone()
    last = connection.execute(_REACH.format(">", "ASC"), (key, reach)).fetchone()
    span = (first[0] if first else b"", last[0] if last else b"\xff" * 17)
    rows = connection.execute(
        "SELECT * FROM spent_key WHERE key BETWEEN ? AND ? ORDER BY key", span
    ).fetchall()
    connection.execute("DELETE FROM spent_key WHERE key BETWEEN ? AND ?", span)
    connection.executemany("INSERT INTO spent_key VALUES (?, ?, ?, ?)", rows)
    return bytes(span[1])
