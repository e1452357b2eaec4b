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

TABLE = """
CREATE TEMP TABLE laid (
    key BLOB NOT NULL PRIMARY KEY, school INTEGER NOT NULL, classroom INTEGER NOT NULL,
    week TEXT NOT NULL) WITHOUT ROWID
"""
"""Where rows wait in memory; each statement that answers rows would give up our turn for each."""

_GATHER = """
INSERT OR IGNORE INTO laid SELECT * FROM spent_key WHERE key BETWEEN
    ifnull((SELECT key FROM spent_key WHERE key < ?1 ORDER BY key DESC LIMIT 1 OFFSET ?2), x'')
    AND ifnull((SELECT key FROM spent_key WHERE key > ?1 ORDER BY key LIMIT 1 OFFSET ?2), ?3)
"""
_BEYOND = b"\xff" * 17
_LAY = (
    "DELETE FROM spent_key WHERE key IN (SELECT key FROM laid)",
    "INSERT INTO spent_key SELECT * FROM laid ORDER BY key",
    "DELETE FROM laid",
)


def lay_in_order(connection: sqlite3.Connection, keys: Iterable[bytes]) -> None:
    """Lay as many rows before and after new keys as a page can hold anew, in the transaction."""
    (page_size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.executemany(_GATHER, [(key, page_size // SMALLEST_ROW, _BEYOND) for key in keys])
    for statement in _LAY:
        connection.execute(statement)
