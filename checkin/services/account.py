"""As whom this process runs, for messages about files that it may not touch."""

import os
import sys
from pathlib import Path


def account() -> str:
    """Return the name of the account this process runs as."""
    if sys.platform == "win32":
        return os.getlogin()
    import pwd

    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return f"number {os.geteuid()}"


def said_of(error: OSError) -> str:
    """Return what the system said of a file, in a line: also who asked, and from which folder."""
    said, file = error.strerror or str(error), error.filename
    if not isinstance(file, str | os.PathLike):
        return said
    if isinstance(error, PermissionError):
        return f"{said}: {file} (checkin runs as the account '{account()}' here)"
    if isinstance(error, FileNotFoundError) and not Path(file).is_absolute():
        return f"{said}: {file} (looked for in {Path.cwd()})"
    return f"{said}: {file}"
