"""From every version a database is brought to this one with all that is in it, or not at all."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask_migrate import downgrade
from sqlalchemy import inspect, text

from checkin.services.forgetting import COPIES_KEPT, forget
from checkin.storage import migrating, schools
from checkin.storage.database import MIGRATIONS, StorageUnavailable, db, is_current
from checkin.storage.migrating import SUFFIX, migrate
from tests.faults.conftest import disk  # noqa: F401  # a fixture
from tests.keeping import a_released_school, rows_of_file
from tests.often import first
from tests.processes import KILLED, WINDOWS
from tests.school import SECRET

ROOT = Path(__file__).parents[2]
KEPT = ("classroom", "opening", "staff", "staff_role", "tablet", "released_round")
REVISIONS = migrating.known_revisions()


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request, tmp_path):
    urls = () if request.param == "sqlite" else (request.getfixturevalue("new_database"),)
    with a_released_school(tmp_path, *urls) as made:
        yield made


@pytest.fixture
def on_file(tmp_path):
    with a_released_school(tmp_path / "files") as made:
        yield made


def counts():
    return {name: db.session.scalar(text(f"SELECT count(*) FROM {name}")) for name in KEPT}


def go_back_to(revision):
    db.session.remove()
    migrating._register()
    downgrade(directory=str(MIGRATIONS), revision=revision)


def test_from_each_version_everything_is_still_there(school):
    before = counts()
    assert all(before.values())
    rooms = [schools.get_classroom(id) for id in school.classrooms]
    for revision in reversed(REVISIONS[:-1]):
        go_back_to(revision)
        assert not is_current()
        assert migrate() is True
        assert is_current()
        assert counts() == before, revision
        assert [schools.get_classroom(id).name for id in school.classrooms] == [
            room.name for room in rooms
        ]
    assert migrate() is False


def test_an_older_file_is_copied_aside_first(on_file, tmp_path):
    go_back_to("0011")
    copy = tmp_path / "files" / f"checkin.sqlite3{SUFFIX}"
    assert not copy.exists()
    migrate()
    assert rows_of_file(copy, "alembic_version") == {"alembic_version": [("0011",)]}
    assert rows_of_file(copy, "released_round")["released_round"]
    assert WINDOWS or copy.stat().st_mode & 0o777 == 0o600
    forget(on_file.clock.now)
    assert copy.exists()


def test_that_copy_is_forgotten_in_time(on_file, tmp_path):
    go_back_to("0011")
    migrate()
    later = datetime.now(UTC) + COPIES_KEPT + timedelta(days=1)
    assert forget(later, dry_run=True).copies == 1
    assert forget(later).copies == 1
    assert forget(later).copies == 0
    assert not list((tmp_path / "files").glob(f"*{SUFFIX}"))


def test_where_there_is_no_room_for_the_copy_nothing_is_changed(disk):  # noqa: F811
    with a_released_school(disk.place / "files"):
        go_back_to("0011")
        db.session.remove()
        disk.fill()
        with pytest.raises(StorageUnavailable, match="no room"):
            migrate()
        disk.empty()
        columns = {one["name"] for one in inspect(db.engine).get_columns("school")}
        assert "home" in columns
        assert not is_current()
        migrate()
        assert is_current()


def test_rows_that_point_to_nothing_are_no_end_of_a_migration(on_file, tmp_path):
    go_back_to("0011")
    with closing(sqlite3.connect(tmp_path / "files" / "checkin.sqlite3")) as file:
        file.execute("UPDATE opening SET classroom_id = 99 WHERE classroom_id = 1")
        file.commit()
    with pytest.raises(StorageUnavailable, match="nothing was changed"):
        migrate()
    assert not is_current()


DYING = """
import os, sys
from sqlalchemy import Engine, event
from checkin.cli import main

steps, after = [0], int(sys.argv[1])

@event.listens_for(Engine, "after_cursor_execute")
def count(connection, cursor, statement, *more):
    if statement.lstrip().split()[0] in ("CREATE", "ALTER", "INSERT", "UPDATE", "DROP"):
        steps[0] += 1
        if steps[0] == after:
            os.kill(os.getpid(), 9)

sys.argv = ["checkin", "migrate"]
main()
"""


def migrate_and_die(folder, after, **settings):
    """Migrate in a process of its own, which is killed after so many changes."""
    own = {"CHECKIN_DIR": str(folder), "CHECKIN_SECRET_KEY": SECRET, **settings}
    command = [sys.executable, "-c", DYING, str(after)]
    done = subprocess.run(command, cwd=ROOT, env=own, timeout=60, capture_output=True)
    assert done.returncode == KILLED, done.stderr


@pytest.mark.parametrize("after", first([7, 1, 20]))
def test_killed_in_the_middle_the_database_is_as_it_was(on_file, tmp_path, after):
    go_back_to("0003")
    db.engine.dispose()
    file = tmp_path / "files" / "checkin.sqlite3"
    before = rows_of_file(file, "sqlite_master", "alembic_version", *KEPT)
    migrate_and_die(file.parent, after)
    assert rows_of_file(file, "sqlite_master", "alembic_version", *KEPT) == before
    migrate()
    assert is_current()


@pytest.mark.parametrize("after", first([20, 1]))
def test_so_is_one_on_a_server(database, tmp_path, after):
    columns = """
        SELECT table_name, column_name, data_type FROM information_schema.columns
        WHERE table_schema = 'public' ORDER BY 1, 2"""
    urls = {
        "CHECKIN_DATABASE_URL": database.url,
        "CHECKIN_OPEN_ROUNDS_URL": database.open_rounds_url,
    }
    with a_released_school(tmp_path, *urls.values()):
        go_back_to("0003")
        db.session.remove()
        before = database.ask(columns), counts()
        db.session.remove()
        migrate_and_die(tmp_path, after, **urls)
        assert (database.ask(columns), counts()) == before
        db.session.remove()
        migrate()
        assert is_current()
