"""checkin take-factors-away lets the only administrator back in, whose phone was lost."""

import sqlite3
from contextlib import closing

from tests.cli.conftest import Command, Fails


def count(checkin: Command, table: str) -> int:
    with closing(sqlite3.connect(checkin.folder / "checkin.sqlite3")) as file:
        return int(file.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_takes_them_away_and_notes_it(checkin: Command) -> None:
    checkin.set_up()
    with closing(sqlite3.connect(checkin.folder / "checkin.sqlite3")) as file:
        (email, id, school) = file.execute("SELECT email, id, school_id FROM staff").fetchone()
        file.execute(
            "INSERT INTO authenticator (school_id, staff_id, label, secret, last_step, added_on)"
            " VALUES (?, ?, 'Phone', x'00', 0, '2026-11-23')",
            (school, id),
        )
        file.commit()
    lines = count(checkin, "audit")
    done = checkin("take-factors-away", f" {email.upper()}")
    assert done.returncode == 0, done.stderr
    assert "signs in with the password alone now" in done.stdout
    assert count(checkin, "authenticator") == 0
    assert count(checkin, "audit") == lines + 1


def test_says_whom_it_does_not_know(checkin: Command, fails: Fails) -> None:
    checkin.set_up()
    said = fails("take-factors-away", "nobody@school.example")
    assert said == "Error: nobody who works here has the address nobody@school.example"
