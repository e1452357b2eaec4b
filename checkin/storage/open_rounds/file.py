"""The file of the open rounds: its tables, how it is opened and written."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from checkin.storage.open_rounds.facts import COUNTERS, VERSION, Asked, new_mark
from checkin.storage.open_rounds.keys import PAGE_SIZE, TABLE, lay_in_order
from checkin.storage.open_rounds.transaction import OpenTransaction
from checkin.storage.private_files import keep_private

BUSY_SECONDS = 5.0

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS home (mark TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS open_round (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, day TEXT NOT NULL, moment TEXT NOT NULL,
    taps INTEGER NOT NULL, heavy INTEGER NOT NULL,
    PRIMARY KEY (classroom, day, moment)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sealed_round (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, day TEXT NOT NULL, moment TEXT NOT NULL,
    pupils INTEGER NOT NULL, answered INTEGER NOT NULL, heavy INTEGER, light TEXT NOT NULL,
    why TEXT NOT NULL, sealed_at TEXT NOT NULL, sealed_by INTEGER, carried INTEGER NOT NULL,
    PRIMARY KEY (classroom, day, moment)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS open_week (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL, taps INTEGER NOT NULL,
    {", ".join(f"{name} INTEGER NOT NULL" for name in COUNTERS)},
    PRIMARY KEY (classroom, week)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS closed_week (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    shares TEXT, coping TEXT, carried INTEGER NOT NULL,
    PRIMARY KEY (classroom, week)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS spent_key (
    key BLOB NOT NULL PRIMARY KEY, school INTEGER NOT NULL, classroom INTEGER NOT NULL,
    week TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS week_of_keys (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    PRIMARY KEY (classroom, week)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS late_taps (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    kept INTEGER NOT NULL, dropped INTEGER NOT NULL,
    PRIMARY KEY (classroom, week)) WITHOUT ROWID;
PRAGMA user_version = {VERSION};
"""

MARK = "INSERT INTO home SELECT ? WHERE NOT EXISTS (SELECT 1 FROM home)"


class File:
    """Open rounds in a SQLite file, for one process at a time; others wait their turn."""

    trouble = sqlite3.Error

    def __init__(self, path: Path) -> None:
        self.path, self._mark = path, ""
        self._connection: sqlite3.Connection | None = None

    def begin(self, _asked: Sequence[Asked] = ()) -> OpenTransaction:
        """Start a transaction, opening the file first if need be."""
        connection = self._opened()
        connection.execute("BEGIN IMMEDIATE")
        return OpenTransaction(connection.execute, self._mark)

    def commit(self, transaction: OpenTransaction) -> None:
        """Put what the transaction did on disk, its keys in no order that tells when they came."""
        if transaction.spent:
            lay_in_order(self._opened(), transaction.spent)
        transaction._execute("COMMIT")

    def close(self) -> None:
        """Close the file, which undoes what was not committed."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = connect(self.path)
            (self._mark,) = self._connection.execute("SELECT mark FROM home").fetchone()
        return self._connection


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, made on first use, so that a commit is on disk and a deletion is zeroed."""
    keep_private(path)
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    for pragma in (
        f"page_size={PAGE_SIZE}",  # before anything is written
        "journal_mode=TRUNCATE",
        "synchronous=FULL",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        connection.close()
        raise sqlite3.DatabaseError("the open rounds were made by a newer version of checkin")
    for statement in SCHEMA.split(";"):
        connection.execute(statement)
    connection.execute(MARK, (new_mark(),))
    connection.execute("COMMIT")
    connection.execute(TABLE)
    return connection
