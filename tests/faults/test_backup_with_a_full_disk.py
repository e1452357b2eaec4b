"""With the disk of the school full, a backup goes to another disk all the same."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from checkin.services import backing_up
from checkin.services.backing_up_locks import Lock
from checkin.storage.database import db
from tests.cli.conftest import Command, free_port  # noqa: F401  # a fixture
from tests.faults.conftest import disk, school_on_disk  # noqa: F401  # fixtures
from tests.keeping import IDENTITY, opened

LOCK = Lock(recipients=(str(IDENTITY.to_public()),))
DAY = timedelta(days=1)


@pytest.fixture
def full(disk, school_on_disk):  # noqa: F811
    """A school that is served, and has no byte left."""
    db.session.remove()
    disk.fill()
    return school_on_disk


def test_it_is_whole_and_says_that_nothing_was_noted(full, tmp_path):
    made = backing_up.back_up(tmp_path / "copy.age", LOCK, full.clock.now)
    assert not made.is_noted
    assert b"De Waterlelie" in opened(tmp_path / "copy.age")


def test_no_older_one_is_removed_for_it(full, tmp_path):
    names = [f"checkin-2026110{day}T020000Z.age" for day in (1, 2, 3)]
    for name in names:
        (tmp_path / name).write_text("old")
    made = backing_up.back_up(tmp_path, LOCK, full.clock.now, keep=1)
    assert made.removed == 0
    assert {*names, made.file.name} == {one.name for one in tmp_path.glob("*.age")}


def test_by_itself_it_is_made_once_a_night(full, tmp_path, caplog):
    goes_to = tmp_path / "elsewhere"
    extensions = full.app.extensions
    new = {"backup_dir": goes_to, "backup_recipients": LOCK.recipients}
    extensions["checkin_config"] = replace(extensions["checkin_config"], **new)
    with caplog.at_level(logging.WARNING):
        for minutes in (0, 10, 20):
            backing_up.look(full.clock.now + timedelta(minutes=minutes))
    assert len(list(goes_to.iterdir())) == 1
    assert "was made; that cannot be noted" in caplog.text
    backing_up.look(full.clock.now + DAY)
    assert len(list(goes_to.iterdir())) == 2


@pytest.mark.parametrize("is_served", [True, False])
def test_by_hand_it_says_so_and_succeeds(
    disk,  # noqa: F811
    tmp_path,
    free_port,  # noqa: F811
    is_served,
):
    checkin = Command(disk.place / "files")
    checkin.set_up()
    lock = ("--recipient", LOCK.recipients[0])
    if is_served:
        with checkin.running("serve", "--port", str(free_port)):
            disk.fill()
            done = checkin.apart("backup", str(tmp_path / "copy.age"), *lock)
            disk.empty()
    else:
        disk.fill()
        done = checkin.apart("backup", str(tmp_path / "copy.age"), *lock)
    assert done.returncode == 0, done.stderr
    assert "the backup is whole; that it was made cannot be noted" in done.stderr
    assert b"De Waterlelie" in opened(tmp_path / "copy.age")
