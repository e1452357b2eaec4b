"""When backups were made, and why one could not be."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select

from checkin.storage.database import db
from checkin.storage.rows import BackupRow


@dataclass(frozen=True)
class Backup:
    """A backup that was made, or of which `trouble` tells why it was not."""

    made_at: datetime
    file: str
    size: int
    lock: str
    trouble: str = ""


def note(backup: Backup) -> None:
    """Keep what is known of a backup; the caller commits."""
    db.session.add(
        BackupRow(
            made_at=backup.made_at,
            file=backup.file,
            size=backup.size,
            lock=backup.lock,
            trouble=backup.trouble,
        )
    )


def last_made(until: datetime) -> Backup | None:
    """Return the last backup that was made, none of those that a wrong clock dated after this."""
    return _last(BackupRow.trouble == "", BackupRow.made_at <= until)


def made_after(instant: datetime) -> Backup | None:
    """Return the last backup that is dated after an instant, or None."""
    return _last(BackupRow.trouble == "", BackupRow.made_at > instant)


def last_noted() -> Backup | None:
    """Return the backup that was noted last, whatever the clock said: of an image, itself."""
    query = select(BackupRow).where(BackupRow.trouble == "").order_by(BackupRow.id.desc())
    row = db.session.scalars(query.limit(1)).first()
    return _backup(row) if row is not None else None


def last_trouble() -> Backup | None:
    """Return the last one that was due and could not be made, and not since either."""
    return _last(BackupRow.trouble != "")


def forget_troubles() -> None:
    """Forget what could not be made: now one could; the caller commits."""
    db.session.execute(delete(BackupRow).where(BackupRow.trouble != ""))


def forget(before: datetime, now: datetime) -> int:
    """Forget the backups of before an instant but for the last that was made; return how many."""
    last = (
        select(BackupRow.id)
        .where(BackupRow.trouble == "", BackupRow.made_at <= now)
        .order_by(BackupRow.made_at.desc(), BackupRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    gone = db.session.execute(
        delete(BackupRow).where(BackupRow.made_at < before, BackupRow.id != func.coalesce(last, 0)),
        execution_options={"synchronize_session": False},
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _last(*conditions: ColumnElement[bool]) -> Backup | None:
    row = db.session.scalars(
        select(BackupRow)
        .where(*conditions)
        .order_by(BackupRow.made_at.desc(), BackupRow.id.desc())
        .limit(1)
    ).first()
    return _backup(row) if row is not None else None


def _backup(row: BackupRow) -> Backup:
    return Backup(row.made_at, row.file, row.size, row.lock, row.trouble)
