"""Reading the files of PostgreSQL: neither order nor feelings of taps, nor a count, can be found.

PostgreSQL writes a changed row beside its old version. The attack reads all versions from the raw
pages, puts them in order of their transactions and looks for anything in them that changes exactly
when a heavy card was tapped. Each attack must succeed on a program that is broken on purpose.
"""

import random
import struct
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from checkin.domain.feelings import Feeling
from checkin.services import sealing
from checkin.storage.open_rounds import boxes, open_rounds, tables
from tests.school import a_tap, at, next_day, small_school, taps

PAGE = 8192
TAPS = 28
TELLTALE = 0x5E_A1ED_0C0FFEE
"""A noise no generator draws, to be looked for in every file of the server."""

DAY, WEEK = "open_round_2026_11_23", "open_week_2026_w48"


@pytest.fixture
def school(tmp_path, database):
    with small_school(tmp_path, database.url, database.open_rounds_url) as made:
        yield made


def in_the_clear(monkeypatch):
    """Break the program: counters are not shut."""
    clear = staticmethod(lambda counters, *_: struct.pack(f">{len(counters)}q", *counters))
    monkeypatch.setattr(boxes.Boxes, "shut", clear)
    read = staticmethod(lambda box, *_: list(struct.unpack(f">{len(box) // 8}q", box)))
    monkeypatch.setattr(boxes.Boxes, "open", read)


def with_one_nonce(monkeypatch):
    """Break the program: counters are shut, but the same way each time."""
    monkeypatch.setattr(boxes, "secrets", SimpleNamespace(token_bytes=bytes))


BROKEN = [in_the_clear, with_one_nonce]


# The attacks


def files_of(database, table=None):
    """Return what the disk of the server holds: of a table, of the database, never its log."""
    database.ask("CHECKPOINT")
    ((folder, oid),) = database.ask(
        "SELECT current_setting('data_directory'), oid FROM pg_database"
        " WHERE datname = current_database()"
    )
    if table is None:
        return Path(folder) / "base" / str(oid)
    ((path,),) = database.ask("SELECT pg_relation_filepath(%s)", f"open_rounds.{table}")
    return Path(folder) / path


def versions_in(file):
    """Return every version of every row in a file of PostgreSQL, in order of transactions."""
    found, raw = [], file.read_bytes()
    for page in (raw[n : n + PAGE] for n in range(0, len(raw), PAGE)):
        (lower,) = struct.unpack_from("<H", page, 12)
        for (pointer,) in struct.iter_unpack("<I", page[24:lower]):
            start, length = pointer & 0x7FFF, pointer >> 17
            if row := page[start : start + length]:
                found.append((struct.unpack_from("<I", row)[0], row[row[22] :]))
    return [row for _, row in sorted(found)]


def bits(row):
    return int.from_bytes(row, "little")


def tells_heavy_taps(rows, heavy):
    """Tell whether some bit changes exactly at heavy taps, or exactly at the others."""
    width = 8 * min(map(len, rows))
    changes = [bits(a) ^ bits(b) for a, b in pairwise(rows)]
    for n in range(width):
        flips = [bool(change >> n & 1) for change in changes]
        if flips == heavy or [not flip for flip in flips] == heavy:
            return True
    return False


def taps_told_by(school, database, table):
    """Tap, each in its own commit, and tell whether the versions of a row tell which were heavy.

    A dump is under way all the time, which keeps PostgreSQL from tidying versions up.
    """
    heavy = [n % 2 == 0 for n in range(TAPS)]
    random.SystemRandom().shuffle(heavy)
    with psycopg.connect(database.superuser_url) as dump:
        dump.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        dump.execute("SELECT * FROM open_rounds.home")
        for is_heavy in heavy:
            school.tap(a_tap(Feeling.SAD if is_heavy else Feeling.HAPPY))
        rows = versions_in(files_of(database, table))
    assert len(rows) == TAPS, "there is nothing to attack"
    return tells_heavy_taps(rows, heavy[1:])


def holds(place, *sought):
    """Tell whether a file under a folder holds one of these bytes."""
    held = (path.read_bytes() for path in place.rglob("*") if path.is_file())
    return any(bytes_ in file for file in held for bytes_ in sought)


# While a round is open


@pytest.mark.parametrize("table", [DAY, WEEK])
def test_old_versions_of_a_row_do_not_tell_what_was_tapped(school, database, table):
    assert not taps_told_by(school, database, table)


@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("table", [DAY, WEEK])
def test_it_catches_rows_that_tell(monkeypatch, school, database, broken, table):
    broken(monkeypatch)
    assert taps_told_by(school, database, table)


def test_all_versions_of_a_row_have_the_same_length(school, database):
    for feeling in (*Feeling, *Feeling):
        school.tap(a_tap(feeling))
    for table in (DAY, WEEK):
        assert len({len(row) for row in versions_in(files_of(database, table))}) == 1


def counters_on_disk(school, database):
    """Open a round with a number like no other, and look for it: as a number and as a word."""

    def job(tx):
        tx.open_round(school.id, school.round(), TELLTALE)
        tx.open_week(school.id, school.classrooms[0], "2026-W48", [TELLTALE] * 15)

    open_rounds().run(job)
    school.tap(a_tap(Feeling.HAPPY))
    big, small = (TELLTALE.to_bytes(8, order) for order in ("big", "little"))
    whole_server = files_of(database).parents[1]
    return holds(whole_server, big, small, str(TELLTALE).encode(), f"{TELLTALE:x}".encode())


def test_no_file_of_the_server_holds_a_counter_in_the_clear(school, database):
    assert not counters_on_disk(school, database)


def test_it_catches_a_counter_in_the_clear(monkeypatch, school, database):
    in_the_clear(monkeypatch)
    assert counters_on_disk(school, database)


# When it is sealed


def boxes_left(school, database):
    """Tap, seal all, picture the week, and look for what was the last state of each counter."""
    school.tap(*taps(5, 7))
    queries = (f"SELECT box FROM open_rounds.{table}" for table in (DAY, WEEK))
    last = [box for query in queries for (box,) in database.ask(query)]
    assert holds(files_of(database), *last), "they were never there"
    sealing.seal_due(at(23, 0, next_day(days=7)))
    return holds(files_of(database), *last)


def test_a_sealed_round_leaves_nothing_of_its_counter_in_any_table(school, database):
    assert not boxes_left(school, database)


def test_it_catches_a_table_that_is_not_dropped(monkeypatch, school, database):
    monkeypatch.setattr(tables, "drop_empty", lambda _: None)
    assert boxes_left(school, database)
