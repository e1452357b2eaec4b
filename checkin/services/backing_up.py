"""Making backups: by hand, and every night by itself where the settings say where to."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from flask import current_app

from checkin.config import Config
from checkin.services.backing_up_apart import lock_apart
from checkin.services.backing_up_files import (
    AlreadyThere,
    has_one_since,
    is_folder,
    keep_last,
    make_folder,
    name_at,
    write,
    write_sum,
)
from checkin.services.backing_up_locks import BadLock, Lock, NotOpened, OpenWith, lock
from checkin.services.backing_up_words import no_folder
from checkin.services.faults import StorageUnavailable
from checkin.storage import backups, images
from checkin.storage.backups import Backup
from checkin.storage.database import db, is_current

__all__ = [
    "AlreadyThere",
    "BadLock",
    "Lock",
    "Made",
    "NotOpened",
    "OpenWith",
    "back_up",
    "backup_to_come",
    "forget_backups",
    "last_backup",
    "last_trouble",
    "lock_of",
    "look",
]

NIGHT = time(2, tzinfo=UTC)
"""When a day's backup is due; a server that was off makes it when it starts."""
AGAIN_AFTER = timedelta(hours=1)
"""How soon it is tried again after it failed."""
KEPT = timedelta(days=182)
CLOCKS_DIFFER = timedelta(minutes=5)
"""What is dated further on was made under a clock that was wrong."""

log = logging.getLogger("checkin.backing_up")


@dataclass(frozen=True)
class Made:
    """A backup as it lies there."""

    file: Path
    size: int
    removed: int = 0
    is_noted: bool = True
    """With a full disk of the school nothing can be: then no older one goes either."""


def back_up(
    place: Path,
    how: Lock,
    now: datetime,
    over: bool = False,
    keep: int | None = None,
    locked_by: Callable[[bytes, Lock], bytes] = lock,
) -> Made:
    """Write a backup to a file, or into a folder; with `keep` older ones in that folder go.

    Raises AlreadyThere, BadLock, StorageUnavailable, OSError; then nothing was written.
    """
    if keep and not is_folder(place):
        raise no_folder(place)
    file = place / name_at(now, how.suffix) if is_folder(place) else place
    content = locked_by(images.take(now, str(file), how.kind), how)
    write(file, content, over)
    if how.kind == "none":
        write_sum(file, content)
    is_noted = _has_noted(Backup(now, str(file), len(content), how.kind))
    removed = keep_last(file.parent, keep, now + CLOCKS_DIFFER) if keep and is_noted else 0
    return Made(file, len(content), removed, is_noted)


def lock_of(config: Config) -> Lock:
    """Return what the settings lock backups with."""
    return Lock(config.backup_passphrase, config.backup_recipients)


def look(now: datetime, at_start: bool = False) -> None:
    """Make the night's backup when it is due; trouble is noted, and it is tried again later.

    `at_start` of a server that is at once: whoever mended something has just started it anew.
    """
    config: Config = current_app.extensions["checkin_config"]
    if config.backup_dir is None or not is_due(now, config.backup_dir, at_start):
        return
    try:
        make_folder(config.backup_dir)
        how = lock_of(config)
        made = back_up(
            config.backup_dir,
            how,
            now,
            over=True,
            keep=config.backup_keep,
            locked_by=lock_apart if how.kind == "passphrase" else lock,
        )
        if not made.is_noted:
            log.warning("%s was made; that cannot be noted: is the disk full?", made.file)
            return
        backups.forget_troubles()
        db.session.commit()
    except (OSError, StorageUnavailable, BadLock) as error:
        db.session.rollback()
        said = getattr(error, "strerror", None) or str(error)
        log.warning("no backup could be made: %s", said)
        _note(Backup(now, str(config.backup_dir), 0, "none", trouble=said))


def is_due(now: datetime, folder: Path, at_start: bool = False) -> bool:
    """Tell whether a night went by without a backup, or it failed, and it was not tried just now.

    One that was made by hand meanwhile mends nothing: what fails by itself is tried again.
    """
    trouble = backups.last_trouble()
    if trouble is not None:
        return at_start or not timedelta() <= now - trouble.made_at < AGAIN_AFTER
    made = last_backup(now)
    if not is_folder(folder):
        return True
    if made is not None and made.made_at >= last_night(now):
        return False
    return not has_one_since(folder, last_night(now), now + CLOCKS_DIFFER)  # made, and not noted


def last_night(now: datetime) -> datetime:
    """Return the last instant at which a backup became due."""
    tonight = datetime.combine(now.astimezone(UTC).date(), NIGHT)
    return tonight if tonight <= now else tonight - timedelta(days=1)


def last_backup(now: datetime) -> Backup | None:
    """Return the last backup that was made; one that is dated after now counts for nothing."""
    return backups.last_made(now + CLOCKS_DIFFER)


def backup_to_come(now: datetime) -> Backup | None:
    """Return the last backup that is dated after now, as the clock was wrong; None without any."""
    return backups.made_after(now + CLOCKS_DIFFER)


def last_trouble() -> Backup | None:
    """Return why backups that were due cannot be made by itself; None where they can."""
    return backups.last_trouble()


def forget_backups(now: datetime) -> int:
    """Forget what is known of backups of half a year ago, and how many; the caller commits."""
    return backups.forget(now - KEPT, now + CLOCKS_DIFFER)


def _has_noted(backup: Backup) -> bool:
    """Keep what is known of a backup that lies there already, and tell whether that could be."""
    try:
        _note(backup)
    except StorageUnavailable:
        db.session.rollback()
        return False
    return True


def _note(backup: Backup) -> None:
    """Keep what is known of a backup, unless this database is too old to."""
    if is_current():
        backups.note(backup)
        db.session.commit()
