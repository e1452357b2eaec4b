"""Files that nobody else on this machine can read, whatever the umask is."""

import os
from contextlib import suppress
from pathlib import Path

BESIDE = ("", "-journal", "-wal", "-shm")
"""What SQLite keeps beside a file takes its rights, when it is made."""


def keep_private(file: Path) -> None:
    """Make a file before SQLite does, for us alone to read, and take from others what they could.

    One that is there is never opened here: to close it again would undo SQLite's locks. What
    fails here is left to SQLite to tell.
    """
    with suppress(OSError):
        os.close(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    for suffix in BESIDE:
        one = file.with_name(file.name + suffix)
        with suppress(OSError):
            if one.stat().st_mode & 0o077:
                one.chmod(0o600)
