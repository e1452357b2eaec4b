"""The `checkin` command in a process of its own, as an operator runs it."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.school import SECRET

ROOT = Path(__file__).parents[2]
SETUP = {
    "school": "De Waterlelie",
    "region": "midden",
    "staff": [
        {
            "name": "Adam",
            "email": "adam@school.example",
            "password": "a password of this test",
            "roles": ["admin"],
        }
    ],
    "classrooms": [{"name": "Zon", "pupils": 14, "card_set": 8, "languages": ["nl", "ar"]}],
}


class Command:
    """Runs `checkin` on a folder; settings may be changed, or left out with None."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(
        self, *words: str, stdin: str | None = None, **settings: str | None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.line(*words),
            env=self.environment(settings),
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )

    @contextmanager
    def running(self, *words: str, **settings: str | None) -> Iterator[subprocess.Popen[str]]:
        """Run a command that serves, from when it is ready until it is interrupted."""
        process = subprocess.Popen(
            self.line(*words),
            env=self.environment(settings),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        with process:
            said = []
            for line in process.stdout:
                said.append(line)
                if line.strip() == "ready":
                    break
            else:
                raise AssertionError("".join(said))
            try:
                yield process
            except BaseException:
                process.kill()  # else it would be waited for
                raise
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 0

    def line(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "checkin", *words]

    def environment(self, settings: dict[str, str | None]) -> dict[str, str]:
        kept = {name: v for name, v in os.environ.items() if not name.startswith("CHECKIN_")}
        ours = {"CHECKIN_DIR": str(self.folder), "CHECKIN_SECRET_KEY": SECRET, **settings}
        return kept | {name: value for name, value in ours.items() if value is not None}

    def set_up(self) -> None:
        """Set a school up."""
        path = self.folder.parent / "setup.json"
        path.write_text(json.dumps(SETUP), encoding="utf-8")
        done = self("setup", "--json", str(path))
        assert done.returncode == 0, done.stderr


Fails = Callable[..., str]


@pytest.fixture
def checkin(tmp_path: Path) -> Command:
    """The command, on a folder that is not there yet."""
    return Command(tmp_path / "files")


@pytest.fixture
def fails(checkin: Command) -> Fails:
    """Return a function that runs the command, sees it fail properly and returns what it said."""

    def fails(*words: str, code: int = 1, **more: str | None) -> str:
        done = checkin(*words, **more)
        assert done.returncode == code, (done.returncode, done.stderr)
        said = done.stderr.strip().splitlines()
        assert len(said) == 1, done.stderr  # one clear sentence, and no traceback
        assert done.stdout == ""
        return said[0]

    return fails


@pytest.fixture
def free_port() -> Iterator[int]:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    yield port
