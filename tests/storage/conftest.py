"""A real PostgreSQL server, started for the tests on a free port of this machine."""

import os
import secrets
import shutil
import socket
import subprocess
from pathlib import Path

import psycopg
import pytest


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None where it is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory):
    """The address of the server."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    # PostgreSQL refuses to run as root, and its account cannot look into root's folders.
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    place = Path(subprocess.check_output([*as_postgres, "mktemp", "-d"], text=True).strip())
    port = free_port()

    def run(program, *arguments):
        subprocess.run(
            [*as_postgres, programs / program, *arguments],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
        )

    run("initdb", "-D", place / "data", "-U", "checkin", "-A", "trust", "--no-sync")
    settings = f"-p {port} -h 127.0.0.1 -k {place} -F"
    run("pg_ctl", "-D", place / "data", "-o", settings, "-l", place / "log", "-w", "start")
    yield f"postgresql://checkin@127.0.0.1:{port}"
    run("pg_ctl", "-D", place / "data", "-m", "immediate", "stop")
    subprocess.run([*as_postgres, "rm", "-rf", place], check=True)


@pytest.fixture
def new_database(postgresql):
    """The address of a database that nobody has used."""
    name = f"checkin_{secrets.token_hex(4)}"
    with psycopg.connect(f"{postgresql}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{postgresql}/{name}"
