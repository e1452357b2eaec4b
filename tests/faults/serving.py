"""The real server in a process of its own, to be killed, and a browser that survives that."""

import json
import os
import socket
import subprocess
import sys
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

from tests.faults.real_time import TEACHER, RealSchool
from tests.processes import KILL, WINDOWS
from tests.school import PASSWORD

ROOT = Path(__file__).parents[2]
THE_PRODUCT = ("-m", "checkin")
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Server:
    """`checkin serve` for a school; it may be started and killed as often as one likes."""

    def __init__(self, school: RealSchool, program: tuple[str, ...] = THE_PRODUCT) -> None:
        self.school, self.program, self.port = school, program, free_port()
        self.process: subprocess.Popen[str] | None = None
        self.said: IO[str] | None = None

    def command(self) -> list[str]:
        """Return what starts the program."""
        return [sys.executable, *self.program]

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment it runs in."""
        return {**os.environ, **self.school.environment}

    def start(self, wait: bool = True) -> None:
        """Start it, and wait until it says that it is ready."""
        self.said = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  # for as long as it runs
        self.process = subprocess.Popen(
            [*self.command(), "serve", "--port", str(self.port)],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=self.said,  # a pipe that nobody reads would hold it up when it has much to say
            text=True,
            start_new_session=True,
        )
        if wait and not any(line.strip() == "ready" for line in self.process.stdout):
            raise AssertionError(f"it did not start: {self.hear()}")

    def kill(self) -> None:
        """End it and all it started, without a chance to tidy up."""
        if self.process is None:
            return
        if self.process.poll() is None:
            if WINDOWS:
                self.process.kill()  # a Python of a .venv takes the one it started along
            else:
                os.killpg(self.process.pid, KILL)
            self.process.wait()
        self.process.stdout.close()
        self.process = None
        self.hear()

    def hear(self) -> str:
        """Return what it said of its troubles, once it has ended."""
        if self.said is None:
            return ""
        with self.said as said:
            self.said = None
            said.seek(0)
            return said.read()

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def ask(
        self, method: str, path: str, body: object = None, headers: dict[str, str] | None = None
    ) -> tuple[int, object]:
        """Ask once; return status and JSON. OSError or HTTPException when nobody answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            given = {"Accept": "application/json", **SAME_SITE, **(headers or {})}
            sent = None if body is None else json.dumps(body)
            connection.request(method, path, sent, given)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()

    def tap(self, taps: list[dict[str, object]], classroom: int = 0) -> tuple[int, object]:
        """Send taps from the tablet of a classroom."""
        token = {"Authorization": f"Bearer {self.school.tokens[classroom]}"}
        return self.ask("POST", "/tablet/taps", {"taps": taps, "waiting": 0}, token)

    def sign_in(self) -> dict[str, str]:
        """Return the teacher's cookie as a header."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            form = urlencode({"email": TEACHER, "password": PASSWORD})
            kind = {"Content-Type": "application/x-www-form-urlencoded", **SAME_SITE}
            connection.request("POST", "/sign-in", form, kind)
            answer = connection.getresponse()
            assert answer.status == 303, answer.status
            return {"Cookie": answer.getheader("Set-Cookie").partition(";")[0]}
        finally:
            connection.close()
