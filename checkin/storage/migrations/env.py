"""Runs the migrations in one transaction: after a crash the database is as it was, or is new."""

from typing import Any, Literal

from alembic import context
from flask import current_app

from checkin.storage.database import StorageUnavailable

database = current_app.extensions["migrate"].db
OURS = 0x636B696E
"""A number of our own: of several processes one migrates a PostgreSQL database at a time."""


def render_item(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our instants as what the database sees of them."""
    if kind == "type" and type(item).__name__ == "Instant":
        return "sa.DateTime(timezone=True)"
    return False


def run_on_sqlite(connection: Any) -> None:
    """Migrate in a transaction begun by hand: Python's driver begins none for tables.

    A table may be made anew while others point to it; that they still do is looked at before the
    commit.
    """
    driver = connection.connection.dbapi_connection
    level, driver.isolation_level = driver.isolation_level, None
    try:
        driver.execute("PRAGMA foreign_keys=OFF")  # would do nothing within the transaction
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        migrate(connection)
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise StorageUnavailable(
                "a row of the database would point to one that is gone; nothing was changed"
            )
        connection.commit()
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON")
        driver.isolation_level = level


def run_on_postgresql(connection: Any) -> None:
    """Migrate in a transaction, when no other process does."""
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({OURS})")
    migrate(connection)
    connection.commit()


def migrate(connection: Any) -> None:
    """Apply the migrations within the transaction that was begun."""
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=render_item,
        transactional_ddl=True,
    )
    context.run_migrations()


def run() -> None:
    """Migrate the app's database, or the one of the connection that was given."""
    given = context.config.attributes.get("connection")
    if given is not None:
        run_on_sqlite(given)
        return
    with database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            run_on_sqlite(connection)
        else:
            run_on_postgresql(connection)


run()
