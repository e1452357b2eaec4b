"""Servers in processes of their own: the product's demo, and the smallest endpoints beside it."""

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True)
class Serving:
    """A server that answers: where, with which tablet token, its files and its process."""

    port: int
    place: Path
    process: subprocess.Popen[bytes]
    token: str = "none"
    seconds_to_start: float = 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def demo(classroom: int = 3, history: bool = False, place: Path | None = None) -> Iterator[Serving]:
    """Serve the product's demo school; the token is that of a classroom's tablet."""
    more = () if history else ("--no-history",)
    with _a_folder(place) as folder:
        port = free_port()
        command = ("-m", "checkin", "demo", "--dir", str(folder), "--port", str(port), *more)
        with _running(command, port) as (process, seconds):
            facts = json.loads((folder / "demo.json").read_text())
            token = next(t["token"] for t in facts["tablets"] if t["classroom"] == classroom)
            yield Serving(port, folder, process, token, seconds)


@contextmanager
def floor(*how: str) -> Iterator[Serving]:
    """Serve the smallest endpoint; `how` is passed to bench.floor."""
    with _a_folder(None) as folder:
        port = free_port()
        with _running(("-m", "bench.floor", str(folder), str(port), *how), port) as (process, took):
            yield Serving(port, folder, process, seconds_to_start=took)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def memory_of(pid: int) -> float:
    """Return the resident memory of a process in MiB (Linux)."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"no memory is told of process {pid}")


@contextmanager
def _a_folder(place: Path | None) -> Iterator[Path]:
    if place is not None:
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="checkin-bench-") as made:
        yield Path(made)


@contextmanager
def _running(
    command: tuple[str, ...], port: int
) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    began = time.monotonic()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, cwd=ROOT)
    try:
        while not _answers(port):
            if process.poll() is not None or time.monotonic() - began > 180:
                raise RuntimeError(f"{' '.join(command)} did not start")
            time.sleep(0.02)
        yield process, time.monotonic() - began
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
