"""The main database: everything but the open rounds."""

import os
import sqlite3
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DateTime,
    Dialect,
    Engine,
    ExceptionContext,
    Executable,
    Result,
    event,
    text,
)
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import TypeDecorator

from checkin.storage.private_files import keep_private

if TYPE_CHECKING:
    from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).parent / "migrations"


PERHAPS = "is the disk full, the folder read-only, the file locked, the server down?"


class StorageUnavailable(Exception):
    """Nothing can be stored now: disk full, read-only folder, locked or broken file."""


class NewerDatabase(Exception):
    """The database was made by a newer version of the program."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant must know its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """What every row has."""

    registry = registry(type_annotation_map={datetime: Instant})


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def attach(app: Flask) -> None:
    """Give the app its main database."""
    from checkin.storage import rows  # noqa: F401  # the tables register themselves

    try:
        db.init_app(app)
    except (ArgumentError, ImportError) as error:  # no address, or no driver for it
        raise StorageUnavailable("CHECKIN_DATABASE_URL is no address of a database") from error


def refuse_newer() -> None:
    """Raise NewerDatabase when the database knows a revision that this program does not."""
    revision, known = current_revision(), {r.revision for r in script().walk_revisions()}
    if revision is not None and revision not in known:
        raise NewerDatabase(
            "the database was made by a newer version of checkin: update the program first"
        )


def is_current() -> bool:
    """Tell whether every migration has been applied."""
    return current_revision() == script().get_current_head()


def current_revision() -> str | None:
    """Return the revision of the database, None when it is empty."""
    from alembic.migration import MigrationContext  # likewise

    with db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def ask(statement: Executable, **values: Any) -> Result[*tuple[Any, ...]]:
    """Run a prebuilt statement that is asked at every tap, at half of what the session takes.

    It sees changes that were flushed, and no others; it answers columns, never objects.
    """
    return db.session.connection().execute(statement, values)


def check_writable() -> None:
    """Write and undo one row; raises StorageUnavailable when that is not possible."""
    with db.engine.connect() as connection:
        connection.execute(text("DELETE FROM lease WHERE name = 'nobody'"))
        connection.rollback()


@cache
def script() -> "ScriptDirectory":
    """Return the migrations of this program, read once: a process never sees them change."""
    from alembic.script import ScriptDirectory  # likewise

    return ScriptDirectory(str(MIGRATIONS))


@event.listens_for(Engine, "do_connect")
def _make_private(dialect: Dialect, _record: object, words: list[str], _named: object) -> None:
    """Let a file of ours be made with rights for us alone; one in memory has no name."""
    if dialect.name == "sqlite" and words and os.path.isabs(words[0]):
        keep_private(Path(words[0]))


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "busy_timeout=5000",
        "secure_delete=ON",
        "temp_store=MEMORY",
    ):
        connection.execute(f"PRAGMA {pragma}")
    # A connection that serves pages can never reach another file, so not the open rounds either.
    connection.set_authorizer(_deny_other_files)


@event.listens_for(Engine, "handle_error")
def _name_the_trouble(context: ExceptionContext) -> None:
    """Tell disk full, read-only, locked and unreachable apart from a mistake of ours."""
    if isinstance(context.sqlalchemy_exception, OperationalError):
        raise StorageUnavailable(
            f"the database cannot be used now ({PERHAPS})"
        ) from context.original_exception


def _deny_other_files(action: int, *_names: str | None) -> int:
    return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK
