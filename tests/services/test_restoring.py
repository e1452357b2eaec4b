"""Going back to a backup: all of it or nothing, and no round opens again."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from checkin.cli.backing_up import backup, restore
from checkin.domain.rounds import Moment
from checkin.services import auditing, enrolling, sealing
from checkin.services.backing_up_locks import NotOpened, OpenWith, open_locked
from checkin.services.restoring import RESTORED
from checkin.storage import released, schools
from tests.adversary.places import SAME_SITE
from tests.keeping import (
    IDENTITY,
    PASSPHRASE,
    a_released_school,
    back_up,
    opened,
    restored,
    rows_of_file,
    run,
)
from tests.school import PASSWORD, HeldClock, SmallSchool, an_app, at, taps

AT_FIRST = ("released_round", "released_week", "classroom", "opening", "staff", "tablet")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def copy(folder, tmp_path):
    """A backup of a school whose server stopped after it."""
    with a_released_school(folder):
        back_up(folder, tmp_path / "copy.age")
    return tmp_path / "copy.age"


def rows_of(folder, *tables):
    return rows_of_file(folder / "checkin.sqlite3", *(tables or AT_FIRST))


def change(folder, sql="UPDATE school SET name = 'Later'"):
    with closing(sqlite3.connect(folder / "checkin.sqlite3")) as file:
        file.execute(sql)
        file.commit()


def name_in(folder):
    ((_, name, *_more),) = rows_of(folder, "school")["school"]
    return name


def leftovers(folder):
    return [one.name for one in folder.iterdir() if "restore-" in one.name or "new" in one.name]


def test_into_an_empty_folder_everything_comes_back(copy, folder, tmp_path):
    done = restored(tmp_path / "new", copy)
    assert done.exit_code == 0, done.exception
    assert "restored De Waterlelie as of" in done.output
    assert rows_of(tmp_path / "new") == rows_of(folder)
    assert leftovers(tmp_path / "new") == []


def test_a_school_that_is_there_is_replaced_only_when_told(copy, folder):
    change(folder)
    said = str(restored(folder, copy).exception)
    assert "already (Later), and the backup holds De Waterlelie: --replace" in said
    assert leftovers(folder) == []
    assert name_in(folder) == "Later"
    done = restored(folder, copy, "--replace")
    assert done.exit_code == 0, done.exception
    assert name_in(folder) == "De Waterlelie"
    (kept,) = folder.glob("checkin.sqlite3.before-restore-*")
    assert str(kept) in done.output
    ((_, name, *_more),) = rows_of_file(kept, "school")["school"]
    assert name == "Later"


def test_while_the_server_runs_it_is_refused(copy, folder):
    with closing(sqlite3.connect(folder / "checkin.sqlite3")) as server:
        server.execute("PRAGMA journal_mode=WAL")
        server.execute("SELECT 1 FROM school").fetchall()
        refused = restored(folder, copy, "--replace")
        assert "stop 'checkin serve'" in str(refused.exception)
        change(folder)
    assert name_in(folder) == "Later"
    assert leftovers(folder) == []


def spoil(folder):
    """Write nonsense over a school, and leave a log beside it that would still be read."""
    file, log = folder / "checkin.sqlite3", folder / "checkin.sqlite3-wal"
    with closing(sqlite3.connect(file)) as server:
        server.execute("PRAGMA journal_mode=WAL")
        server.execute("UPDATE school SET name = 'Later'")
        server.commit()
        left = log.read_bytes()
    assert left
    file.write_bytes(os.urandom(5000))
    log.write_bytes(left)


def test_a_file_nobody_can_read_is_replaced_when_told(copy, folder):
    """The very reason to go back: the disk spoilt the school."""
    spoil(folder)
    assert "(one that cannot be read)" in str(restored(folder, copy).exception)
    done = restored(folder, copy, "--replace")
    assert done.exit_code == 0, done.exception
    assert name_in(folder) == "De Waterlelie"
    assert len(list(folder.glob("checkin.sqlite3.before-restore-*Z"))) == 1


def test_a_log_that_was_left_without_its_file_is_not_read_into_the_new_one(copy, folder):
    spoil(folder)
    (folder / "checkin.sqlite3").unlink()
    assert restored(folder, copy).exit_code == 0
    assert name_in(folder) == "De Waterlelie"


def test_everybody_signs_in_again_and_tablets_go_on(folder, tmp_path):
    """Also after a copy that somebody made by hand, with all that is of the moment in it."""
    with a_released_school(folder) as school:
        form = {"email": "tess@school.example", "password": PASSWORD}
        school.app.test_client().post("/sign-in", data=form, headers=SAME_SITE)
        passing = ("staff_session", "enrolment_code")
        assert all(rows_of(folder, *passing).values())
        with closing(sqlite3.connect(folder / "checkin.sqlite3")) as file:
            file.execute("VACUUM INTO ?", (str(tmp_path / "copy.sqlite3"),))
    done = run(restore, tmp_path / "new", tmp_path / "copy.sqlite3")
    assert done.exit_code == 0, done.exception
    assert not any(rows_of(tmp_path / "new", *passing).values())
    with an_app(tmp_path / "new", HeldClock()):
        assert enrolling.find_tablet(school.token) is not None


def test_the_record_of_who_looked_tells_of_it_and_is_whole(copy, tmp_path):
    restored(tmp_path / "new", copy)
    with an_app(tmp_path / "new", HeldClock()):
        assert auditing.check(1).broken is None
    lines = rows_of(tmp_path / "new", "audit")["audit"]
    assert any(RESTORED in line for line in lines)


def test_no_round_of_that_day_opens_again(copy, tmp_path):
    """On another machine nothing knows which lights somebody saw."""
    restored(tmp_path / "new", copy)
    with an_app(tmp_path / "new", HeldClock()):
        lost_on = schools.get_school(1).lost_on
        assert lost_on is not None
        assert lost_on >= datetime.now(UTC).date()


def test_a_light_that_was_seen_since_is_not_followed_by_another(folder, tmp_path):
    with a_released_school(folder) as school:
        back_up(folder, tmp_path / "copy.age")
        school.tap(*taps(9, 3, moment=Moment.CHECK_OUT))
        seen = school.seal(school.round(Moment.CHECK_OUT)).round.released
    assert seen.light is not None
    assert restored(folder, tmp_path / "copy.age", "--replace").exit_code == 0
    with an_app(folder, HeldClock(at(14, 10))) as app:
        again = SmallSchool(app, HeldClock(at(14, 10)), 1, (1, 2), school.token)
        again.tap(*taps(0, 12, moment=Moment.CHECK_OUT))
        sealing.seal_due(at(20))
        after = released.find_round(again.round(Moment.CHECK_OUT))
    assert after is None or after.released == seen


def test_a_wrong_passphrase_or_none_changes_nothing(folder, tmp_path):
    file = tmp_path / "copy.age"
    with a_released_school(folder):
        run(backup, folder, file, CHECKIN_BACKUP_PASSPHRASE=PASSPHRASE)
    for other in ("another passphrase", ""):
        done = run(restore, tmp_path / "new", file, CHECKIN_BACKUP_PASSPHRASE=other)
        assert "not restored" in str(done.exception)
        assert not list((tmp_path / "new").glob("*.sqlite3"))
    right = run(restore, tmp_path / "new", file, CHECKIN_BACKUP_PASSPHRASE=PASSPHRASE)
    assert right.exit_code == 0, right.exception


def test_a_file_that_was_cut_off_is_never_opened(copy):
    content, key = copy.read_bytes(), OpenWith(identities=(str(IDENTITY),))
    assert open_locked(content, key)
    ends = [*range(0, len(content), 1024), len(content) - 1]
    assert len(ends) > 100
    for end in ends:
        with pytest.raises(NotOpened):
            open_locked(content[:end], key)


def test_a_file_in_which_one_bit_was_turned_is_refused(copy, tmp_path):
    content = bytearray(copy.read_bytes())
    for place in (3, 100, len(content) // 2, len(content) - 1):
        content[place] ^= 4
        (tmp_path / "bad.age").write_bytes(content)
        assert "not restored" in str(restored(tmp_path / "new", tmp_path / "bad.age").exception)
        content[place] ^= 4


def test_an_unlocked_file_that_was_changed_is_refused(folder, tmp_path):
    file = tmp_path / "copy.sqlite3"
    with a_released_school(folder):
        run(backup, folder, file, "--unencrypted")
    content = bytearray(file.read_bytes())
    content[content.index(b"De Waterlelie")] ^= 1
    file.write_bytes(content)
    assert "sha256" in str(run(restore, tmp_path / "new", file).exception)
    file.with_name("copy.sqlite3.sha256").unlink()
    file.write_bytes(content[: len(content) // 2])
    assert "not restored" in str(run(restore, tmp_path / "new", file).exception)


def test_a_record_that_was_tampered_with_is_refused(copy, tmp_path):
    plain = tmp_path / "copy.sqlite3"
    plain.write_bytes(opened(copy))
    with closing(sqlite3.connect(plain)) as file:
        file.execute("DROP TRIGGER audit_is_never_changed")
        file.execute("UPDATE audit SET what = 'slept' WHERE number = 1")
        file.commit()
    done = run(restore, tmp_path / "new", plain)
    assert "tampered" in str(done.exception)
    assert not (tmp_path / "new" / "checkin.sqlite3").exists()


def test_one_of_a_newer_version_is_refused(copy, tmp_path):
    plain = tmp_path / "copy.sqlite3"
    plain.write_bytes(opened(copy))
    with closing(sqlite3.connect(plain)) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()
    assert "newer version" in str(run(restore, tmp_path / "new", plain).exception)


@pytest.mark.parametrize("what", ["a picture", "an empty database", "nothing"])
def test_what_is_no_backup_is_refused(what, tmp_path):
    file = tmp_path / "file"
    file.write_bytes(b"\x89PNG" if what == "a picture" else b"")
    if what == "an empty database":
        with closing(sqlite3.connect(file)) as empty:
            empty.execute("CREATE TABLE x (y)")
    assert "not restored" in str(run(restore, tmp_path / "new", file).exception)
