"""What tells whether a database and its server are well."""

import sqlite3
from datetime import datetime

from sqlalchemy import func, select, text

from checkin.storage.database import db
from checkin.storage.rows import AuditRow, LeaseRow, ReleasedRoundRow


def last_sealed() -> datetime | None:
    """Return when a round was last sealed."""
    return db.session.scalar(select(func.max(ReleasedRoundRow.sealed_at)))


def begun_at() -> datetime | None:
    """Return of when the oldest line of the record is: a school was set up then, or before."""
    return db.session.scalar(select(func.min(AuditRow.at)))


def clock_of_database() -> datetime | None:
    """Return what time it is to the database; None where that is this machine's own clock."""
    if db.engine.dialect.name == "sqlite":
        return None
    return db.session.scalar(select(func.clock_timestamp()))


def held_until(lease: str) -> datetime | None:
    """Return until when a job is in somebody's hands, or was."""
    return db.session.scalar(select(LeaseRow.until).where(LeaseRow.name == lease))


def version_of_engine() -> str:
    """Return the version of SQLite, or of the driver's server."""
    if db.engine.dialect.name == "sqlite":
        return sqlite3.sqlite_version
    return str(db.session.scalar(text("SHOW server_version")))
