"""The file of the open rounds: its tables, and how it is opened."""

import sqlite3
from pathlib import Path

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling

VERSION = 1
BUSY_SECONDS = 5.0
FEELINGS = tuple(Feeling)
COPING = tuple(Coping)
COUNTERS = tuple(f"feeling_{f.digit}" for f in FEELINGS) + tuple(f"helps_{c.digit}" for c in COPING)

SCHEMA = f"""
CREATE TABLE open_round (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, day TEXT NOT NULL, moment TEXT NOT NULL,
    taps INTEGER NOT NULL, heavy INTEGER NOT NULL,
    PRIMARY KEY (classroom, day, moment)) WITHOUT ROWID;
CREATE TABLE sealed_round (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, day TEXT NOT NULL, moment TEXT NOT NULL,
    pupils INTEGER NOT NULL, answered INTEGER NOT NULL, heavy INTEGER, light TEXT NOT NULL,
    why TEXT NOT NULL, sealed_at TEXT NOT NULL, sealed_by INTEGER, carried INTEGER NOT NULL,
    PRIMARY KEY (classroom, day, moment)) WITHOUT ROWID;
CREATE TABLE open_week (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL, taps INTEGER NOT NULL,
    {", ".join(f"{name} INTEGER NOT NULL" for name in COUNTERS)},
    PRIMARY KEY (classroom, week)) WITHOUT ROWID;
CREATE TABLE closed_week (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    shares TEXT, coping TEXT, carried INTEGER NOT NULL,
    PRIMARY KEY (classroom, week)) WITHOUT ROWID;
CREATE TABLE spent_key (
    key BLOB NOT NULL PRIMARY KEY, school INTEGER NOT NULL, classroom INTEGER NOT NULL,
    week TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE late_taps (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    kept INTEGER NOT NULL, dropped INTEGER NOT NULL,
    PRIMARY KEY (classroom, week)) WITHOUT ROWID;
PRAGMA user_version = {VERSION};
"""


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, made on first use, so that a commit is on disk and a deletion is zeroed."""
    connection = sqlite3.connect(
        path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    for pragma in (
        "journal_mode=TRUNCATE",
        "synchronous=FULL",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        for statement in SCHEMA.split(";"):
            connection.execute(statement)
    connection.execute("COMMIT")
    if version > VERSION:
        connection.close()
        raise sqlite3.DatabaseError("the open rounds were made by a newer version of checkin")
    return connection
