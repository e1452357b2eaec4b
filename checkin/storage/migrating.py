"""Bringing a database to this version: all of it or nothing, and never without a copy aside."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from checkin.storage import database
from checkin.storage.database import MIGRATIONS, StorageUnavailable, db

SUFFIX = ".before-update"
"""What the copy's name ends in; the next update writes over it, and it is forgotten in time."""


def migrate() -> bool:
    """Bring the database to this version, and tell whether it was an older one.

    An older SQLite file is copied aside first. Raises NewerDatabase when it is beyond already.
    """
    _register()
    try:
        database.refuse_newer()
        if database.is_current():
            return False
        was_older = database.current_revision() is not None
        if was_older:
            keep_aside(db.engine)
        run("head")
    except DatabaseError as error:
        raise StorageUnavailable("the file or server is no database of checkin") from error
    return was_older


def run(revision: str, connection: Connection | None = None) -> None:
    """Apply the migrations up to a revision, to the app's database or on a connection to SQLite."""
    from alembic import command  # takes long to load, and serving does without
    from alembic.config import Config

    _register()
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    command.upgrade(config, revision)


def file_of(engine: Engine) -> Path | None:
    """Return the file of a SQLite database; None for a server, or for one in memory."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name else None


def aside_of(file: Path) -> Path:
    """Return where the copy goes that is made before an update."""
    return file.with_name(file.name + SUFFIX)


def keep_aside(engine: Engine) -> None:
    """Copy a SQLite database aside, whole or not at all; a server is left to its own backups."""
    file = file_of(engine)
    if file is None:
        return
    new = aside_of(file).with_name(aside_of(file).name + ".new")
    try:
        new.unlink(missing_ok=True)
        new.touch(mode=0o600)
        with closing(sqlite3.connect(file)) as live, closing(sqlite3.connect(new)) as copy:
            live.backup(copy)
        os.replace(new, aside_of(file))
    except (OSError, sqlite3.Error) as error:
        new.unlink(missing_ok=True)
        raise StorageUnavailable(
            "the database is older than the program, and there is no room to keep a copy of it"
            f" before it is brought to this version ({database.PERHAPS})"
        ) from error


def forget_asides(before: datetime, dry_run: bool) -> int:
    """Remove the copies from before an update or a restore that are older; return how many."""
    file = file_of(db.engine)
    if file is None:
        return 0
    old = [
        one
        for one in file.parent.glob(f"{file.name}.before-*")
        if datetime.fromtimestamp(one.stat().st_mtime, UTC) < before
    ]
    for one in old:
        if not dry_run:
            one.unlink(missing_ok=True)
    return len(old)


def known_revisions() -> Sequence[str]:
    """Return the revisions this program knows, the first one first."""
    return [script.revision for script in reversed(list(database.script().walk_revisions()))]


def _register() -> None:
    """Let the migrations, and who wants to go back, find the database of this app."""
    from flask_migrate import Migrate

    Migrate(current_app, db, directory=str(MIGRATIONS))
