"""The file of the open rounds: durable, zeroed, without time or order, out of reach of pages."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.exc import DatabaseError

from checkin.storage.database import db
from checkin.storage.open_rounds import open_rounds
from tests.school import a_tap, small_school, taps


@pytest.fixture
def school(tmp_path):
    with small_school(tmp_path) as made:
        yield made


def test_what_the_open_file_keeps_of_a_tap_has_no_time_and_no_order(school):
    school.tap(*taps(3, 4))
    with closing(sqlite3.connect(open_rounds().path)) as file:
        columns = {
            name: [column for _, column, *_ in file.execute(f"PRAGMA table_info({name})")]
            for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    assert columns["spent_key"] == ["key", "school", "classroom", "week"]
    assert columns["open_round"] == ["school", "classroom", "day", "moment", "taps", "heavy"]
    assert "sqlite_sequence" not in columns


def test_the_open_file_is_durable_and_zeroes_what_it_deletes(school):
    school.tap(a_tap())
    pragma = open_rounds().run(
        lambda tx: [
            tx._execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete")
        ]
    )
    assert pragma == ["truncate", 2, 1]


def test_a_connection_that_serves_pages_cannot_reach_the_open_file(school):
    with pytest.raises(DatabaseError, match="not authorized"):
        db.session.execute(db.text(f"ATTACH DATABASE '{open_rounds().path}' AS open"))
