r"""checkin on Windows with its settings from a file, as systemd reads them on Linux.

checkin.cmd beside this file gives it any command; the task of deploy\checkin-task.xml adds --log,
as a task has no console: what it says goes to log.txt then. Both are in C:\ProgramData\checkin.
"""

import logging
import os
import sys
from datetime import datetime
from pathlib import Path

HOME = Path(os.environ.get("PROGRAMDATA", r"C:\ProgramData")) / "checkin"
LONG = 1_000_000
"""Bytes; a log that is longer is put aside at the next start, and the one before it goes."""


def main() -> None:
    """Run a command of checkin with the settings of this machine."""
    log = "--log" in sys.argv[1:2]
    if log:
        del sys.argv[1]
        _say_it_in(HOME / "log.txt")
    try:
        read_settings(HOME / "settings.txt")
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"checkin: the settings cannot be read; are you administrator? {error}")
    os.environ.setdefault("CHECKIN_DIR", str(HOME / "school"))
    os.environ.setdefault("CHECKIN_SECRET_KEY_FILE", str(HOME / "secret-key"))
    from checkin.cli import main as checkin

    sys.argv[0] = "checkin"
    checkin()


def read_settings(file: Path) -> None:
    """Let NAME=value, one a line, be settings; # begins a remark, quotes around a value go."""
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.lstrip().startswith("#"):
            value = value.strip()
            if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
                value = value[1:-1]
            os.environ[name.strip()] = value


def _say_it_in(file: Path) -> None:
    """Let everything that would be said on a console go to a file."""
    if file.exists() and file.stat().st_size > LONG:
        os.replace(file, file.with_name("log.before.txt"))
    stream = open(file, "a", buffering=1, encoding="utf-8")  # noqa: SIM115  # to the end
    sys.stdout = sys.stderr = stream
    logging.basicConfig(stream=stream, format="%(asctime)s %(message)s")
    print(f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} starting", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
