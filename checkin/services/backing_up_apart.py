"""Locking a backup in a process of its own.

A passphrase is made slow to guess: within the server that would hold up every tap for seconds.
"""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress

from checkin.services.backing_up_locks import Lock, lock

PATIENCE = 600.0
MOST_SAID = 200
GENTLY = "gently"
"""Let everything else go before it."""
GENTLER = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
"""How Windows is told so: by who starts it."""
FORBIDDEN = int(getattr(signal, "SIGSYS", 0))
"""What kills a process that asks for what its service may not."""


def lock_apart(content: bytes, how: Lock) -> bytes:
    """Return the content locked as `lock` does, while this process goes on; raises OSError."""
    asked = json.dumps({"passphrase": how.passphrase, "recipients": how.recipients}).encode()
    done = _run(asked + b"\n" + content, GENTLY)
    if FORBIDDEN and done.returncode == -FORBIDDEN:  # its service does not let it be gentle
        done = _run(asked + b"\n" + content)
    if done.returncode:
        raise OSError(f"the process that locks it {_end_of(done, how)}")
    return done.stdout


def _run(content: bytes, *words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603  # our own program; nothing came from outside
            [sys.executable, "-m", "checkin.services.backing_up_apart", *words],
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            creationflags=GENTLER,
        )
    except subprocess.TimeoutExpired as error:
        raise OSError(f"the process that locks it was not done in {PATIENCE:.0f} s") from error


def _end_of(done: subprocess.CompletedProcess[bytes], how: Lock) -> str:
    """Return how a process ended, with the last line it said; never with the passphrase."""
    end = f"ended with code {done.returncode}"
    if done.returncode < 0:
        with suppress(ValueError):
            number = signal.Signals(-done.returncode)
            end = f"was killed by {number.name} ({signal.strsignal(number)})"
    lines = done.stderr.decode("utf-8", "replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    if not last or (how.passphrase and how.passphrase in last):
        return end
    return f"{end}: {last[:MOST_SAID]}"


def main() -> None:
    """Lock what comes in, and write it out."""
    if GENTLY in sys.argv and sys.platform != "win32":
        with suppress(OSError):
            os.nice(10)
    asked, _, content = sys.stdin.buffer.read().partition(b"\n")
    how = json.loads(asked)
    sys.stdout.buffer.write(lock(content, Lock(how["passphrase"], tuple(how["recipients"]))))


if __name__ == "__main__":
    main()
