"""A disk that can lose its power: replays what a server wrote, and stops wherever one likes.

A disk keeps for certain what was synced. Of what was written since, it keeps any part: each sector
of 512 bytes for itself, in any order, and a file may or may not have been cut to its new length.
"""

import os
import random
import re
import shutil
import signal
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.serving import Server

SECTOR = 512
CALLS = "write,pwrite64,ftruncate,fsync,fdatasync,unlink,sendto,sendmsg"
CALL = re.compile(r"^\d+ +(\w+)\((?:(\d+)<([^>]*)>)?(.*?)\) += (-?\d+)")
UNFINISHED = re.compile(r"^(\d+) +(\w+)\((.*) <unfinished \.\.\.>$")
RESUMED = re.compile(r"^(\d+) +<\.\.\. (\w+) resumed>(.*)$")
TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
STORED = re.compile(rb'"key": ?"([0-9a-f]{32})", ?"status": ?"(?:stored|known)"')


@dataclass(frozen=True)
class Written:
    """Bytes that were given to the disk; it may not have kept them yet."""

    file: str
    offset: int
    content: bytes


@dataclass(frozen=True)
class Cut:
    """A file that was cut to a length."""

    file: str
    length: int


@dataclass(frozen=True)
class Synced:
    """A file that the disk said it has."""

    file: str


@dataclass(frozen=True)
class Acknowledged:
    """Keys that the server said are stored."""

    keys: frozenset[bytes]


Event = Written | Cut | Synced | Acknowledged


class Traced(Server):
    """The server, with every call written down by which it writes, syncs or answers."""

    @property
    def trace(self) -> Path:
        """Return where the calls are written down."""
        return self.school.folder.with_name("trace")

    def command(self) -> list[str]:
        """Return what starts the program under strace."""
        trace = ["strace", "-f", "-y", "-x", "-s", "200000", "--seccomp-bpf", "-o", str(self.trace)]
        return [*trace, "-e", f"trace={CALLS}", *super().command()]

    def pull_the_plug(self) -> list[Event]:
        """End it at once, and return everything it did that matters to a disk."""
        tracer = self.process.pid
        for child in (
            Path(f"/proc/{tracer}/task/{tracer}/children").read_text(encoding="utf-8").split()
        ):
            os.kill(int(child), signal.SIGKILL)  # not the tracer, which has lines to write yet
        self.process.wait(timeout=20)
        self.kill()
        return list(read_trace(self.trace.read_text(errors="replace"), self.school.folder))


def can_trace() -> bool:
    """Tell whether calls can be written down on this machine."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-f", "--seccomp-bpf", "true"], capture_output=True)
    return tried.returncode == 0


def read_trace(trace: str, folder: Path) -> Iterator[Event]:
    """Read what strace wrote; a call counts from when it came back, as its promise does."""
    begun: dict[str, str] = {}
    for line in trace.splitlines():
        if found := UNFINISHED.match(line):
            begun[found[1]] = f"{found[1]} {found[2]}({found[3]}"
            continue
        if found := RESUMED.match(line):
            line = begun.pop(found[1], f"{found[1]} {found[2]}(") + found[3]
        if event := _event(line, folder):
            yield event


def _event(line: str, folder: Path) -> Event | None:
    found = CALL.match(line)
    if found is None or found[5] == "-1":
        return None
    call, path, rest = found[1], found[3] or "", found[4]
    if call in ("sendto", "sendmsg"):
        keys = frozenset(bytes.fromhex(key.decode()) for key in STORED.findall(_bytes_in(rest)))
        return Acknowledged(keys) if keys else None
    if Path(path).parent != folder:
        return None
    file = Path(path).name
    if call == "pwrite64":
        return Written(file, int(rest.rpartition(",")[2]), _bytes_in(rest))
    if call == "ftruncate":
        return Cut(file, int(rest.rpartition(",")[2]))
    return Synced(file) if call in ("fsync", "fdatasync") else None


def _bytes_in(rest: str) -> bytes:
    found = TEXT.search(rest)
    return found[1].encode("latin-1").decode("unicode_escape").encode("latin-1") if found else b""


@dataclass
class Disk:
    """What a disk holds for certain, and what it was given since."""

    kept: dict[str, bytearray]
    given: list[Written | Cut] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Take one thing that the server did."""
        if isinstance(event, Written | Cut):
            self.given.append(event)
        elif isinstance(event, Synced):
            for one in self.given:
                if one.file == event.file:
                    _apply(self.kept, one)
            self.given = [one for one in self.given if one.file != event.file]

    def without_power(self, parts: Iterable[Written | Cut] = ()) -> dict[str, bytearray]:
        """Return what is there when the power comes back: what was kept, and these parts."""
        files = {name: bytearray(content) for name, content in self.kept.items()}
        for part in parts:
            _apply(files, part)
        return files

    def torn(self, chance: random.Random) -> dict[str, bytearray]:
        """Return what is there when of every sector it was left to chance whether it was kept."""
        share = chance.random()
        return self.without_power(p for p in self._sectors() if chance.random() < share)

    def _sectors(self) -> Iterator[Written | Cut]:
        for one in self.given:
            if isinstance(one, Cut):
                yield one
                continue
            start = 0
            while start < len(one.content):
                end = min(len(one.content), SECTOR - (one.offset + start) % SECTOR + start)
                yield Written(one.file, one.offset + start, one.content[start:end])
                start = end


def _apply(files: dict[str, bytearray], change: Written | Cut) -> None:
    content = files.setdefault(change.file, bytearray())
    if isinstance(change, Cut):
        del content[change.length :]
        content.extend(bytes(change.length - len(content)))
        return
    end = change.offset + len(change.content)
    content.extend(bytes(max(0, end - len(content))))
    content[change.offset : end] = change.content


def files_in(folder: Path) -> dict[str, bytearray]:
    """Read a folder as a disk that was shut down in order."""
    return {one.name: bytearray(one.read_bytes()) for one in folder.iterdir() if one.is_file()}


@contextmanager
def laid_out(files: Mapping[str, bytearray], names: Iterable[str], place: Path) -> Iterator[Path]:
    """Put files of a disk in a folder, as whoever starts the machine again finds them."""
    place.mkdir()
    for name in names:
        if name in files:
            (place / name).write_bytes(files[name])
    try:
        yield place
    finally:
        shutil.rmtree(place)
