"""Why a backup could not be written where it was to go, and what to do."""

import errno
import os
from pathlib import Path

from checkin.services.account import account

NO_ROOM = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
NOT_ALLOWED = (errno.EACCES, errno.EPERM)


def not_written(error: OSError, folder: Path) -> OSError:
    """Return the same error, of which the text names the folder and what to do."""
    said = error.strerror or str(error)
    return OSError(error.errno or errno.EIO, f"{said}: {folder}{_advice(error.errno, folder)}")


def no_folder(folder: Path) -> OSError:
    """Return the error that a folder is not there."""
    return OSError(errno.ENOENT, f"the folder {folder} is not there{_advice(None, folder)}")


def _advice(number: int | None, folder: Path) -> str:
    if number in NO_ROOM:
        return "; make room there, or let fewer backups stay (--keep, CHECKIN_BACKUP_KEEP)"
    if number in NOT_ALLOWED:
        return f"; let the account '{account()}' write in that folder"
    if number == errno.EROFS:
        return (
            "; is the disk there, and is that folder a ReadWritePaths= of the service? Then restart"
            " the service"
        )
    if not os.path.exists(folder):  # also where it may not be looked for
        return "; is the disk there? Else make the folder first"
    return ""
