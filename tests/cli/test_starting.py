"""It starts safe or not at all, and says in one sentence why not."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from checkin.config import UnsafeConfig, read_config
from tests.cli.conftest import Command, Fails
from tests.faults.conftest import SmallDisk, disk  # noqa: F401  # a fixture
from tests.school import SECRET

WEAK = ["short", "a" * 64, "0101" * 20, " " * 40]


@pytest.mark.parametrize("command", ["serve", "seal"])
def test_refuses_to_run_without_a_secret(fails: Fails, checkin: Command, command: str) -> None:
    said = fails(command, CHECKIN_SECRET_KEY=None)
    assert "CHECKIN_SECRET_KEY is not set; make one with" in said
    assert not checkin.folder.exists()


def test_refuses_a_weak_secret_and_does_not_repeat_it(fails: Fails, checkin: Command) -> None:
    said = fails("serve", CHECKIN_SECRET_KEY="0101" * 20)
    assert "too weak" in said
    assert "0101" not in said
    assert not checkin.folder.exists()


@pytest.mark.parametrize("weak", WEAK)
def test_takes_no_weak_secret(weak: str) -> None:
    with pytest.raises(UnsafeConfig, match="weak"):
        read_config({"CHECKIN_SECRET_KEY": weak})


def test_reads_the_secret_from_a_file(fails: Fails, checkin: Command, tmp_path: Path) -> None:
    path = tmp_path / "secret"
    said = fails("seal", CHECKIN_SECRET_KEY=None, CHECKIN_SECRET_KEY_FILE=str(path))
    assert "cannot be read" in said
    path.write_text(f"{SECRET}\n")
    done = checkin("seal", CHECKIN_SECRET_KEY=None, CHECKIN_SECRET_KEY_FILE=str(path))
    assert done.returncode == 0, done.stderr
    path.write_bytes(b"\xff\xfe")
    fails("seal", CHECKIN_SECRET_KEY=None, CHECKIN_SECRET_KEY_FILE=str(path))


def test_needs_not_read_the_file_of_a_secret_that_is_given() -> None:
    """So that the doctor of another account can look who else reads it."""
    settings = {"CHECKIN_SECRET_KEY": SECRET, "CHECKIN_SECRET_KEY_FILE": "/nowhere/secret"}
    found = read_config(settings)
    assert (found.secret_key, str(found.secret_file)) == (SECRET, "/nowhere/secret")


def test_refuses_an_address_that_is_none(fails: Fails) -> None:
    assert "CHECKIN_BASE_URL" in fails("serve", CHECKIN_BASE_URL="checkin.school.example")


def test_refuses_to_speak_plain_http_to_other_machines(fails: Fails) -> None:
    assert "HTTPS" in fails("serve", "--host", "0.0.0.0")


def test_says_which_port_is_in_use(fails: Fails) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert fails("serve", "--port", port) == (
            f"checkin: port {port} is in use; choose another with --port"
        )


@pytest.mark.parametrize("command", ["serve", "seal"])
def test_leaves_a_newer_database_alone(fails: Fails, checkin: Command, command: str) -> None:
    assert checkin("migrate").returncode == 0
    with closing(sqlite3.connect(checkin.folder / "checkin.sqlite3")) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
    before = (checkin.folder / "checkin.sqlite3").read_bytes()
    assert "newer version of checkin" in fails(command)
    assert (checkin.folder / "checkin.sqlite3").read_bytes() == before


def test_leaves_newer_open_rounds_alone(fails: Fails, checkin: Command) -> None:
    assert checkin("migrate").returncode == 0
    with closing(sqlite3.connect(checkin.folder / "open-rounds.sqlite3")) as file:
        file.execute("PRAGMA user_version = 99")
    fails("seal")


def test_says_that_a_folder_cannot_be_made(fails: Fails, tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    said = fails("seal", CHECKIN_DIR=str(tmp_path / "a-file" / "files"))
    assert "a-file" in said


def test_says_that_a_folder_cannot_be_written(
    fails: Fails,
    checkin: Command,
    disk: SmallDisk,  # noqa: F811
) -> None:
    place = disk.place / "files"
    assert checkin.apart("migrate", CHECKIN_DIR=str(place)).returncode == 0
    disk.make_read_only()
    for command in ("serve", "seal"):
        assert "read-only" in fails(command, CHECKIN_DIR=str(place)).lower()
    assert "ead-only" in fails("seal", CHECKIN_DIR=str(disk.place / "other"))
    disk.make_read_only(False)


def test_says_that_a_disk_is_full(
    fails: Fails,
    checkin: Command,
    disk: SmallDisk,  # noqa: F811
) -> None:
    place = str(disk.place / "files")
    disk.fill()
    fails("seal", CHECKIN_DIR=place)
    disk.empty()
    assert checkin("seal", CHECKIN_DIR=place).returncode == 0


def test_says_that_a_database_cannot_be_reached(fails: Fails) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2"
    fails("seal", CHECKIN_DATABASE_URL=nowhere, CHECKIN_OPEN_ROUNDS_URL=nowhere)


def test_says_that_open_rounds_need_an_address_of_their_own(fails: Fails) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none?connect_timeout=2"
    assert "CHECKIN_OPEN_ROUNDS_URL" in fails("seal", CHECKIN_DATABASE_URL=nowhere)


def test_sets_nothing_up_from_a_file_that_cannot_be_read(
    fails: Fails, checkin: Command, tmp_path: Path
) -> None:
    path = tmp_path / "setup.json"
    for text in ("{", "[]", '{"school": "X"}', "\ufffe"):
        path.write_text(text, encoding="utf-8")
        fails("setup", "--json", str(path))
    checkin.set_up()  # nothing was half set up


def test_sets_a_school_up_once(fails: Fails, checkin: Command, tmp_path: Path) -> None:
    checkin.set_up()
    assert "there is a school already" in fails("setup", "--json", str(tmp_path / "setup.json"))


def test_serves_and_stops_when_interrupted(checkin: Command, free_port: int) -> None:
    checkin.set_up()
    with checkin.running("serve", "--port", str(free_port)) as process:
        assert process.poll() is None
