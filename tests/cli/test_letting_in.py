"""checkin let-in lets the only administrator back in, whose password was lost, without mail."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from checkin.services import passwords, staffing
from checkin.storage import staff
from tests.cli.conftest import SETUP, Command, Fails
from tests.school import HeldClock, an_app

ADAM = SETUP["staff"][0]["email"]
BASE = {"CHECKIN_BASE_URL": "https://checkin.internal"}
NEW = "four words that nobody knows"


def ask(checkin: Command, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(checkin.folder / "checkin.sqlite3")) as file:
        return file.execute(sql).fetchall()


def code_of(said: str) -> str:
    (code,) = re.findall(r"^  type   ((?:[A-Z2-9]{4} ?){4})$", said, re.MULTILINE)
    return code


def is_password(folder: Path, password: str) -> bool:
    return passwords.verify(staff.find_account(ADAM).password_hash, password)


@pytest.fixture
def school(checkin: Command) -> Command:
    checkin.set_up()
    return checkin


def test_prints_a_code_once_with_the_address_to_type_it_at(school: Command) -> None:
    done = school("let-in", f" {ADAM.upper()} ", **BASE)
    assert done.returncode == 0, done.stderr
    assert "https://checkin.internal/join\n" in done.stdout
    assert "Adam may choose a new password" in done.stdout
    code = code_of(done.stdout)
    assert code_of(school("let-in", ADAM).stdout) != code
    stored = "".join(map(str, ask(school, "SELECT * FROM invitation")))
    assert code.replace(" ", "") not in stored


def test_nothing_ends_until_the_code_is_used_and_the_last_one_alone_works(
    school: Command, tmp_path: Path
) -> None:
    first, second = (code_of(school("let-in", ADAM).stdout) for _ in range(2))
    with an_app(school.folder, clock := HeldClock(datetime.now(UTC))):
        assert is_password(school.folder, SETUP["staff"][0]["password"])
        with pytest.raises(staffing.NotLive):
            staffing.look(first, clock())
        staffing.choose_password(second, NEW, "nl", clock())
        assert is_password(school.folder, NEW)
        with pytest.raises(staffing.NotLive):
            staffing.choose_password(second, NEW, "nl", clock())


def test_stands_in_the_record_as_asked_by_nobody_who_signed_in(school: Command) -> None:
    school("let-in", ADAM)
    ((who, what, subject),) = ask(
        school, "SELECT staff_id, what, subject FROM audit ORDER BY number DESC LIMIT 1"
    )
    assert (who, what, subject) == (None, "password-offered", "staff 1")


def test_works_in_a_process_of_its_own_while_the_server_runs(
    school: Command, free_port: int
) -> None:
    with school.running("serve", "--port", str(free_port)):
        done = school.apart("let-in", ADAM)
    assert done.returncode == 0, done.stderr
    assert code_of(done.stdout)


def test_says_whom_it_does_not_know(school: Command, fails: Fails) -> None:
    said = fails("let-in", "nobody@school.example")
    assert said == "Error: nobody who works here has the address nobody@school.example"
