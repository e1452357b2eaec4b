"""A PostgreSQL server of a test's own, to be killed and started again."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.postgresql import Database, find_programs, free_port, lines_for_administrators


class MortalServer:
    """One cluster with one database, as an administrator leaves it to the program."""

    def __init__(self, programs: Path) -> None:
        # PostgreSQL refuses to run as root, and its account cannot look into root's folders.
        self.run_as = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.programs, self.port = programs, free_port()
        self.place = Path(self._run("mktemp", "-d").strip())
        self._program("initdb", "-U", "checkin", "-A", "trust", "--no-sync")
        self.start()
        self.database = Database(f"postgresql://checkin@127.0.0.1:{self.port}", "school")
        with psycopg.connect(f"{self.database.server}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE school")
        self.database.ask(lines_for_administrators())

    def start(self) -> None:
        """Start it, and wait until it has read its log and takes connections.

        A process of before may take a moment to let go of the memory all of them shared.
        """
        settings = f"-p {self.port} -h 127.0.0.1 -k {self.place}"
        start = (
            "pg_ctl",
            "-s",
            "-o",
            settings,
            "-l",
            self.place / "log",
            "-t",
            "60",
            "-w",
            "start",
        )
        for wait in (0.1, 0.5, 2):
            with suppress(subprocess.CalledProcessError):
                return self._program(*start)
            time.sleep(wait)
        return self._program(*start)

    def kill(self) -> None:
        """End all its processes at once, as when the machine fails."""
        main = self._pid()
        self._signal(main, signal.SIGSTOP)  # it starts nobody more whom the list would miss
        while self._state(main) not in ("T", "Z", ""):
            time.sleep(0.001)
        children = Path(f"/proc/{main}/task/{main}/children").read_text(encoding="utf-8").split()
        for pid in (main, *map(int, children)):
            self._kill(pid)
        while any(Path(f"/proc/{pid}/stat").exists() for pid in map(int, children)):
            time.sleep(0.01)

    def kill_a_backend(self) -> None:
        """End the process that serves the open rounds; the server then ends and renews all."""
        query = "SELECT pid FROM pg_stat_activity WHERE usename = 'checkin_rounds' LIMIT 1"
        for (pid,) in self.database.ask(query):
            self._kill(pid)

    def close(self) -> None:
        """End it and remove its files."""
        self.kill()
        self._run("rm", "-rf", self.place)

    def _pid(self) -> int:
        return int((self.place / "data" / "postmaster.pid").read_text().split()[0])

    def _program(self, name: str, *arguments: object) -> None:
        self._run(self.programs / name, "-D", self.place / "data", *arguments, quiet=True)

    def _run(self, *command: object, quiet: bool = False) -> str:
        told = subprocess.DEVNULL if quiet else subprocess.PIPE
        # pg_ctl leaves its server the pipe, so nobody may wait for its end.
        ended = subprocess.run(
            [*self.run_as, *map(str, command)], check=True, cwd="/", stdout=told, text=True
        )
        return ended.stdout or ""

    @staticmethod
    def _state(pid: int) -> str:
        """Return the letter for what a process does, empty when there is none."""
        with suppress(FileNotFoundError, ProcessLookupError):
            return (
                Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
            )
        return ""

    @staticmethod
    def _signal(pid: int, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, number)

    def _kill(self, pid: int) -> None:
        self._signal(pid, signal.SIGKILL)


@contextmanager
def a_mortal_server() -> Iterator[MortalServer]:
    programs = find_programs()
    assert programs is not None
    server = MortalServer(programs)
    try:
        yield server
    finally:
        server.close()
