"""What is shipped in deploy/ runs as it is, and no proxy writes down that somebody tapped."""

import json
import plistlib
import re
import ssl
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.client import HTTPSConnection
from pathlib import Path

import pytest

from checkin.services import own_authority
from checkin.services.own_authority import Files
from tests.faults.real_time import RealSchool, make_school
from tests.faults.serving import Server
from tests.faults.tapping import a_tap
from tests.house.proxies import (
    DEPLOY,
    NAME,
    Place,
    caddy_conf,
    free_port,
    needs,
    nginx_conf,
    running,
)

Configure = Callable[[Place, bool], list[str]]
PROXIES = {"nginx": nginx_conf, "caddy": caddy_conf}


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> RealSchool:
    return make_school(tmp_path_factory.mktemp("school") / "files")


@pytest.fixture(scope="module")
def server(school: RealSchool) -> Iterator[Server]:
    with Server(school) as server:
        yield server


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    files = Files(tmp_path_factory.mktemp("tls"))
    own_authority.make(files.folder, [NAME], datetime.now(UTC))
    return files


@pytest.fixture
def place(tmp_path: Path, files: Files, server: Server) -> Place:
    return Place(tmp_path, files, free_port(), server.port)


def ask(place: Place, method: str, path: str, body: bytes | None = None, **headers: str):
    context = ssl.create_default_context(cafile=place.files.authority)
    connection = HTTPSConnection(NAME, place.port, timeout=30, context=context)
    connection.request(method, path, body, {"Accept": "application/json", **headers})
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


def tap(place: Place, school: RealSchool) -> tuple[int, bytes]:
    body = json.dumps({"taps": [a_tap(school)], "waiting": 0}).encode()
    token = f"Bearer {school.tokens[0]}"
    status, _, answer = ask(place, "POST", "/tablet/taps", body, Authorization=token)
    return status, answer


@pytest.mark.parametrize("name", PROXIES)
def test_a_tap_goes_through_and_leaves_no_line(name: str, place: Place, school: RealSchool) -> None:
    with running(PROXIES[name](place, False), place):
        status, answer = tap(place, school)
        assert (status, json.loads(answer)["results"][0]["status"]) == (200, "stored")
        assert ask(place, "GET", "/healthz")[0] == 200
        assert ask(place, "GET", "/nowhere")[0] == 404
        status, headers, _ = ask(place, "GET", "/sign-in", Accept="text/html")
        assert status == 200
        assert not any(c.isdigit() for c in headers.get("Server", ""))
        assert ask(place, "POST", "/tablet/taps", bytes(2**20), Authorization="Bearer x")[0] == 413
    for word in (
        "tablet",
        "healthz",
        "nowhere",
        "remote_ip",
        "client: ",
        "Bearer",
        school.tokens[0],
    ):
        assert word not in place.written(), place.written()


@pytest.mark.parametrize("name", PROXIES)
def test_a_proxy_whose_server_is_down_writes_no_line_either(
    name: str, tmp_path: Path, files: Files
) -> None:
    place = Place(tmp_path, files, free_port(), free_port())
    with running(PROXIES[name](place, False), place):
        assert ask(place, "POST", "/tablet/taps", b"{}")[0] == 502
    assert "tablet" not in place.written(), place.written()


@pytest.mark.parametrize("name", PROXIES)
def test_a_line_would_be_seen(name: str, place: Place, school: RealSchool) -> None:
    with running(PROXIES[name](place, True), place):
        assert tap(place, school)[0] == 200
    assert "/tablet/taps" in place.written()


def test_says_nothing_of_who_asks_to_the_server() -> None:
    assert "X-Forwarded-For" not in (DEPLOY / "nginx.conf").read_text()
    assert "header_up -X-Forwarded-For" in (DEPLOY / "Caddyfile").read_text()


def test_nginx_and_caddy_take_the_files(place: Place) -> None:
    for command in (
        [*nginx_conf(place, False), "-t"],
        [needs("caddy"), "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"],
        [needs("caddy"), "fmt", "--diff", DEPLOY / "Caddyfile"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr + done.stdout


def test_systemd_takes_the_unit_and_finds_it_tight(tmp_path: Path) -> None:
    analyze = needs("systemd-analyze")
    unit = tmp_path / "checkin.service"
    text = (DEPLOY / "checkin.service").read_text()
    unit.write_text(text.replace("/opt/checkin/.venv/bin/checkin", "/bin/true"))
    done = subprocess.run([analyze, "verify", unit], capture_output=True, text=True, timeout=60)
    assert "checkin.service" not in done.stderr, done.stderr
    command = [analyze, "security", "--offline=true", "--threshold=20", unit]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout


def test_what_the_unit_does_not_allow_is_refused_and_kills_nothing() -> None:
    """A backup is locked by a process that asks to go after everything else."""
    lines = (DEPLOY / "checkin.service").read_text().splitlines()
    assert "SystemCallErrorNumber=EPERM" in lines


@pytest.mark.parametrize("guide", ["nl/ict.md", "en/ict.md"])
def test_a_service_whose_backup_disk_is_gone_starts(guide: str) -> None:
    """Without the dash systemd starts nothing at all: no namespace without that folder."""
    text = (DEPLOY.parent / "docs" / "guides" / guide).read_text()
    text += (DEPLOY / "checkin.service").read_text()
    named = re.findall(r"ReadWritePaths=(\S*/\S+)", text)
    assert len(named) == 2
    assert all(one.startswith("-/") for one in named)


def test_the_file_for_a_mac_can_be_read() -> None:
    job = plistlib.loads((DEPLOY / "nl.checkin.serve.plist").read_bytes())
    assert job["ProgramArguments"][1:] == ["serve"]
    assert job["Umask"] == 0o077
