"""Backups: how old the last one is, where it is, how it is locked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from checkin.config import Config
from checkin.services import backing_up
from checkin.services.doctor.findings import Finding, look, well, wrong
from checkin.storage.backups import Backup

OLD, OLD_BY_HAND = timedelta(days=2), timedelta(days=8)
WHY = "When the disk breaks, the school loses everything since then: lights, flags, decisions."
BY_ITSELF = "set CHECKIN_BACKUP_DIR and CHECKIN_BACKUP_PASSPHRASE: docs/keeping-it.md"


def look_at_backups(config: Config, now: datetime) -> Iterator[Finding]:
    """Look at the last backup, and why a later one could not be made."""
    made, tried = backing_up.last_backup(), backing_up.last_tried()
    by_itself = config.backup_dir is not None
    mend = "checkin backup FILE" if by_itself else BY_ITSELF
    if tried is not None and tried.trouble:
        what = f"the last one could not be made ({tried.trouble}: {tried.file})"
        yield wrong("backups", what, WHY, "mend what it says, then: checkin backup FOLDER")
    if made is None:
        yield wrong("backups", "none was ever made", WHY.replace(" since then", ""), mend)
        return
    yield from _age(made, now, OLD if by_itself else OLD_BY_HAND, mend)
    yield from _place(made, config)


def _age(made: Backup, now: datetime, most: timedelta, mend: str) -> Iterator[Finding]:
    told = f"the last one is of {made.made_at:%Y-%m-%d %H:%M} UTC"
    if now - made.made_at > most:
        yield wrong("backups", told, WHY, mend)
    else:
        yield well("backups", told)


def _place(made: Backup, config: Config) -> Iterator[Finding]:
    file = Path(made.file)
    if made.lock == "none":
        why = "Whoever finds it reads names, flags and notes of the school."
        yield look("backups", f"{file} is not locked", why, BY_ITSELF)
    if not file.exists():
        why = "It was moved, which is well, or it is lost."
        yield look("backups", f"{file} is not there any more", why, "look where it is kept now")
    elif file.stat().st_dev == config.directory.stat().st_dev:
        why = "When that disk breaks, both are gone."
        mend = "copy it to another machine or a stick, or let CHECKIN_BACKUP_DIR be on one"
        yield look("backups", f"{file} is on the same disk as the school", why, mend)
