"""The tables of open rounds in PostgreSQL: one for each school day and each week, then dropped.

Not one of them is UNLOGGED. Autovacuum leaves those of days and weeks alone: they live for days, it
would only copy samples of them into the server's statistics.
"""

from contextlib import suppress
from typing import Any

import psycopg
from psycopg import sql

from checkin.storage.open_rounds.facts import VERSION, new_mark

PATIENCE = "100ms"
"""A dump may hold a table for minutes; then it is dropped another time."""

SCHEMA = """
CREATE TABLE home (version INTEGER NOT NULL, proof BYTEA NOT NULL, mark TEXT NOT NULL);
CREATE TABLE open_round (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, day TEXT NOT NULL, moment TEXT NOT NULL,
    taps INTEGER NOT NULL, box BYTEA NOT NULL,
    PRIMARY KEY (classroom, day, moment)) PARTITION BY LIST (day);
CREATE TABLE sealed_round (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, day TEXT NOT NULL, moment TEXT NOT NULL,
    pupils INTEGER NOT NULL, answered INTEGER NOT NULL, heavy INTEGER, light TEXT NOT NULL,
    why TEXT NOT NULL, sealed_at TEXT NOT NULL, sealed_by INTEGER, carried INTEGER NOT NULL,
    PRIMARY KEY (classroom, day, moment));
CREATE TABLE open_week (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL, taps INTEGER NOT NULL,
    box BYTEA NOT NULL,
    PRIMARY KEY (classroom, week)) PARTITION BY LIST (week);
CREATE TABLE closed_week (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    shares TEXT, coping TEXT, carried INTEGER NOT NULL,
    PRIMARY KEY (classroom, week));
CREATE TABLE spent_key (
    key BYTEA NOT NULL, school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    PRIMARY KEY (key, week)) PARTITION BY LIST (week);
CREATE INDEX ON spent_key (classroom);
CREATE TABLE week_of_keys (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    PRIMARY KEY (classroom, week));
CREATE TABLE late_taps (
    school INTEGER NOT NULL, classroom INTEGER NOT NULL, week TEXT NOT NULL,
    kept INTEGER NOT NULL, dropped INTEGER NOT NULL,
    PRIMARY KEY (classroom, week));
REVOKE ALL ON ALL TABLES IN SCHEMA open_rounds FROM PUBLIC;
"""

Connection = psycopg.Connection[tuple[Any, ...]]


def create(connection: Connection, proof: bytes) -> None:
    """Create the tables that stay; `proof` can be opened with the right secret alone."""
    connection.execute(SCHEMA, prepare=False)
    connection.execute("INSERT INTO home VALUES (%s, %s, %s)", (VERSION, proof, new_mark()))


def add(connection: Connection, table: str, period: str) -> None:
    """Make the table of a day or a week, unless it is there."""
    connection.execute(
        sql.SQL(
            "CREATE TABLE IF NOT EXISTS {} PARTITION OF {} FOR VALUES IN ({})"
            " WITH (autovacuum_enabled = off, fillfactor = 50)"
        ).format(
            sql.Identifier(name_of(table, period)), sql.Identifier(table), sql.Literal(period)
        ),
        prepare=False,
    )


def name_of(table: str, period: str) -> str:
    """Return the name of a day's or a week's table, such as open_round_2026_11_23."""
    return f"{table}_{period.replace('-', '_').lower()}"


def drop_empty(connection: Connection) -> None:
    """Drop each day's and week's table that is empty, if nobody is reading it."""
    names = connection.execute(
        "SELECT relname FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid"
        " WHERE relkind = 'r' AND relnamespace = 'open_rounds'::regnamespace"
    ).fetchall()
    for name in (sql.Identifier(relname) for (relname,) in names):
        if connection.execute(sql.SQL("SELECT FROM {} LIMIT 1").format(name)).rowcount == 0:
            with suppress(psycopg.errors.LockNotAvailable), connection.transaction():
                connection.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(PATIENCE))
                connection.execute(sql.SQL("DROP TABLE {}").format(name))
