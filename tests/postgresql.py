"""A real PostgreSQL server, started for the tests on a free port of this machine.

Its databases are prepared with the very lines that the documentation gives to administrators.
"""

import os
import re
import secrets
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

DOCUMENT = Path(__file__).parents[1] / "docs" / "postgresql.md"
PAGES, ROUNDS = "checkin_pages", "checkin_rounds"


@dataclass(frozen=True)
class Database:
    """A database that nobody has used, and how each role reaches it."""

    server: str
    name: str

    @property
    def url(self) -> str:
        """Return the address for the role that serves pages."""
        return self.as_role(PAGES)

    @property
    def open_rounds_url(self) -> str:
        """Return the address for the role that taps and seals."""
        return self.as_role(ROUNDS)

    @property
    def superuser_url(self) -> str:
        """Return the address for the administrator."""
        return f"{self.server}/{self.name}"

    def as_role(self, role: str) -> str:
        """Return the address for a role."""
        return self.superuser_url.replace("checkin@", f"{role}@")

    def ask(self, query: str, *values: object) -> list[tuple]:
        """Return what the administrator reads."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            cursor = connection.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, or None where it is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def lines_for_administrators() -> str:
    """Return the SQL of the documentation."""
    (block,) = re.findall(r"```sql\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    return block


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of the server, as its administrator."""
    programs = find_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    # PostgreSQL refuses to run as root, and its account cannot look into root's folders.
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    place = Path(subprocess.check_output([*as_postgres, "mktemp", "-d"], text=True).strip())
    port = free_port()

    def run(program: str, *arguments: object) -> None:
        subprocess.run(
            [*as_postgres, programs / program, *arguments],
            check=True,
            cwd="/",
            stdout=subprocess.DEVNULL,
        )

    run("initdb", "-D", place / "data", "-U", "checkin", "-A", "trust", "--no-sync")
    settings = f"-p {port} -h 127.0.0.1 -k {place}"
    run("pg_ctl", "-D", place / "data", "-o", settings, "-l", place / "log", "-w", "start")
    yield f"postgresql://checkin@127.0.0.1:{port}"
    run("pg_ctl", "-D", place / "data", "-m", "immediate", "stop")
    subprocess.run([*as_postgres, "rm", "-rf", place], check=True)


def new_database_of(server: str, template: str = "template1") -> Database:
    """Make a database, as it is in another that nobody is connected to."""
    database = Database(server, f"checkin_{secrets.token_hex(4)}")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {database.name} TEMPLATE {template}")
    return database


@pytest.fixture
def bare_database(postgresql: str) -> Database:
    """A database without the roles and grants of the documentation."""
    return new_database_of(postgresql)


@pytest.fixture(scope="session")
def prepared_template(postgresql: str) -> str:
    """The name of a database to copy: an administrator ran the lines of the documentation."""
    database = new_database_of(postgresql)
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        connection.execute(lines_for_administrators())
    return database.name


@pytest.fixture
def database(postgresql: str, prepared_template: str) -> Database:
    """A database as an administrator leaves it to the program."""
    return new_database_of(postgresql, prepared_template)


@pytest.fixture
def new_database(bare_database: Database) -> str:
    """The address of a database for a main database alone; open rounds stay in a file."""
    return bare_database.superuser_url
