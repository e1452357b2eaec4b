"""checkin audit verify reads the whole record, and fails at the first line that is not right."""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.cli.conftest import Command, Fails

WHOLE = re.compile(
    r"school 1 \(De Waterlelie\): (\d+) lines, whole; the last one is (\d+:\w{64})\n"
)


@pytest.fixture
def kept(checkin: Command) -> str:
    """A school whose set-up was noted; returns its last line."""
    checkin.set_up()
    done = checkin("audit", "verify")
    assert done.returncode == 0, done.stderr
    found = WHOLE.fullmatch(done.stdout)
    assert found, done.stdout
    assert int(found[1]) > 0
    return found[2]


def spoil(checkin: Command, *statements: str) -> None:
    with closing(sqlite3.connect(checkin.folder / "checkin.sqlite3")) as file:
        for statement in statements:
            file.execute(statement)
        file.commit()


def test_a_line_noted_elsewhere_is_looked_for(checkin: Command, kept: str, fails: Fails) -> None:
    assert checkin("audit", "verify", "--noted", kept).returncode == 0
    number, _, hash = kept.partition(":")
    said = fails("audit", "verify", "--noted", f"{number}:{hash[::-1]}")
    assert said == f"school 1 (De Waterlelie): line {number} is not the one that was noted"


def test_a_changed_line_is_named_and_the_command_fails(
    checkin: Command, kept: str, fails: Fails
) -> None:
    spoil(
        checkin,
        "DROP TRIGGER audit_is_never_changed",
        "UPDATE audit SET what = 'slept' WHERE number = 1",
    )
    assert fails("audit", "verify") == (
        "school 1 (De Waterlelie): line 1 does not fit what was written"
    )


def test_what_is_no_line_or_school_is_said_in_a_sentence(
    checkin: Command, kept: str, fails: Fails
) -> None:
    assert "there is no such school" in fails("audit", "verify", "--school", "7")
    done = checkin("audit", "verify", "--noted", "12")
    assert done.returncode == 2
    assert "12:9f86" in done.stderr
