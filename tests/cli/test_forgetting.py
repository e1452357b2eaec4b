"""checkin forget says what went and how long such things are kept; dry, it only says so."""

import sqlite3
from contextlib import closing

from tests.cli.conftest import Command


def codes_in(checkin: Command) -> int:
    with closing(sqlite3.connect(checkin.folder / "checkin.sqlite3")) as file:
        return file.execute("SELECT count(*) FROM enrolment_code").fetchone()[0]


def test_a_dry_run_deletes_nothing_and_says_the_same(checkin: Command) -> None:
    checkin.set_up()
    with closing(sqlite3.connect(checkin.folder / "checkin.sqlite3")) as file:
        file.execute(
            "INSERT INTO enrolment_code (code_hash, school_id, classroom_id, made_by, expires_at,"
            " wrong_tries) VALUES (x'00', 1, 1, 1, '2020-01-01 00:00:00.000000', 0)"
        )
        file.commit()
    dry = checkin("forget", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout.startswith("would forget:\n")
    assert dry.stdout.splitlines()[1:] == ["       1 enrolment codes (kept a day after they ended)"]
    assert codes_in(checkin) == 1
    done = checkin("forget")
    assert done.stdout.splitlines()[1:] == dry.stdout.splitlines()[1:]
    assert codes_in(checkin) == 0
    for words in ((), ("--dry-run",)):
        again = checkin("forget", *words)
        assert (again.returncode, again.stdout) == (0, "there is nothing past its time\n")


def test_all_that_is_kept_is_named_when_asked_for(checkin: Command) -> None:
    checkin.set_up()
    said = checkin("forget", "--dry-run", "--all").stdout.splitlines()
    assert said[0] == "would forget:"
    assert "       0 talk requests (kept 10 school weeks after they were closed)" in said
    assert len(said) > 10
