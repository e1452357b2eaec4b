"""A backup holds all of a school at one instant, no open round, and is locked or says it is not."""

import sqlite3
import subprocess
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pyrage
import pytest

from checkin.cli.backing_up import backup
from checkin.config import Config, UnsafeConfig, read_config
from checkin.services import backing_up, forgetting
from checkin.services.backing_up_apart import lock_apart
from checkin.services.backing_up_files import NAME
from checkin.services.backing_up_locks import Lock
from checkin.services.housekeeping import Housekeeper
from checkin.storage import backups
from checkin.storage.database import db
from checkin.storage.open_rounds.file import SCHEMA
from tests.keeping import (
    IDENTITY,
    PASSPHRASE,
    a_released_school,
    back_up,
    opened,
    rows_of_file,
    run,
)
from tests.processes import WINDOWS, not_on_windows
from tests.school import SECRET, a_tap, taps

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
LOCK = Lock(recipients=(str(IDENTITY.to_public()),))
OPEN_TABLES = [line.split()[5] for line in SCHEMA.splitlines() if line.startswith("CREATE")]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def school(folder):
    with a_released_school(folder) as made:
        yield made


@pytest.fixture
def nightly(school, tmp_path):
    """The folder into which the school is backed up by itself."""
    goes_to = tmp_path / "backups"
    config = school.app.extensions["checkin_config"]
    new = {"backup_dir": goes_to, "backup_recipients": LOCK.recipients, "backup_keep": 3}
    school.app.extensions["checkin_config"] = Config(**{**vars(config), **new})
    return goes_to


def test_all_that_was_released_is_in_it(school, folder, tmp_path):
    back_up(folder, tmp_path / "copy.age")
    (tmp_path / "copy.sqlite3").write_bytes(opened(tmp_path / "copy.age"))
    there = rows_of_file(tmp_path / "copy.sqlite3")
    assert there == rows_of_file(folder / "checkin.sqlite3")
    assert there["released_round"]


def test_no_open_round_is_in_it_by_name_or_by_number(school, folder, tmp_path):
    assert len(OPEN_TABLES) > 5
    key = b"\x5a\xa5" * 8
    school.tap(*taps(2, 3), a_tap(key=key))
    back_up(folder, tmp_path / "copy.age")
    content = opened(tmp_path / "copy.age")
    assert key not in content
    kept_apart = (folder / "open-rounds.sqlite3").read_bytes()
    assert key in kept_apart  # this looks where it would be
    assert b"CREATE TABLE open_round " in kept_apart
    for table in OPEN_TABLES:
        assert f"CREATE TABLE {table} ".encode() not in content, table


def test_nothing_that_was_deleted_is_left_in_it(school, folder, tmp_path):
    with closing(sqlite3.connect(folder / "checkin.sqlite3")) as file:
        file.execute("PRAGMA secure_delete=OFF")
        file.execute("CREATE TABLE gone (text)")
        rows = [("a sentence nobody should find again",)] * 500
        file.executemany("INSERT INTO gone VALUES (?)", rows)
        file.commit()
        file.execute("DROP TABLE gone")
        file.commit()
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sentence = b"nobody should find again"
    assert sentence in (folder / "checkin.sqlite3").read_bytes()
    back_up(folder, tmp_path / "copy.age")
    assert sentence not in opened(tmp_path / "copy.age")


def test_what_is_of_the_moment_stays_out(school, folder, tmp_path):
    browser = school.app.test_client()
    form = {"email": "tess@school.example", "password": "a password of this test"}
    browser.post("/sign-in", data=form, headers={"Sec-Fetch-Site": "same-origin"})
    passing = ("staff_session", "enrolment_code", "guess", "lease")
    assert any(rows_of_file(folder / "checkin.sqlite3", *passing).values())
    back_up(folder, tmp_path / "copy.age")
    (tmp_path / "copy.sqlite3").write_bytes(opened(tmp_path / "copy.age"))
    assert not any(rows_of_file(tmp_path / "copy.sqlite3", *passing).values())


def test_it_is_of_one_instant_while_others_write(school, folder, tmp_path):
    """Half of a transaction is never in it: what was begun and not committed stays out."""
    with closing(sqlite3.connect(folder / "checkin.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE school SET name = 'Half'")
        content = backing_up.images.take(NOW, "x", "none")
        other.execute("ROLLBACK")
    assert b"Half" not in content
    assert b"De Waterlelie" in content


def test_a_passphrase_locks_it_for_plain_age(school, folder, tmp_path):
    file = tmp_path / "copy.age"
    assert run(backup, folder, file, CHECKIN_BACKUP_PASSPHRASE=PASSPHRASE).exit_code == 0
    content = file.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert b"Waterlelie" not in content
    opened = pyrage.passphrase.decrypt(content, PASSPHRASE)
    assert opened.startswith(b"SQLite format 3\0")
    assert WINDOWS or file.stat().st_mode & 0o777 == 0o600


def test_without_a_lock_it_is_refused(school, folder, tmp_path):
    result = run(backup, folder, tmp_path / "copy.age")
    assert "--unencrypted" in str(result.exception)
    assert not (tmp_path / "copy.age").exists()


@not_on_windows  # it has no sha256sum
def test_unlocked_it_says_so_and_has_a_sum(school, folder, tmp_path):
    result = run(backup, folder, tmp_path / "copy.sqlite3", "--unencrypted")
    assert result.exit_code == 0
    assert "not encrypted" in result.output
    check = ["sha256sum", "--check", "copy.sqlite3.sha256"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True).returncode == 0


def test_a_recipient_that_is_none_is_named(school, folder, tmp_path):
    result = run(backup, folder, tmp_path / "copy.age", "--recipient", "age1nobody")
    assert "'age1nobody' is no recipient" in str(result.exception)
    assert list(tmp_path.glob("*.age")) == []


def test_a_file_that_is_there_is_written_over_only_when_told(school, folder, tmp_path):
    file = tmp_path / "copy.age"
    file.write_text("mine")
    result = run(backup, folder, file, "--recipient", IDENTITY.to_public())
    assert "--force" in str(result.exception)
    assert file.read_text() == "mine"
    back_up(folder, file, "--force")
    assert opened(file)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["copy.age", "files"]


def test_older_ones_of_a_folder_go_and_nothing_else(school, folder, tmp_path):
    goes_to = tmp_path / "backups"
    goes_to.mkdir()
    (goes_to / "holiday.age").write_text("mine")
    for day in range(1, 6):
        (goes_to / f"checkin-2026110{day}T020000Z.age").write_text("old")
    back_up(folder, goes_to, "--keep", "3")
    names = sorted(one.name for one in goes_to.iterdir())
    assert names[:2] == ["checkin-20261104T020000Z.age", "checkin-20261105T020000Z.age"]
    assert NAME.fullmatch(names[2])
    assert names[3:] == ["holiday.age"]


def test_it_is_noted_when_and_where(school, folder, tmp_path):
    back_up(folder, tmp_path / "copy.age")
    noted = backing_up.last_backup(datetime.now(UTC))
    assert (noted.file, noted.lock) == (str(tmp_path / "copy.age"), "recipients")
    assert noted.size == (tmp_path / "copy.age").stat().st_size
    assert abs(noted.made_at - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_server_makes_one_every_night_and_keeps_so_many(school, nightly):
    housekeeper = Housekeeper("this process")
    for days in range(5):
        for hours in (0, 3, 9):
            housekeeper.tick(NOW + timedelta(days=days, hours=hours))
    names = sorted(one.name for one in nightly.iterdir())
    assert names == [
        "checkin-20261125T130000Z.age",
        "checkin-20261126T130000Z.age",
        "checkin-20261127T130000Z.age",
    ]


def test_to_lock_one_with_a_passphrase_holds_up_no_tap(school):
    """It is made slow to guess: in this process that would be a second in which nothing moves."""
    over, steps, result = threading.Event(), [], []

    def locking():
        result.append(lock_apart(b"SQLite", Lock(PASSPHRASE)))
        over.set()

    thread = threading.Thread(target=locking)
    thread.start()
    while not over.wait(0.01):
        steps.append(1)
    thread.join()
    assert pyrage.passphrase.decrypt(result[0], PASSPHRASE) == b"SQLite"
    assert len(steps) > 10


def test_a_folder_that_is_gone_is_noted_and_tried_again_in_an_hour(school, nightly):
    nightly.write_text("a file is in its place")
    backing_up.look(NOW)
    assert backing_up.last_backup(NOW + timedelta(hours=2)) is None
    assert backing_up.last_trouble().trouble
    nightly.unlink()
    backing_up.look(NOW + timedelta(minutes=30))
    assert backing_up.last_backup(NOW + timedelta(hours=2)) is None
    backing_up.look(NOW + timedelta(minutes=61))
    assert backing_up.last_backup(NOW + timedelta(hours=2)) is not None


def test_nothing_is_made_where_no_folder_was_named(school):
    backing_up.look(NOW)
    assert backing_up.last_trouble() is None


def test_what_is_known_of_old_backups_is_forgotten_but_for_the_last(school):
    for days in (400, 300, 200):
        then = NOW - timedelta(days=days)
        backups.note(backups.Backup(then, "a", 1, "recipients"))
    db.session.commit()
    assert forgetting.forget(NOW).backups == 2
    assert backing_up.last_backup(NOW).made_at == NOW - timedelta(days=200)
    assert forgetting.forget(NOW).backups == 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"CHECKIN_BACKUP_DIR": "/x"}, "nothing to lock"),
        ({"CHECKIN_BACKUP_PASSPHRASE": "short"}, "too short"),
        ({"CHECKIN_BACKUP_RECIPIENTS": "somebody"}, "age1"),
        ({"CHECKIN_BACKUP_KEEP": "none"}, "number"),
    ],
)
def test_settings_that_would_make_no_sound_backup_are_refused(settings, said):
    with pytest.raises(UnsafeConfig, match=said):
        read_config({"CHECKIN_SECRET_KEY": SECRET, **settings})
