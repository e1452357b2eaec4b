"""Going back to a backup: looked through and made ready beside the school that is there.

Only the last step touches that school, and it is one step: whatever happens before, during or
after it, the school is the old one or the new one.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app

from checkin.config import Config
from checkin.services import auditing, backing_up, forgetting, sealing
from checkin.services.backing_up_files import has_right_sum, sync_folder, write
from checkin.services.backing_up_locks import BadLock, Lock, NotOpened, OpenWith, open_locked
from checkin.storage import audit, backups, migrating, restoring
from checkin.storage.database import db
from checkin.storage.restoring import InUse, Spoilt

__all__ = ["InUse", "NotOpened", "Ready", "SchoolThere", "Spoilt"]

RESTORED = "restored"
"""What a line of the audit says of it."""


class SchoolThere(Exception):
    """There is a school already, which is not replaced unasked; it knows what is on both sides."""

    def __init__(self, here: tuple[str, ...], coming: tuple[str, ...], is_served: bool) -> None:
        super().__init__(", ".join(here))
        self.here, self.coming, self.is_served = here, coming, is_served


@dataclass(frozen=True)
class Ready:
    """What was found in a backup, and when it was made."""

    schools: tuple[str, ...]
    made_at: datetime | None


def unpack(place: Path, how: OpenWith, folder: Path) -> Path:
    """Open a backup and lay its image beside where it is to go; raises NotOpened, Spoilt.

    Also NewerDatabase, OSError; then nothing is left behind.
    """
    content = place.read_bytes()
    if not has_right_sum(place, content):
        raise NotOpened(f"it is not what {place.name}.sha256 says: it was changed or damaged")
    image = folder / f".checkin-restore-{secrets.token_hex(4)}.sqlite3"
    for left in folder.glob(".checkin-restore-*"):  # of one that was killed
        left.unlink(missing_ok=True)
    try:
        write(image, open_locked(content, how))
        restoring.refuse_spoilt(image)
    except BaseException:
        throw_away(image)
        raise
    return image


def make_ready(now: datetime) -> Ready:
    """Bring the image that the app in hand was built on to this version, and look through it."""
    migrating.migrate()
    made = backups.last_noted()
    schools = auditing.list_schools()
    for school in schools:
        broken = auditing.check(school.id).broken
        if broken is not None:
            raise Spoilt(f"line {broken.number} of the record of {school.name} was tampered with")
    when = f"of {made.made_at:%Y-%m-%d %H:%M}" if made else "of an unknown day"
    for school in schools:
        audit.add(school.id, now, None, RESTORED, f"backup {when}")
    db.session.commit()
    db.session.remove()
    db.engine.dispose()
    return Ready(tuple(school.name for school in schools), made.made_at if made else None)


def refuse_to_replace(image: Path, now: datetime) -> None:
    """Raise SchoolThere when there is a school in the database of the app in hand."""
    file = migrating.file_of(db.engine)
    if file is None:
        migrating.migrate()
    if restoring.has_school(file):
        here, coming = restoring.schools_in(file), restoring.schools_in(image)
        raise SchoolThere(here, coming, restoring.was_served_until(file) > now)


def put_in_place(image: Path, how: Lock, now: datetime) -> Path | None:
    """Let the image be the database of the app in hand, and return where the old one is kept.

    Raises InUse while a server uses the old one, StorageUnavailable, OSError; the old one stays.
    """
    file, aside = migrating.file_of(db.engine), None
    is_there = restoring.has_school(file)
    if file is None:
        if restoring.is_served():
            raise InUse
        if is_there and how.kind == "none":
            raise BadLock("what is there cannot be kept: set CHECKIN_BACKUP_PASSPHRASE to lock it")
        if is_there:
            aside = _keep_old(how, now)
        restoring.fill_server(image, is_there)
        return aside
    if is_there:
        aside = file.with_name(f"{file.name}.before-restore-{_stamp(now)}")
    restoring.close_up(image)
    restoring.exchange(image, file, aside)
    sync_folder(file.parent)
    return aside


def settle(now: datetime) -> None:
    """Let no round open again that may have been seen, and forget what is past its time."""
    sealing.move_in(now)
    forgetting.forget(now)


def throw_away(image: Path) -> None:
    """Remove an image and whatever lies beside it."""
    for file in image.parent.glob(f"{image.name}*"):
        file.unlink(missing_ok=True)


def _keep_old(how: Lock, now: datetime) -> Path:
    """Back the database of a server up before it is replaced."""
    config: Config = current_app.extensions["checkin_config"]
    name = f"before-restore-{_stamp(now)}{how.suffix}"
    return backing_up.back_up(config.directory / name, how, now).file


def _stamp(now: datetime) -> str:
    """Return an instant for a name, exact enough that no two are alike."""
    return f"{now:%Y%m%dT%H%M%S.%fZ}"
