"""`checkin seal` in a child process that kills itself at a chosen step.

Reads lines 'FOLDER STEP' and answers each with how the child ended. A step is an SQL statement on
either database, counted from where sealing begins: what matters of a kill is between which two of
them it comes. The program is loaded once and forked, which is quick.
"""

import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from checkin import create_app
from checkin.cli import main
from checkin.config import Config, sqlite_url
from checkin.services import sealing
from checkin.services.timetables import public_holidays
from tests.processes import KILL

NEVER = 1_000_000


class Steps:
    """Counts statements once it is told to, and dies at one of them."""

    def __init__(self, last: int) -> None:
        self.last, self.count, self.counts = last, 0, False

    def step(self, _statement: str) -> None:
        if not self.counts:
            return
        self.count += 1
        if self.count == self.last:
            os.kill(os.getpid(), KILL)

    def connect(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def connect(*args: Any, **more: Any) -> Any:
            connection = real(*args, **more)
            connection.set_trace_callback(self.step)
            return connection

        return connect


def seal(folder: str, last: int) -> None:
    """Run the command in this process, which does not come back."""
    os.environ["CHECKIN_DIR"] = folder
    steps = Steps(last)
    sqlite3.connect = sqlite3.dbapi2.connect = steps.connect(sqlite3.connect)
    real = sealing.seal_due

    def seal_due(now: Any) -> Any:
        steps.counts = True
        try:
            return real(now)
        finally:
            steps.counts = False

    sealing.seal_due = seal_due
    sys.argv = ["checkin", "seal"]
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        sys.stdout = nowhere
        main()
    Path(folder, "steps").write_text(str(steps.count), encoding="utf-8")
    os._exit(0)


def serve() -> None:
    """Fork for each line; the parent has no threads, so that forking is safe."""
    _warm_up()
    for line in sys.stdin:
        folder, last = line.rsplit(maxsplit=1)
        child = os.fork()
        if child == 0:
            try:
                seal(folder, int(last))
            finally:
                os._exit(1)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _warm_up() -> None:
    """Load once what every child needs, so that a step takes a moment only."""
    with TemporaryDirectory() as nowhere:
        create_app(Config(Path(nowhere), "unused " * 8, sqlite_url(Path(nowhere))))
    public_holidays()


if __name__ == "__main__":
    serve()
