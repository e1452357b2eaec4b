"""The `checkin` command, as an operator runs it."""

import io
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from checkin.cli import main
from tests.processes import APART, INTERRUPT
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
        self, *words: str, stdin: str = "", **settings: str | None
    ) -> subprocess.CompletedProcess[str]:
        """Run it where we are, which costs no start; what serves gets a process of its own."""
        if {"serve", "demo"} & {*words[:1]}:
            return self.apart(*words, stdin=stdin, **settings)
        said, complained = _stream(), _stream()
        with ExitStack() as stack:
            stack.enter_context(patch.dict(os.environ, self.environment(settings), clear=True))
            stack.enter_context(patch.multiple(sys, argv=["checkin", *words], stdin=_stream(stdin)))
            stack.enter_context(chdir(ROOT))
            stack.enter_context(redirect_stdout(said))
            stack.enter_context(redirect_stderr(complained))
            code = _exit_code_of(main)
        return subprocess.CompletedProcess(words, code, _all_of(said), _all_of(complained))

    def apart(
        self, *words: str, stdin: str | None = None, **settings: str | None
    ) -> subprocess.CompletedProcess[str]:
        """Run it in a process of its own."""
        return subprocess.run(
            self.line(*words),
            env=self.environment(settings),
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
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
            encoding="utf-8",
            **APART,
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
            process.send_signal(INTERRUPT)
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


def _stream(text: str = "") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8", write_through=True)


def _all_of(stream: io.TextIOWrapper) -> str:
    return stream.buffer.getvalue().decode()


def _exit_code_of(program: Callable[[], None]) -> int:
    """Return what a shell would see; what is no number is said, as Python does at its end."""
    try:
        program()
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
            return 1
        return end.code or 0
    return 0


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
