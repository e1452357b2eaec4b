"""Locking a backup in a process of its own.

A passphrase is made slow to guess: within the server that would hold up every tap for seconds.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress

from checkin.services.backing_up_locks import Lock, lock

PATIENCE = 600.0


def lock_apart(content: bytes, how: Lock) -> bytes:
    """Return the content locked as `lock` does, while this process goes on; raises OSError."""
    asked = json.dumps({"passphrase": how.passphrase, "recipients": how.recipients}).encode()
    try:
        done = subprocess.run(  # our own program; nothing of it came from outside
            [sys.executable, "-m", "checkin.services.backing_up_apart"],
            input=asked + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.SubprocessError as error:
        raise OSError("it could not be locked") from error
    return done.stdout


def main() -> None:
    """Lock what comes in, and write it out."""
    with suppress(OSError, AttributeError):
        os.nice(10)
    asked, _, content = sys.stdin.buffer.read().partition(b"\n")
    how = json.loads(asked)
    sys.stdout.buffer.write(lock(content, Lock(how["passphrase"], tuple(how["recipients"]))))


if __name__ == "__main__":
    main()
