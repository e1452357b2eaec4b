"""The doctor finds what is really broken, says why it matters and what mends it."""

import os
import socket
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import text

from checkin.services import backing_up
from checkin.services.doctor import Level
from checkin.services.doctor.mail import try_mail
from checkin.services.doctor.places import look_at_modes
from checkin.services.housekeeping import Housekeeper
from checkin.storage import backups, tablets
from checkin.storage.backups import Backup
from checkin.storage.database import db
from tests.faults.conftest import disk, school_on_disk  # noqa: F401  # fixtures
from tests.processes import not_on_windows
from tests.school import MONDAY, at, taps
from tests.services.doctoring import (
    A_DAY,
    a_mail_server,
    a_server,
    config_of,
    look_at,
    of,
    the,
)

LOOK, WELL, WRONG = Level.LOOK, Level.WELL, Level.WRONG


@pytest.fixture
def kept(school, tmp_path):
    """The school when it is served, with a backup of today."""
    tmp_path.chmod(0o700)
    Housekeeper("a server").tick(school.clock.now)
    copy = tmp_path / "copy.age"
    copy.touch()
    backups.note(Backup(school.clock.now, str(copy), 1, "passphrase"))
    db.session.commit()
    return school


def test_a_school_that_is_kept_well_has_nothing_wrong(kept):
    found = look_at(kept)
    assert [one for one in found if one.level is WRONG] == []
    for subject in ("folder", "disk", "versions", "database", "record", "rounds", "server"):
        assert the(found, subject, WELL)


@not_on_windows  # its access lists: test_who_can_read
def test_a_folder_and_a_secret_that_others_can_read(kept, tmp_path):
    secret = tmp_path / "secret-key"
    secret.write_text("x")
    secret.chmod(0o644)
    tmp_path.chmod(0o755)
    found = look_at(kept, secret_file=secret)
    assert the(found, "folder", WRONG).mend == f"chmod 700 {tmp_path}"
    assert the(found, "secret", WRONG).mend == f"chmod 600 {secret}"
    os.system(the(found, "folder", WRONG).mend)
    os.system(the(found, "secret", WRONG).mend)
    found = look_at(kept, secret_file=secret)
    assert the(found, "folder", WELL)
    assert the(found, "secret", WELL)


@pytest.mark.skipif(os.name != "posix" or os.geteuid(), reason="only root becomes another")
def test_a_secret_that_the_account_may_not_even_look_at_is_closed(kept):
    with TemporaryDirectory() as away, TemporaryDirectory() as folder:
        secret = Path(away, "secret-key")
        secret.write_text("x", encoding="utf-8")
        secret.chmod(0o644)
        os.chmod(folder, 0o755)
        config = replace(config_of(kept), directory=Path(folder), secret_file=secret)
        os.seteuid(65534)
        try:
            found = list(look_at_modes(config))
        finally:
            os.seteuid(0)
        assert the(found, "secret", WELL)
        assert the(list(look_at_modes(config)), "secret", WRONG)


@pytest.mark.skipif(os.name != "posix" or os.geteuid(), reason="only root gives files away")
def test_files_that_somebody_else_made_in_the_folder(kept, tmp_path):
    (tmp_path / "strange").touch()
    os.chown(tmp_path / "strange", 65534, 65534)
    assert "strange belongs to another" in the(look_at(kept), "owner", WRONG).what
    (tmp_path / "odd").touch()
    os.chown(tmp_path / "odd", 65534, 65534)
    assert "odd, strange belong to another" in the(look_at(kept), "owner", WRONG).what


def test_a_disk_without_room(disk, school_on_disk):  # noqa: F811
    school = school_on_disk
    assert the(look_at(school), "disk", WRONG)
    assert the(look_at(school), "database", WELL)
    disk.fill()
    db.session.remove()
    assert "cannot be" in the(look_at(school), "database", WRONG).what
    disk.empty()


def test_a_folder_without_a_school(kept, tmp_path):
    db.session.remove()
    db.engine.dispose()
    (tmp_path / "checkin.sqlite3").unlink()
    found = look_at(kept)
    assert "not there" in the(found, "database", WRONG).what
    assert of(found, "server") == []
    assert not (tmp_path / "checkin.sqlite3").exists()


@pytest.mark.parametrize(("version", "said"), [("0014", "checkin migrate"), ("9999", "mend")])
def test_a_database_of_another_version(kept, tmp_path, version, said):
    db.session.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    db.session.commit()
    found = look_at(kept)
    assert said in the(found, "database", WRONG).mend
    assert of(found, "record") == []


def test_a_record_that_was_changed(kept, tmp_path):
    with closing(sqlite3.connect(tmp_path / "checkin.sqlite3")) as file:
        file.execute("DROP TRIGGER audit_is_never_changed")
        file.execute("UPDATE audit SET what = 'slept' WHERE number = 1")
        file.commit()
    assert "line 1" in the(look_at(kept), "record", WRONG).what


def test_rounds_that_nobody_sealed(kept):
    kept.tap(*taps(3, 9))
    assert the(look_at(kept), "rounds", WELL)
    found = look_at(kept, at(23))
    assert "1 rounds" in the(found, "rounds", WRONG).what
    assert "checkin seal" in the(found, "rounds", WRONG).mend


def test_looking_seals_nothing(kept):
    kept.tap(*taps(3, 9))
    look_at(kept, at(23))
    assert kept.seal().is_new


def test_a_server_that_stopped_or_never_ran(kept):
    assert "since" in the(look_at(kept, at(12)), "server", WRONG).what
    db.session.execute(text("DELETE FROM lease"))
    db.session.commit()
    assert "ever started" in the(look_at(kept), "server", WRONG).what


def test_a_tablet_that_is_silent_for_days(kept):
    kept.tap(*taps(1, 1))
    assert the(look_at(kept), "tablets", WELL)
    friday = at(9, day=MONDAY + 4 * A_DAY)
    assert "Zon" in the(look_at(kept, friday), "tablets", LOOK).what
    tablets.revoke_tablet(kept.tablet.id, 1, kept.clock.now)
    db.session.commit()
    assert the(look_at(kept, friday), "tablets", WELL)


def test_a_clock_that_ran_ahead(kept):
    kept.tap(*taps(3, 9))
    kept.seal()
    early = kept.clock.now - timedelta(hours=2)
    assert "still to come" in the(look_at(kept, early), "clock", WRONG).what


def test_no_backup_an_old_one_and_one_that_failed(kept):
    later = kept.clock.now + 3 * A_DAY
    assert the(look_at(kept, later), "backups", WELL)
    by_itself = {"backup_dir": config_of(kept).directory}
    assert "the last one is of" in the(look_at(kept, later, **by_itself), "backups", WRONG).what
    backups.note(Backup(later, "/mnt/stick", 0, "none", trouble="No space left on device"))
    db.session.commit()
    assert "No space" in the(look_at(kept, later), "backups", WRONG).what
    db.session.execute(text("DELETE FROM backup"))
    db.session.commit()
    assert "none was ever made" in the(look_at(kept, later), "backups", WRONG).what
    assert "none was ever made" in the(look_at(kept), "backups", LOOK).what


def test_a_backup_by_hand_hides_no_failing_one(kept):
    now = kept.clock.now
    by_itself = {"backup_dir": config_of(kept).directory}
    backups.note(Backup(now - timedelta(hours=1), "/mnt/x", 0, "none", trouble="was killed"))
    db.session.commit()
    found = look_at(kept, now, **by_itself)
    assert "was killed" in the(found, "backups", WRONG).what
    assert not [one for one in of(found, "backups") if one.level is WELL]
    assert the(look_at(kept, now), "backups", WELL), "nothing is made by itself any more"


def test_a_backup_that_is_gone_unlocked_or_beside_the_school(kept, tmp_path):
    assert "same disk" in the(look_at(kept), "backups", LOOK).what
    backups.note(Backup(kept.clock.now, str(tmp_path / "gone"), 1, "none"))
    db.session.commit()
    told = [one.what for one in of(look_at(kept), "backups") if one.level is LOOK]
    assert any("not locked" in what for what in told)
    assert any("not there any more" in what for what in told)
    assert backing_up.last_backup(kept.clock.now).lock == "none"


def test_an_address_where_nobody_answers_or_in_plain_http(kept):
    now = datetime.now(UTC)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert "nobody answers" in the(look_at(kept, now, base_url=nobody), "address", WRONG).what
    elsewhere = of(look_at(kept, now, base_url="http://school.invalid"), "address")
    assert any("plain HTTP" in one.what for one in elsewhere)
    assert the(look_at(kept, now, base_url=None), "address", LOOK)


def test_a_proxy_behind_which_nothing_runs(kept):
    with a_server(status=502) as port:
        found = look_at(kept, datetime.now(UTC), base_url=f"http://127.0.0.1:{port}")
    assert "answers 502" in the(found, "address", WRONG).what


def test_a_server_whose_clock_is_another(kept):
    with a_server(seconds=-300) as port:
        found = look_at(kept, datetime.now(UTC), base_url=f"http://127.0.0.1:{port}")
    assert any("says it is" in one.what for one in of(found, "clock"))


def test_a_mail_server_that_refuses_is_silent_or_not_there(kept):
    with a_mail_server(b"554 we do not know you") as port:
        to = {"smtp_url": f"smtp://127.0.0.1:{port}", "mail_from": "us@school.example"}
        assert "554" in the(look_at(kept, **to), "mail", WRONG).what
    assert "no-connection" in the(look_at(kept, **to), "mail", WRONG).what
    assert the(look_at(kept), "mail", LOOK)


def test_a_mail_server_that_lets_us_in_gets_no_mail_unasked(kept):
    with a_mail_server(b"220 welcome") as port:
        url = f"smtp://127.0.0.1:{port}"
        found = look_at(kept, smtp_url=url, mail_from="us@school.example")
    assert "lets us in" in the(found, "mail", WELL).what
    assert try_mail(config_of(kept), kept.clock.now).level is LOOK


def test_a_backup_from_the_future_is_told_and_hides_nothing(kept, tmp_path):
    ahead = kept.clock.now + 392 * A_DAY
    backups.note(Backup(ahead, str(tmp_path / "ahead.age"), 1, "passphrase"))
    db.session.commit()
    told = [one for one in of(look_at(kept), "backups") if "still to come" in one.what]
    assert [one.level for one in told] == [LOOK]
    assert "2026-11-23" in the(look_at(kept), "backups", WELL).what
    later = look_at(kept, kept.clock.now + 30 * A_DAY)
    assert "the last one is of 2026-11-23" in the(later, "backups", WRONG).what
