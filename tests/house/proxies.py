"""The proxies of deploy/ before a real server, as they are shipped but for names and places."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from checkin.services.own_authority import Files

DEPLOY = Path(__file__).parents[2] / "deploy"
SHIPPED_NAME = "checkin.school.nl"
NAME = "localhost"
MAIN = """
daemon off; master_process off; pid {here}/nginx.pid; error_log {here}/nginx-error.log;
events {{ }}
http {{
    access_log {here}/access.log;  # as Debian has it: what is shipped has to turn it off
    client_body_temp_path {here}/a; proxy_temp_path {here}/b; fastcgi_temp_path {here}/c;
    uwsgi_temp_path {here}/d; scgi_temp_path {here}/e;
    include {here}/checkin.conf;
}}
"""


@dataclass(frozen=True)
class Place:
    """Where a proxy writes, what it meets clients with, and which ports there are."""

    here: Path
    files: Files
    port: int
    to: int

    def written(self) -> str:
        """Return all that was written anywhere."""
        paths = [path for path in self.here.rglob("*") if path.is_file()]
        return "\n".join(path.read_text(errors="replace") for path in paths if _is_log(path))


def needs(program: str) -> str:
    """Return where a program is; without it the test is skipped."""
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def nginx_conf(place: Place, spoiled: bool) -> list[str]:
    """Write its configuration and return what starts it; a spoiled one logs as nginx would."""
    text = (DEPLOY / "nginx.conf").read_text()
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{place.port} ssl;"),
        (f"/etc/letsencrypt/live/{SHIPPED_NAME}/fullchain.pem", str(place.files.certificate)),
        (f"/etc/letsencrypt/live/{SHIPPED_NAME}/privkey.pem", str(place.files.key)),
        ("/var/log/nginx/checkin-error.log", f"{place.here}/error.log"),
        ("127.0.0.1:8000", f"127.0.0.1:{place.to}"),
        (SHIPPED_NAME, NAME),
    ):
        assert old in text, old
        text = text.replace(old, new)
    if spoiled:
        assert "access_log off;" in text
        text = text.replace("access_log off;", "")
    (place.here / "checkin.conf").write_text(text)
    (place.here / "nginx.conf").write_text(MAIN.format(here=place.here))
    return [needs("nginx"), "-p", str(place.here), "-c", str(place.here / "nginx.conf")]


def caddy_conf(place: Place, spoiled: bool) -> list[str]:
    """Write its configuration and return what starts it; a spoiled one has an access log."""
    text = (DEPLOY / "Caddyfile").read_text()
    log = f"\tlog {{\n\t\toutput file {place.here}/access.log\n\t}}\n" if spoiled else ""
    site = f"{NAME}:{place.port} {{\n\ttls {place.files.certificate} {place.files.key}\n{log}"
    for old, new in (
        (f"{SHIPPED_NAME} {{\n", site),
        ("127.0.0.1:8000", f"127.0.0.1:{place.to}"),
        ("\tservers {", "\tadmin off\n\tauto_https disable_redirects\n\tservers {"),
    ):
        assert old in text, old
        text = text.replace(old, new)
    (place.here / "Caddyfile").write_text(text)
    return [needs("caddy"), "run", "--config", str(place.here / "Caddyfile")]


@contextmanager
def running(command: list[str], place: Place) -> Iterator[None]:
    """Run a proxy until it answers and until the end; all it says goes into a file."""
    home = {name: str(place.here) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with (place.here / "said.log").open("w") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said, env=os.environ | home)
        try:
            until = time.monotonic() + 60
            while not _answers(place.port):
                assert process.poll() is None, (place.here / "said.log").read_text()
                assert time.monotonic() < until, "it does not answer"
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(timeout=30)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _is_log(path: Path) -> bool:
    return path.name not in ("checkin.conf", "nginx.conf", "Caddyfile", "autosave.json")
