"""Putting an image of a database in the place of the one that is there: either old or new."""

import os
import sqlite3
import sys
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import create_engine, delete, select, text

from checkin.storage import images, migrating
from checkin.storage.database import Base, NewerDatabase, db
from checkin.storage.rows import LeaseRow, SchoolRow

LOGS = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file."""
HELD_WHILE_OPEN = sys.platform == "win32"
"""Nobody can put another file in the place of one that somebody has open, we ourselves neither."""


class Spoilt(Exception):
    """An image that is not whole; its text says how."""


class InUse(Exception):
    """A database that a server still uses."""


def refuse_spoilt(file: Path) -> None:
    """Raise Spoilt when an image is not whole, NewerDatabase when this program cannot read it."""
    try:
        with closing(sqlite3.connect(file)) as image:
            (whole,) = image.execute("PRAGMA integrity_check(1)").fetchone()
            if whole != "ok":
                raise Spoilt("its pages do not fit together")
            if image.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise Spoilt("it holds rows that point to nothing")
            revision = image.execute("SELECT version_num FROM alembic_version").fetchone()
            (schools,) = image.execute("SELECT count(*) FROM school").fetchone()
            images.leave_out_what_passes(image)
    except sqlite3.Error as error:
        raise Spoilt("it is not, or no longer, a database of checkin") from error
    if not schools or revision is None:
        raise Spoilt("there is no school in it")
    if revision[0] not in migrating.known_revisions():
        raise NewerDatabase(
            "the backup was made by a newer version of checkin: update the program first"
        )


def has_school(file: Path | None) -> bool:
    """Tell whether there is a school, or a file nobody can read, where the image is to go."""
    if file is None:
        with db.engine.connect() as connection:
            return bool(connection.scalar(select(SchoolRow.id).limit(1)))
    if not file.exists():
        return False
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as there:
            return there.execute("SELECT 1 FROM school").fetchone() is not None
    except sqlite3.OperationalError as error:
        return "no such table" not in str(error)
    except sqlite3.Error:
        return True


def schools_in(file: Path | None) -> tuple[str, ...]:
    """Return the names of the schools in a file or a server; none where it cannot be read."""
    return tuple(str(name) for name in _column(file, "SELECT name FROM school ORDER BY id"))


def was_served_until(file: Path | None) -> datetime:
    """Return until when a server said that it keeps house here; long ago where none did."""
    found = _column(file, "SELECT until FROM lease WHERE name = 'housekeeping'")
    last = next(iter(found), None)
    if isinstance(last, str):
        last = datetime.fromisoformat(last).replace(tzinfo=UTC)
    return last if isinstance(last, datetime) else datetime.min.replace(tzinfo=UTC)


def _column(file: Path | None, asked: str) -> list[object]:
    """Ask a file as it is, whatever its version, or the server of the app in hand."""
    if file is None:
        with db.engine.connect() as connection:
            return list(connection.scalars(text(asked)))
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as there:
            return [one for (one,) in there.execute(asked)]
    except sqlite3.Error:
        return []


def close_up(file: Path) -> None:
    """Let a SQLite file hold all that is in it, without a log beside it, and put it on disk."""
    with closing(sqlite3.connect(file, isolation_level=None)) as one:
        one.execute("PRAGMA journal_mode=DELETE")
    with open(file, "rb+") as handle:
        os.fsync(handle.fileno())


def exchange(new: Path, file: Path, aside: Path | None) -> None:
    """Put a file in the place of another, kept aside; raises InUse while a server has it open."""
    if not file.exists():
        for suffix in LOGS:  # one without its file would be read into the new one
            Path(f"{file}{suffix}").unlink(missing_ok=True)
        os.replace(new, file)
        return
    with closing(sqlite3.connect(file, timeout=0.5, isolation_level=None)) as old:
        try:
            # A database that others have open cannot leave its write-ahead log.
            old.execute("PRAGMA journal_mode=DELETE")
            old.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise InUse from error
        except sqlite3.DatabaseError:
            pass  # it is spoilt: hence the restore
        if aside is not None:
            os.link(file, aside)
            os.utime(aside)  # it is kept so long from now on
        if not HELD_WHILE_OPEN:
            _swap(new, file, aside)
    if HELD_WHILE_OPEN:
        try:
            _swap(new, file, aside)
        except PermissionError as error:  # a server came in between
            raise InUse from error


def _swap(new: Path, file: Path, aside: Path | None) -> None:
    if aside is not None:
        _move_logs(file, aside)
    os.replace(new, file)


def fill_server(image: Path, replace: bool) -> None:
    """Fill the tables of a server with an image's rows, in one transaction."""
    source = create_engine(f"sqlite:///{image}")
    with source.connect() as old, db.engine.begin() as new:
        new.execute(text("SET LOCAL lock_timeout = '10s'"))
        tables = [table.name for table in Base.metadata.sorted_tables]
        new.execute(text(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE"))
        guarded = ("audit", "audit_head")
        if replace:
            for name in guarded:
                new.execute(text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        for table in reversed(Base.metadata.sorted_tables):
            new.execute(delete(table))
        if replace:
            for name in guarded:
                new.execute(text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
        images.copy_rows(old, new)
    source.dispose()


def is_served() -> bool:
    """Tell whether a server said within the last minutes that it keeps house here."""
    with db.engine.connect() as connection:
        asked = select(LeaseRow.name).where(LeaseRow.until > text("now()"))
        return connection.scalar(asked) is not None


def _move_logs(file: Path, aside: Path) -> None:
    """Take what is left beside a spoilt file away from the new one."""
    for suffix in LOGS:
        with suppress(FileNotFoundError):
            os.replace(f"{file}{suffix}", f"{aside}{suffix}")
