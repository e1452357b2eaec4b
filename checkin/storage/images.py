"""The whole of the main database as one SQLite file, whatever it is kept in; never an open round.

Open rounds are in a file, or a schema, that nothing here knows of. What is of the moment alone is
left out: who is signed in, codes, wrong guesses, who keeps house.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    StaticPool,
    Table,
    create_engine,
    func,
    insert,
    inspect,
    select,
    text,
)

from checkin.storage import migrating
from checkin.storage.database import Base, StorageUnavailable, db

PASSING = ("staff_session", "enrolment_code", "guess", "lease", "sign_in_step", "invitation")
"""What is of the moment: put back later it would open doors that were shut since."""
Own = tuple[str, str, str]
"""When a backup was made, where it goes and how it is locked."""
AT_ONCE = 500
NO_ROOM = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
"""What SQLite says on a disk without room, by the kind of call it could not do."""


def take(now: datetime, goes_to: str, lock: str) -> bytes:
    """Return the database as it is at one instant, as the bytes of a SQLite file.

    It knows of itself when it was made, where it went and how it is locked.
    """
    file = migrating.file_of(db.engine)
    own = (f"{now.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}", goes_to, lock)
    try:
        return _of_server(own) if file is None else _of_file(file, own)
    except sqlite3.Error as error:
        raise StorageUnavailable(f"the database cannot be copied: {error}") from error


def copy_rows(source: Connection, target: Connection) -> None:
    """Copy every row of every table that both have; the target's are empty."""
    for table in Base.metadata.sorted_tables:
        for rows in _alike(source, table):
            target.execute(insert(table), rows)
        _count_on(source, target, table)


def leave_out_what_passes(image: sqlite3.Connection) -> None:
    """Empty the tables that are of the moment alone."""
    known = {name for (name,) in image.execute("SELECT name FROM sqlite_master")}
    for table in PASSING:
        if table in known:
            image.execute(f"DELETE FROM {table}")  # noqa: S608  # a constant of ours
    image.commit()


def _of_file(file: Path, own: Own) -> bytes:
    with closing(sqlite3.connect(":memory:")) as image:
        try:
            _copy(file, image, alone=False)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF not in NO_ROOM:
                raise
            _copy(file, image, alone=True)
        return _tidied(image, own)


def _copy(file: Path, image: sqlite3.Connection, alone: bool) -> None:
    """Copy a file in one go: a writer waits, and nothing half done is in it.

    Who reads beside others needs a small file of its own, for which a full disk has no room; who
    keeps all others out does without. A server that runs has made it already.
    """
    with closing(sqlite3.connect(file, timeout=5)) as live:
        if alone:
            live.execute("PRAGMA locking_mode=EXCLUSIVE")
        live.backup(image)


def _of_server(own: Own) -> bytes:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as image:
        migrating.run("head", image)
        with db.engine.connect().execution_options(isolation_level="REPEATABLE READ") as live:
            copy_rows(live, image)
            image.commit()
        driver = image.connection.dbapi_connection
        assert isinstance(driver, sqlite3.Connection)  # noqa: S101  # as asked for above
        driver.set_authorizer(None)  # it is in memory, and to vacuum is to attach
        return _tidied(driver, own)


def _tidied(image: sqlite3.Connection, own: Own) -> bytes:
    """Leave no freed page behind, note what it is, and return the bytes."""
    image.execute("PRAGMA foreign_keys=OFF")
    image.execute("PRAGMA temp_store=MEMORY")  # to vacuum makes another: never on a disk
    image.execute("PRAGMA secure_delete=ON")
    leave_out_what_passes(image)
    if image.execute("SELECT 1 FROM sqlite_master WHERE name = 'backup'").fetchone():
        image.execute("INSERT INTO backup (made_at, file, lock, size) VALUES (?, ?, ?, 0)", own)
        image.commit()
    image.execute("VACUUM")
    content = bytearray(image.serialize())
    content[18:20] = b"\1\1"  # a file by itself: without a write-ahead log
    return bytes(content)


def _alike(source: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    """Yield rows, so many at once, that have the same columns: one without JSON has no such."""
    boxes = {column.name for column in table.columns if isinstance(column.type, JSON)}
    ordered = select(table).order_by(*table.primary_key.columns)
    for some in source.execute(ordered).mappings().partitions(AT_ONCE):
        alike: defaultdict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
        for row in some:
            kept = {n: v for n, v in row.items() if v is not None or n not in boxes}
            alike[frozenset(kept)].append(kept)
        yield from alike.values()


def _count_on(source: Connection, target: Connection, table: Table) -> None:
    """Let new rows get numbers that no row ever had: a number is never used twice."""
    if not _is_counted(table):
        return
    last = max(_counted(source, table), _highest(source, table))
    if not last:
        return
    if target.dialect.name == "sqlite":
        if table.dialect_options["sqlite"]["autoincrement"]:
            new = {"name": table.name, "last": last}
            target.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), new)
            target.execute(text("INSERT INTO sqlite_sequence VALUES (:name, :last)"), new)
    else:
        target.execute(
            text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),
            {"name": table.name, "last": last},
        )


def _is_counted(table: Table) -> bool:
    column = table.autoincrement_column
    return column is not None and column.name == "id"


def _highest(source: Connection, table: Table) -> int:
    return source.scalar(select(func.max(table.c.id))) or 0


def _counted(source: Connection, table: Table) -> int:
    """Return the last number that was given out, also to a row that is gone."""
    if source.dialect.name == "sqlite":
        if not inspect(source).has_table("sqlite_sequence"):
            return 0
        asked = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
        return source.scalar(asked, {"name": table.name}) or 0
    sequence = source.scalar(
        text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name}
    )
    if sequence is None:
        return 0
    asked = text("SELECT coalesce(pg_sequence_last_value(CAST(:name AS regclass)), 0)")
    return source.scalar(asked, {"name": sequence}) or 0
