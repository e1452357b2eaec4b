"""A full disk, a read-only folder, a locked file: nothing is acknowledged that is not stored."""

import sqlite3
from contextlib import closing

import pytest

from checkin.domain.rounds import Moment
from checkin.domain.taps import Status
from checkin.services import tapping
from checkin.services.faults import NewerDatabase, StorageUnavailable
from checkin.services.housekeeping import check_storage, prepare_storage
from checkin.storage.database import db
from checkin.storage.open_rounds import file, open_rounds
from tests.school import HeldClock, a_tap, at, make_app, taps


def so_far(school):
    return tapping.taps_so_far([school.round()])[0]


def close_all_files():
    open_rounds()._abandon()
    db.session.remove()
    db.engine.dispose()


def tap_until_it_fails(school):
    stored = 0
    with pytest.raises(StorageUnavailable):
        for _ in range(3000):
            school.tap(*taps(0, 50))
            stored += 50
    return stored


def test_a_full_disk_stores_all_of_a_batch_or_nothing(school_on_disk, disk):
    school_on_disk.tap(*taps(0, 5))
    disk.fill()
    stored = 5 + tap_until_it_fails(school_on_disk)
    disk.empty()
    assert so_far(school_on_disk) == stored


def test_after_a_full_disk_the_same_tap_is_stored_once(school_on_disk, disk):
    disk.fill()
    tap_until_it_fails(school_on_disk)
    batch = taps(0, 50)
    with pytest.raises(StorageUnavailable):
        school_on_disk.tap(*batch)
    disk.empty()
    results = school_on_disk.tap(*batch) + school_on_disk.tap(*batch)
    assert [r.status for r in results] == [Status.STORED] * 50 + [Status.KNOWN] * 50


def test_a_read_only_folder_stores_nothing_and_says_so(school_on_disk, disk):
    school_on_disk.tap(a_tap())
    close_all_files()
    disk.make_read_only()
    with pytest.raises(StorageUnavailable):
        school_on_disk.tap(a_tap())
    with pytest.raises(StorageUnavailable):
        check_storage()
    close_all_files()
    disk.make_read_only(False)
    check_storage()
    assert so_far(school_on_disk) == 1


def test_a_locked_file_is_waited_for_and_then_refused(school, monkeypatch):
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.2)
    school.tap(a_tap())
    with closing(sqlite3.connect(open_rounds().path, isolation_level=None)) as other:
        open_rounds()._abandon()  # so that the next job opens with the short patience
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageUnavailable):
            school.tap(a_tap())
        other.execute("ROLLBACK")
    assert so_far(school) == 1


def test_a_broken_open_file_does_not_take_the_program_down(school):
    open_rounds()._abandon()
    open_rounds().path.write_bytes(b"this is no database" * 100)
    with pytest.raises(StorageUnavailable):
        school.tap(a_tap())
    with pytest.raises(StorageUnavailable):
        check_storage()


def test_an_error_in_one_job_does_not_touch_the_others(school):
    def fails(tx):
        tx.count_late(school.id, school.classrooms[0], "2026-W48", kept=True)
        raise LookupError

    with pytest.raises(LookupError):
        open_rounds().run(fails)
    assert tapping.late_taps(school.classrooms[0], "2026-W48").kept == 0
    school.clock.now = at(14, 10)
    assert school.tap(a_tap(moment=Moment.CHECK_OUT))[0].status is Status.STORED


def test_a_database_of_a_newer_version_is_left_alone(school, tmp_path):
    db.session.execute(db.text("UPDATE alembic_version SET version_num = '9999'"))
    db.session.commit()
    newer = pytest.raises(NewerDatabase, match="newer version")
    with make_app(tmp_path, HeldClock()).app_context(), newer:
        prepare_storage()


def test_open_rounds_of_a_newer_version_are_left_alone(school):
    open_rounds()._abandon()
    with closing(sqlite3.connect(open_rounds().path)) as file:
        file.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageUnavailable):
        school.tap(a_tap())
