"""The folder, its files and the disk they are on."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from checkin.config import Config
from checkin.services.doctor import findings
from checkin.services.doctor.findings import Finding, well, wrong
from checkin.services.doctor.who_can_read import close_to_others, is_open
from checkin.services.running import LITTLE_ROOM, MB, TOO_LITTLE_ROOM

NO_TAP = "When it is full no tap can be stored; tablets keep theirs until there is room."
NO_BACKUP = "When it is full no backup can be made."
SEEN_BY_OTHERS = "Everybody with an account on this machine can read what is in it."


def look_at_modes(config: Config) -> Iterator[Finding]:
    """Look who else on this machine can read the folder, the secret and the files."""
    if is_open(config.directory):
        mend = close_to_others(config.directory)
        yield wrong("folder", f"{config.directory} is open to others", SEEN_BY_OTHERS, mend)
    else:
        yield well("folder", f"{config.directory} is closed to others")
    secret = config.secret_file
    if secret is not None and _can_be_read(secret):
        why = "Who reads the secret can make enrolment codes, and open what is shut with it."
        yield wrong("secret", f"{secret} can be read by others", why, close_to_others(secret))
    elif secret is not None:
        yield well("secret", f"{secret} is closed to others")
    yield from _owners(config.directory)


def _can_be_read(secret: Path) -> bool:
    try:
        return is_open(secret)
    except OSError:  # this account may not even look, which is how it should be
        return False


def look(config: Config, now: datetime) -> Iterator[Finding]:
    """Look at the folder, who can read it, and the room on its disk."""
    yield from look_at_modes(config)
    yield from look_at_room(config.directory, "disk")
    if config.backup_dir is not None and config.backup_dir.exists():
        yield from look_at_room(config.backup_dir, "disk of backups", NO_BACKUP)


def look_at_room(folder: Path, subject: str, why: str = NO_TAP) -> Iterator[Finding]:
    """Look how much room there is."""
    free = shutil.disk_usage(folder).free
    told = f"{free / MB:.0f} MB free at {folder}"
    mend = "make room: remove what is not needed, or move the folder to a larger disk"
    if free < TOO_LITTLE_ROOM:
        yield wrong(subject, told, why, mend)
    elif free < LITTLE_ROOM:
        yield findings.look(subject, told, why, mend)
    else:
        yield well(subject, told)


def _owners(folder: Path) -> Iterator[Finding]:
    """Look for files that somebody else made here, such as root by a command run in passing."""
    owner = folder.stat().st_uid
    strange = [file.name for file in folder.iterdir() if file.lstat().st_uid != owner]
    if strange:
        belongs = "belongs" if len(strange) == 1 else "belong"
        yield wrong(
            "owner",
            f"{', '.join(sorted(strange)[:5])} {belongs} to another account than the folder",
            "The server can perhaps not write them.",
            f"chown --reference={folder} {folder}/* (and run checkin as that account)",
        )
