"""The audit is only ever added to, by one at a time, and shows what was done to it."""

import subprocess
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from checkin.domain.audit import Break, Place, Why
from checkin.services import auditing, forgetting
from checkin.storage import audit
from checkin.storage.database import MIGRATIONS, db
from tests.school import at, small_school

ROOT = Path(__file__).parents[2]
OTHERWISE = {
    "school_id": "2",
    "number": "99",
    "at": "'2026-11-23 09:00:00.000001'",
    "staff_id": "NULL",
    "what": "'slept'",
    "subject": "'flag 8'",
    "previous": "'f'",
    "hash": "'e'",
}
TRIGGERS = {
    "audit": ("audit_is_never_changed", "audit_is_only_forgotten"),
    "audit_head": ("audit_head_stays", "audit_head_only_moves_on"),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request):
    return None if request.param == "sqlite" else request.getfixturevalue("new_database")


@pytest.fixture
def school(tmp_path, url):
    with small_school(tmp_path, url) as made:
        yield made


def look(school, count, day=0):
    """Add lines to the first one, which tells that the school was set up."""
    for n in range(count):
        when = at(9, n) + timedelta(days=day)
        audit.add(school.id, when, 1, "looked", f"flag {n}")
        db.session.commit()


def do(statement):
    db.session.execute(text(statement))


def without_triggers():
    """Do as somebody who has the database itself in hand."""
    for table, names in TRIGGERS.items():
        for name in names:
            on_table = "" if db.engine.dialect.name == "sqlite" else f" ON {table}"
            do(f"DROP TRIGGER {name}{on_table}")
    db.session.commit()


def test_looks_come_back_newest_first(school):
    look(school, 2)
    look(school, 1)
    assert [found.at for found in audit.looks_at("flag 0")] == [at(9), at(9)]
    assert audit.looks_at("flag 1")[0].by == "Tess"


def test_the_database_refuses_to_change_or_remove_a_line(school):
    look(school, 3)
    for statement in (
        "UPDATE audit SET what = 'slept' WHERE number = 2",
        "DELETE FROM audit WHERE number = 2",
        "DELETE FROM audit",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET number = number - 1",
        "UPDATE audit_head SET forgotten = number + 1",
    ):
        with pytest.raises(DatabaseError, match="only ever added to"):
            do(statement)
        db.session.rollback()
    assert auditing.check(school.id).broken is None


def test_a_changed_column_of_a_line_is_found(school):
    do(
        "INSERT INTO school (id, name, region, zone, floor, timetable_version, is_demo)"
        " VALUES (2, 'Elders', 'Noord', 'Europe/Amsterdam', 7, 1, false)"
    )
    look(school, 3)
    without_triggers()
    for column, value in OTHERWISE.items():
        do(f"UPDATE audit SET {column} = {value} WHERE school_id = 1 AND number = 2")
        found = auditing.check(school.id).broken  # which ends the transaction: nothing stays
        assert found is not None, column
        assert found.number == 2, column
    assert auditing.check(school.id).broken is None


DONE = [
    ("DELETE FROM audit WHERE number = 1", Break(1, Why.MISSING)),
    ("DELETE FROM audit WHERE number = 4", Break(4, Why.MISSING)),
    ("DELETE FROM audit", Break(1, Why.MISSING)),
    ("DELETE FROM audit_head", Break(1, Why.INSERTED)),
    ("UPDATE audit_head SET number = 3", Break(3, Why.CHANGED)),
    (
        "INSERT INTO audit SELECT school_id, 5, at, staff_id, what, subject, previous, hash"
        " FROM audit WHERE number = 4",
        Break(5, Why.INSERTED),
    ),
    (
        "INSERT INTO audit SELECT school_id, 0, at, staff_id, what, subject, previous, hash"
        " FROM audit WHERE number = 4",
        Break(0, Why.INSERTED),
    ),
]


def test_removed_and_added_lines_are_found(school):
    look(school, 3)
    without_triggers()
    for statement, found in DONE:
        do(statement)
        assert auditing.check(school.id).broken == found, statement
    assert auditing.check(school.id).broken is None


def test_swapped_lines_are_found(school):
    look(school, 3)
    without_triggers()
    for was, becomes in ((2, 99), (3, 2), (99, 3)):
        do(f"UPDATE audit SET number = {becomes} WHERE number = {was}")
    assert auditing.check(school.id).broken == Break(2, Why.CHANGED)


def test_a_cut_with_the_end_moved_is_found_by_what_was_noted_elsewhere(school):
    look(school, 3)
    noted = auditing.check(school.id).ends.head
    without_triggers()
    do("DELETE FROM audit WHERE number > 2")
    do("UPDATE audit_head SET number = 2, hash = (SELECT hash FROM audit WHERE number = 2)")
    db.session.commit()
    assert auditing.check(school.id).broken is None
    assert auditing.check(school.id, noted).broken == Break(4, Why.NOTED)


def test_forgetting_keeps_an_anchor_and_the_chain_whole(school):
    look(school, 2)
    noted = auditing.check(school.id).ends.head
    look(school, 2, day=400)
    soon = at(9) + timedelta(days=729)
    assert forgetting.forget(soon).audit == 0
    later = at(12) + timedelta(days=731)
    assert forgetting.forget(later).audit == 3
    assert forgetting.forget(later).audit == 0
    checked = auditing.check(school.id)
    assert checked.broken is None
    assert (checked.ends.anchor, checked.kept) == (noted, 3)  # two looks, and that it was forgotten
    assert auditing.check(school.id, noted).broken is None
    assert forgetting.forget(at(12) + timedelta(days=3000)).audit == 3
    assert auditing.check(school.id).broken is None
    look(school, 1, day=3001)
    assert auditing.check(school.id).broken is None


def test_lines_removed_as_if_forgotten_are_found(school):
    look(school, 3)
    do(
        "UPDATE audit_head SET forgotten = 2,"
        " forgotten_hash = (SELECT hash FROM audit WHERE number = 2)"
    )
    do("DELETE FROM audit WHERE number <= 2")  # which the triggers cannot tell from forgetting
    assert auditing.check(school.id).broken == Break(2, Why.ANCHOR)


def test_each_school_has_a_chain_of_its_own(school):
    do(
        "INSERT INTO school (id, name, region, zone, floor, timetable_version, is_demo)"
        " VALUES (2, 'Elders', 'Noord', 'Europe/Amsterdam', 7, 1, false)"
    )
    look(school, 1)
    audit.add(2, at(9), None, "looked", "flag 3")
    db.session.commit()
    assert [auditing.check(id).ends.head.number for id in (1, 2)] == [2, 1]


def test_several_processes_add_to_one_chain(school, tmp_path, url):
    look(school, 1)
    line = [sys.executable, "-m", "tests.storage.audit_process"]
    command = [*line, str(tmp_path), url or "", str(school.id), "15"]
    several = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(3)
    ]
    try:
        for one in several:
            assert one.stdout.readline().strip() == b"ready"
        for one in several:
            one.stdin.close()
        assert [one.wait(timeout=120) for one in several] == [0, 0, 0]
    finally:
        for one in several:
            with suppress(ProcessLookupError):
                one.kill()
            one.wait()
            one.stdout.close()
    checked = auditing.check(school.id)
    assert checked.broken is None
    assert checked.kept == 47


def test_lines_of_an_older_version_become_the_first_of_the_chain(school):
    look(school, 2)
    before = auditing.check(school.id).ends
    db.session.remove()
    downgrade(directory=str(MIGRATIONS), revision="0007")
    assert db.session.scalar(text("SELECT count(*) FROM audit")) == 3
    db.session.remove()
    upgrade(directory=str(MIGRATIONS))
    checked = auditing.check(school.id)
    assert checked.broken is None
    assert checked.ends == before
    look(school, 1)
    assert auditing.check(school.id, Place(3, before.head.hash)).broken is None
