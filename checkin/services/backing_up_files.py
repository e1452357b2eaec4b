"""Writing a file whole or not at all, and keeping so many of them."""

import errno
import hashlib
import os
import re
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from checkin.services.backing_up_words import no_folder, not_written

NAME = re.compile(r"checkin-\d{8}T\d{6}Z\.(?:age|sqlite3)")
"""How the backups in a folder are called; nothing else in it is ever removed."""
NEW = re.compile(r"\.checkin-.*\.new")


class AlreadyThere(Exception):
    """A file of that name, which is not written over unasked."""


def name_at(now: datetime, suffix: str) -> str:
    """Return the name of a backup of an instant; names are in order of time."""
    return f"checkin-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}{suffix}"


def write(place: Path, content: bytes, over: bool = False) -> None:
    """Write a file that only we can read, whole or not at all; raises AlreadyThere, OSError."""
    try:
        _write(place, content, over)
    except OSError as error:
        if error.errno == errno.ENOENT:
            raise no_folder(place.parent) from error
        raise not_written(error, place.parent) from error


def _write(place: Path, content: bytes, over: bool) -> None:
    if place.exists() and not over:
        raise AlreadyThere(f"{place} is there already; --force writes over it")
    new = place.with_name(f".checkin-{secrets.token_hex(6)}.new")
    try:
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _put(new, place, over)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    sync_folder(place.parent)


def sync_folder(folder: Path) -> None:
    """Put on disk what a folder holds; Windows opens no folder, and journals its names itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:  # network folders and some sticks cannot
        if error.errno not in (errno.EINVAL, errno.ENOTSUP, errno.EBADF):
            raise
    finally:
        os.close(handle)


def write_sum(place: Path, content: bytes) -> None:
    """Write beside an unlocked backup what `sha256sum --check` wants to read."""
    told = f"{hashlib.sha256(content).hexdigest()}  {place.name}\n"
    write(sum_of(place), told.encode(), over=True)


def has_right_sum(place: Path, content: bytes) -> bool:
    """Tell whether a file is as its sum says; one without a sum is taken as it is."""
    try:
        told = sum_of(place).read_text(encoding="ascii").split()
    except (FileNotFoundError, UnicodeDecodeError):
        return True
    return bool(told) and told[0] == hashlib.sha256(content).hexdigest()


def sum_of(place: Path) -> Path:
    """Return where the sum of a file is."""
    return place.with_name(f"{place.name}.sha256")


def keep_last(folder: Path, count: int, until: datetime) -> int:
    """Remove the older backups of a folder but so many, and return how many went.

    Those that a wrong clock dated after `until` stay, and push no real one out.
    """
    for left in folder.iterdir():
        if NEW.fullmatch(left.name):  # of one that was killed while it wrote
            left.unlink(missing_ok=True)
    last = name_at(until, "~")
    known = (f for f in folder.iterdir() if NAME.fullmatch(f.name) and f.name <= last)
    ours = sorted(known, key=lambda f: f.name)
    for old in ours[:-count]:
        old.unlink()
        sum_of(old).unlink(missing_ok=True)
    return len(ours[:-count])


def has_one_since(folder: Path, since: datetime, until: datetime) -> bool:
    """Tell whether a backup lies in a folder that is named after an instant between two."""
    first, last = name_at(since, ""), name_at(until, "~")
    return any(NAME.fullmatch(f.name) and first <= f.name <= last for f in folder.iterdir())


def make_folder(folder: Path) -> None:
    """Make the folder if need be; a disk that is not there cannot be made, and is named."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise not_written(error, folder) from error


def is_folder(folder: Path) -> bool:
    """Tell whether a folder is there; one that may not be looked at is not."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def _put(new: Path, place: Path, over: bool) -> None:
    """Give the new file its name; a link is refused when the name is taken meanwhile."""
    if over:
        os.replace(new, place)
        return
    try:
        os.link(new, place)
    except FileExistsError as error:
        raise AlreadyThere(f"{place} is there already; --force writes over it") from error
    except OSError:  # a stick that knows no links
        os.replace(new, place)
    new.unlink(missing_ok=True)
