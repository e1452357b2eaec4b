"""P13: somebody reads the logs.

The attack: run a whole day on the real server, with taps that are stored, known, late, refused and
broken, pages that are read and pages that fail, behind the proxies that the guide for operators
describes. Then read everything that anything wrote down, and look for where a request came from,
what device it was, a key, a card, and a line more for a tap more: a line with a time is a time.

The promise: nothing is written of a tap. Logs say how the program does, not what people do.

| log | who writes it | what it holds |
|---|---|---|
| standard output | `checkin serve` | where it listens, `ready` |
| standard error | `checkin serve` | `stopped`; what went wrong: its kind and place, no values |
| access log | Caddy in front | none, unless it is told to |
| access log | nginx in front | off, as the guide says |
| error log | nginx in front | trouble with the server behind |
"""

import json
import re
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from checkin.domain.feelings import Feeling
from tests.faults.real_time import RealSchool, make_school
from tests.faults.serving import Server
from tests.often import first

FAR_AWAY = "203.0.113.77"
DEVICE = "ClassTablet/77 (a test)"
FEELINGS = "|".join(feeling.value for feeling in Feeling if feeling is not Feeling.PASS)
ADDRESS = re.compile(r"\b(?!0\.0\.0\.0\b|127\.0\.0\.1:\d+\b)\d{1,3}(?:\.\d{1,3}){3}\b")
TAPS, BATCH = 400, 40
LONG_DAY = 10_000


def what_logs_tell(server: Server, taps: int, batch: int = BATCH) -> list[str]:
    """Live a day of so many taps; return what was written down of it."""
    with running(server):
        keys = live_a_day(server, taps, batch)
        told = stop(server).splitlines()
    found = [f"{name} in: {line}" for line in told for name in _names_in(line, keys)]
    return found + [f"a line that is not needed: {line}" for line in told if line != "stopped"]


def _names_in(line: str, keys: set[str]) -> list[str]:
    """Name what a line should not hold."""
    holds = {
        "an address": ADDRESS.search(line) or FAR_AWAY in line,
        "a device": DEVICE in line,
        "a feeling": re.search(rf"\b(feeling|{FEELINGS})\b", line),
        "a key": any(key in line for key in re.findall(r"[0-9a-f]{32}", line) if key in keys),
        "the tap route": "/tablet/taps" in line,
    }
    return [name for name, is_there in holds.items() if is_there]


def live_a_day(server: Server, taps: int, batch: int) -> set[str]:
    """Tap, tap again, tap wrongly; read pages. Return the keys that were used."""
    keys = set()
    for _ in range(0, taps, batch):
        sent = [_a_tap(server.school, n) for n in range(batch)]
        keys |= {str(tap["key"]) for tap in sent}
        for body in (
            sent,
            sent[:1],
            [sent[0] | {"feeling": 12}],
            [sent[0] | {"day": "1999-01-01"}],
        ):
            _ask(server, "POST", "/tablet/taps", {"taps": body, "waiting": 3})
    for broken in (b"{", b"[]", b"\xff", b'{"taps": [{"feeling": "sad"}]}'):
        _ask(server, "POST", "/tablet/taps", broken)
    for page in ("/", "/tablet", "/tablet/today", "/healthz", "/nothing", "/sign-in"):
        _ask(server, "GET", page)
    return keys


def _a_tap(school: RealSchool, n: int) -> dict[str, object]:
    key, day = secrets.token_hex(16), school.today.isoformat()
    return {"key": key, "day": day, "round": "check-in", "feeling": n % 9, "helps": n % 7}


def _ask(server: Server, method: str, path: str, body: object = None) -> None:
    headers = {
        "Authorization": f"Bearer {server.school.tokens[0]}",
        "User-Agent": DEVICE,
        "X-Forwarded-For": FAR_AWAY,
        "Forwarded": f"for={FAR_AWAY}",
    }
    sent = body if isinstance(body, bytes) or body is None else json.dumps(body)
    connection = HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(method, path, sent, headers)
    connection.getresponse().read()
    connection.close()


@contextmanager
def running(server: Server) -> Iterator[None]:
    try:
        server.start()
        yield
    finally:
        server.kill()


def stop(server: Server) -> str:
    """Stop the server as an operator does, and return all it ever wrote after it was ready."""
    server.process.terminate()
    out, _ = server.process.communicate(timeout=20)
    server.process = None
    return out + server.hear()


@pytest.fixture
def school(tmp_path: Path) -> RealSchool:
    return make_school(tmp_path / "files")


def test_nothing_is_written_of_a_tap(school: RealSchool) -> None:
    assert what_logs_tell(Server(school), TAPS) == []


@pytest.mark.long
def test_nothing_is_written_of_a_day_of_ten_thousand(school: RealSchool) -> None:
    assert what_logs_tell(Server(school), LONG_DAY, batch=200) == []


def test_the_files_of_the_school_are_no_logs(school: RealSchool) -> None:
    """Where the program keeps its files it writes its databases and nothing else."""
    server = Server(school)
    with running(server):
        live_a_day(server, 80, 40)
        stop(server)
    kinds = re.compile(r"(checkin|open-rounds)\.sqlite3(-wal|-shm|-journal)?|plotly.*")
    assert [f.name for f in school.folder.rglob("*") if not kinds.fullmatch(f.name)] == []


# The proxies of the guide.

CADDY = """{{
    admin off
    auto_https off
    storage file_system {folder}/caddy
}}
http://127.0.0.1:{port} {{
    encode gzip
    reverse_proxy 127.0.0.1:{behind}
    {log}
}}
"""
NGINX = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxied;
    fastcgi_temp_path {folder}/a; uwsgi_temp_path {folder}/b; scgi_temp_path {folder}/c;
    server {{
        listen 127.0.0.1:{port};
        {log}
        location / {{ proxy_pass http://127.0.0.1:{behind}; }}
    }}
}}
"""
PROXIES = {
    "caddy": (CADDY, ("caddy", "run", "--adapter", "caddyfile", "--config")),
    "nginx": (NGINX, ("nginx", "-c")),
}


class Behind(Server):
    """The server behind a proxy: whoever asks, asks the proxy; whatever is written, is kept."""

    def __init__(self, school: RealSchool, folder: Path, proxy: str, log: str) -> None:
        super().__init__(school)
        self.inner, self.folder, self.name, self.log = Server(school), folder, proxy, log
        self.folder.mkdir()
        self.proxy: subprocess.Popen[str] | None = None

    def start(self, wait: bool = True) -> None:
        self.inner.start()
        form, command = PROXIES[self.name]
        file = self.folder / "its-configuration"
        told = {"folder": self.folder, "port": self.port, "behind": self.inner.port}
        file.write_text(form.format(log=self.log, **told))
        self.process = subprocess.Popen(
            [*command, str(file)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={"HOME": str(self.folder), "PATH": "/usr/sbin:/usr/bin:/bin"},
            start_new_session=True,
        )
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.05)
        raise AssertionError("the proxy did not start")

    def kill(self) -> None:
        super().kill()
        self.inner.kill()


def what_a_proxy_writes(proxy: Behind) -> list[str]:
    with running(proxy):
        keys = live_a_day(proxy, 80, 40)
        told = stop(proxy)
    files = [f for f in proxy.folder.rglob("*") if f.is_file() and f.name != "its-configuration"]
    told += "\n".join(f.read_text(errors="replace") for f in files)
    of_taps = ("the tap route", "a key", "a feeling", "a device")
    return [name for line in told.splitlines() for name in _names_in(line, keys) if name in of_taps]


LOGS = {"caddy": ("", "log"), "nginx": ("access_log off;", "access_log {}/access.log;")}
SHIPPED = ("Caddyfile", "nginx.conf")


@pytest.mark.parametrize("name", LOGS)
def test_a_proxy_set_up_as_the_guide_says_writes_nothing_of_taps(
    school: RealSchool, tmp_path: Path, name: str
) -> None:
    _needs(name)
    assert what_a_proxy_writes(Behind(school, tmp_path / name, name, LOGS[name][0])) == []


def test_what_is_shipped_and_told_of_is_what_was_tried_here() -> None:
    root = Path(__file__).parents[2]
    shipped = {name: (root / "deploy" / name).read_text("utf-8") for name in SHIPPED}
    assert "reverse_proxy 127.0.0.1:8000" in shipped["Caddyfile"]
    assert "access_log off;" in shipped["nginx.conf"]
    guide = (root / "docs" / "running-it.md").read_text(encoding="utf-8")
    assert all(f"(../deploy/{name})" in guide for name in SHIPPED)


def _needs(name: str) -> None:
    if shutil.which(name, path="/usr/sbin:/usr/bin:/usr/local/bin") is None:
        pytest.skip(f"{name} is not installed")


# The canaries.

BROKEN = Path(__file__).parent / "broken"


@pytest.mark.parametrize(
    "canary", first(["writes_an_access_log", "tells_what_went_wrong_in_words"])
)
def test_it_catches(school: RealSchool, canary: str) -> None:
    server = Server(school, program=(str(BROKEN / f"{canary}.py"),))
    assert what_logs_tell(server, 80) != []


@pytest.mark.parametrize("name", first(LOGS))
def test_it_catches_a_proxy_that_keeps_a_log(school: RealSchool, tmp_path: Path, name: str) -> None:
    _needs(name)
    log = LOGS[name][1].format(tmp_path / name)
    assert "the tap route" in what_a_proxy_writes(Behind(school, tmp_path / name, name, log))
