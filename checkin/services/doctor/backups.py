"""Backups: how old the last one is, where it is, how it is locked."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from checkin.config import Config
from checkin.services.backing_up_judging import State, judge
from checkin.services.doctor.findings import Finding, look, well, wrong
from checkin.storage.backups import Backup

WHY = "When the disk breaks, the school loses everything since then: lights, flags, decisions."
AGAIN = (
    "mend what it says; it is tried again when the server starts, and every hour; meanwhile:"
    " checkin backup FOLDER"
)
BY_ITSELF = "set CHECKIN_BACKUP_DIR and CHECKIN_BACKUP_PASSPHRASE: docs/keeping-it.md"


def look_at_backups(config: Config, now: datetime) -> Iterator[Finding]:
    """Look at the last backup, and why those that are made by themselves fail."""
    found = judge(config, now)
    made, trouble = found.made, found.trouble
    why = WHY if made else WHY.replace(" since then", "")
    mend = BY_ITSELF if config.backup_dir is None else "checkin backup FILE"
    if trouble is not None:
        when = f"{trouble.made_at:%Y-%m-%d %H:%M} UTC"
        never = "; none was ever made" if made is None else ""
        what = f"none could be made by itself at {when} ({trouble.trouble}){never}"
        yield wrong("backups", what, why, AGAIN)
    elif made is None:
        say = look if found.state is State.NOT_YET else wrong
        yield say("backups", "none was ever made", why, mend)
    yield from _to_come(found.to_come)
    if made is None:
        return
    told = f"the last one is of {made.made_at:%Y-%m-%d %H:%M} UTC"
    if found.is_old:
        yield wrong("backups", told, WHY, mend)
    elif trouble is None:  # one by hand is told as 'well' only where the others are too
        yield well("backups", told)
    yield from _place(made, config)


def _to_come(backup: Backup | None) -> Iterator[Finding]:
    """Tell of one that was made under a wrong clock, which says nothing of how old the rest is."""
    if backup is not None:
        what = f"{backup.file} is dated {backup.made_at:%Y-%m-%d}, which is still to come"
        why = "The clock was wrong then, or is now. It is not counted, and no new one replaces it."
        mend = "look at the clock (timedatectl); when that is right, remove the file"
        yield look("backups", what, why, mend)


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
