"""A school in PostgreSQL is backed up into one file, and moves to and from SQLite by it."""

import psycopg
import pytest
from sqlalchemy import text

from checkin.cli.backing_up import restore
from checkin.services import auditing
from checkin.services.housekeeping import Housekeeper
from checkin.storage import released, schools
from checkin.storage.database import db
from tests.keeping import (
    IDENTITY,
    a_released_school,
    back_up,
    opened,
    restored,
    rows_of_file,
    run,
)
from tests.school import MONDAY, HeldClock, an_app

TABLES = ("released_round", "classroom", "opening", "staff", "staff_role", "audit", "tablet")


def settings_of(database):
    return {
        "CHECKIN_DATABASE_URL": database.url,
        "CHECKIN_OPEN_ROUNDS_URL": database.open_rounds_url,
    }


def count(database, table):
    return database.ask(f"SELECT count(*) FROM {table}")[0][0]


@pytest.fixture
def copy(database, tmp_path):
    """A backup of a school in PostgreSQL."""
    with a_released_school(tmp_path / "files", database.url, database.open_rounds_url):
        back_up(tmp_path / "files", tmp_path / "copy.age", **settings_of(database))
        db.session.remove()
        db.engine.dispose()
    return tmp_path / "copy.age"


def test_it_holds_all_rows_and_no_open_round(copy, database, tmp_path):
    plain = tmp_path / "copy.sqlite3"
    plain.write_bytes(opened(copy))
    for table, rows in rows_of_file(plain, *TABLES).items():
        assert len(rows) == count(database, table), table
    names = {row[1] for row in rows_of_file(plain, "sqlite_master")["sqlite_master"]}
    assert "released_round" in names
    assert not {name for name in names if "open" in name and name != "opening"} - {
        "sqlite_autoindex_opening_1",
        "ix_opening_school_id",
    }


def test_it_moves_to_files_and_back_again(copy, database, tmp_path):
    assert restored(tmp_path / "new", copy).exit_code == 0
    with an_app(tmp_path / "new", HeldClock()):
        before = released.rounds_between(1, MONDAY, MONDAY)
        assert before
        assert auditing.check(1).broken is None
        room = schools.get_classroom(1)
    back_up(tmp_path / "new", tmp_path / "again.age")
    done = restored(
        tmp_path / "files", tmp_path / "again.age", "--replace", **settings_of(database)
    )
    assert done.exit_code == 0, done.exception
    urls = (database.url, database.open_rounds_url)
    with an_app(tmp_path / "files", HeldClock(), *urls):
        assert released.rounds_between(1, MONDAY, MONDAY) == before
        assert schools.get_classroom(1) == room
        assert auditing.check(1).broken is None
        added = schools.add_school("A school more", "midden")  # its number is a new one
        assert added == 2


@pytest.mark.thorough
def test_what_was_there_is_kept_in_a_backup(copy, database, tmp_path):
    database.ask("UPDATE school SET name = 'Later'")
    refused = restored(tmp_path / "files", copy, **settings_of(database))
    assert "--replace" in str(refused.exception)
    assert database.ask("SELECT name FROM school") == [("Later",)]
    done = restored(tmp_path / "files", copy, "--replace", **settings_of(database))
    assert done.exit_code == 0, done.exception
    assert database.ask("SELECT name FROM school") == [("De Waterlelie",)]
    (kept,) = (tmp_path / "files").glob("before-restore-*.age")
    (tmp_path / "kept.sqlite3").write_bytes(opened(kept))
    ((_, name, *_more),) = rows_of_file(tmp_path / "kept.sqlite3", "school")["school"]
    assert name == "Later"


@pytest.mark.thorough
def test_the_record_can_be_changed_no_more_than_before(copy, database, tmp_path):
    restored(tmp_path / "files", copy, "--replace", **settings_of(database))
    with pytest.raises(psycopg.errors.RaiseException, match="only ever added to"):
        database.ask("UPDATE audit SET what = 'slept'")


def test_while_a_server_keeps_house_it_is_refused(copy, database, tmp_path):
    urls = (database.url, database.open_rounds_url)
    with an_app(tmp_path / "files", HeldClock(), *urls):
        Housekeeper("a server").tick(HeldClock().now)
        db.session.execute(text("UPDATE lease SET until = now() + interval '1 minute'"))
        db.session.commit()
        db.session.remove()
        done = restored(tmp_path / "files", copy, "--replace", **settings_of(database))
    assert "stop 'checkin serve'" in str(done.exception)


@pytest.mark.thorough
def test_a_row_that_does_not_fit_leaves_everything_as_it_was(copy, database, tmp_path, monkeypatch):
    """Filling is one transaction: what fails at the end undoes the beginning."""
    database.ask("UPDATE school SET name = 'Later'")
    database.ask("ALTER TABLE tablet ADD CONSTRAINT nobody CHECK (label = 'nobody') NOT VALID")
    done = restored(tmp_path / "files", copy, "--replace", **settings_of(database))
    assert done.exception is not None
    assert database.ask("SELECT name FROM school") == [("Later",)]
    assert count(database, "tablet") == 1


def test_the_restore_of_a_plain_copy_needs_something_to_lock_the_old_one_with(
    copy, database, tmp_path
):
    plain = tmp_path / "copy.sqlite3"
    plain.write_bytes(opened(copy))
    done = run(restore, tmp_path / "files", plain, "--replace", **settings_of(database))
    assert "CHECKIN_BACKUP_PASSPHRASE" in str(done.exception)
    assert IDENTITY
