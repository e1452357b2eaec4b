"""P12: somebody copies every file, while a round is open or after, and reads the raw bytes.

The attack: databases keep more than they show. Journals hold pages as they were before each tap,
freed space holds deleted rows, a backup holds both; the difference between two versions of a
counter is one child's card. So let twelve children tap in a known order, copy every file as the
backup user can, carve out every version of every counter that is left in them, and put the taps in
order by them and by where their keys lie. Then seal, close the week, and look once more, with
root's rights.

The promise: while a round is open there is one version of its counters, born with noise, and the
keys lie in no order; after it there is no counter, and after its week there is no key.
"""

import random
import re
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from flask import Flask

from checkin.domain.feelings import Feeling
from checkin.services import forgetting, sealing
from checkin.storage.open_rounds import FILE, OpenTransaction, file, open_rounds
from checkin.storage.open_rounds.facts import COUNTERS
from tests.adversary.places import Place, Variant, the_product
from tests.school import MONDAY, HeldClock, SmallSchool, a_tap, at

CARDS = [
    *(Feeling.SAD, Feeling.HAPPY, Feeling.HAPPY, Feeling.SCARED, Feeling.PASS, Feeling.HAPPY),
    *(Feeling.SAD, Feeling.HAPPY, Feeling.ANGRY, Feeling.CALM, Feeling.HAPPY, Feeling.SAD),
]
MANY = 400
DYE = 0x2DD0_0000
"""A counter that is moved by so much is four bytes long and found wherever it lies."""
ROUND_ROW = re.compile(rb"2026-11-23check-in(.{10})", re.DOTALL)
NEXT_WEEK_OVER = at(23, 0, MONDAY + timedelta(days=9))


def versions_of_the_counter(folder: Path) -> set[bytes]:
    """Carve every version of the round's row out of every file: what follows its name."""
    found = set()
    for one in _files(folder):
        if FILE in one.name:
            found |= {match[1][:6] for match in ROUND_ROW.finditer(one.read_bytes())}
    return found


def places_of_keys(folder: Path, keys: list[bytes]) -> list[list[int]]:
    """Return, for every file that holds keys, at which offset each of them lies, in tap order."""
    contents = [one.read_bytes() for one in _files(folder)]
    return [
        [content.find(key) for key in keys]
        for content in contents
        if any(k in content for k in keys)
    ]


def dyed_files(folder: Path) -> list[str]:
    """Return the files that hold a dyed counter, as SQLite writes it, in words or in JSON."""
    high = DYE >> 16
    binary = re.compile(re.escape(high.to_bytes(2, "big")) + rb"[\x00-\x02]")
    words = re.compile(rb"|".join(str(DYE + n).encode() for n in range(-30, 30)))
    files = {one.name: one.read_bytes() for one in _files(folder)}
    return [name for name, found in files.items() if binary.search(found) or words.search(found)]


def _files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.is_file())


def neighbours(places: list[int]) -> float:
    """Return how many taps lie beside the one that came before: 1 in order, near 0 by chance."""
    ranks = {place: rank for rank, place in enumerate(sorted(places))}
    pairs = [(ranks[a], ranks[b]) for a, b in pairwise(places)]
    return sum(abs(a - b) == 1 for a, b in pairs) / len(pairs)


@contextmanager
def copied_mid_round(place: Place, variant: Variant = the_product) -> Iterator[list[bytes]]:
    """Let twelve children tap one by one and yield their keys, while all files can be copied."""
    keys = [secrets.token_bytes(16) for _ in CARDS]
    with place.opened(HeldClock(at(8, 30))) as school, variant(school.app):
        for key, card in zip(keys, CARDS, strict=True):
            school.tap(a_tap(card, key=key))
        yield keys


def test_there_is_one_version_of_an_open_counter(place: Place) -> None:
    with copied_mid_round(place):
        assert len(versions_of_the_counter(place.folder)) == 1


def test_keys_lie_in_no_order(place: Place) -> None:
    keys = [secrets.token_bytes(16) for _ in range(MANY)]
    with place.opened() as school:
        for n in range(0, len(keys), 4):
            school.tap(*(a_tap(Feeling.HAPPY, key=key) for key in keys[n : n + 4]))
        found = places_of_keys(place.folder, keys)
        assert len(found) == 1, "keys lie in one file"
        assert neighbours(found[0]) < 0.05  # by chance 2 of 400


def order_recovered(place: Place, variant: Variant = the_product) -> bool:
    """Tell whether twelve taps can be put in order by where their keys lie."""
    with copied_mid_round(place, variant) as keys:
        places = places_of_keys(place.folder, keys)[0]
    return places in (sorted(places), sorted(places, reverse=True))


def test_the_taps_of_one_class_cannot_be_put_in_order(place: Place) -> None:
    """By chance they lie in order twice in 479 million rounds."""
    assert not order_recovered(place)


def test_no_counter_is_left_after_sealing(place: Place) -> None:
    clock = HeldClock(at(8, 30))
    with place.opened(clock) as school:
        _tap_and_dye(school, place)
        assert dyed_files(place.folder) == [FILE]
        school.seal()
        assert "open_round" not in _tables_with_dye(place)
        clock.now = NEXT_WEEK_OVER
        sealing.seal_due(clock.now)
        assert dyed_files(place.folder) == []
    assert dyed_files(place.folder) == []


def test_no_key_is_left_after_its_week(place: Place) -> None:
    clock = HeldClock(at(8, 30))
    keys = [secrets.token_bytes(16) for _ in CARDS]
    with place.opened(clock) as school:
        school.tap(*(a_tap(card, key=key) for card, key in zip(CARDS, keys, strict=True)))
        assert places_of_keys(place.folder, keys)
        clock.now = NEXT_WEEK_OVER
        sealing.seal_due(clock.now)
        forgetting.forget(clock.now)
        assert places_of_keys(place.folder, keys) == []
    assert places_of_keys(place.folder, keys) == []


def test_tables_of_open_rounds_have_no_sequence_and_no_time(place: Place) -> None:
    with place.opened() as school:
        school.tap(a_tap())
    with sqlite3.connect(place.folder / FILE) as copy:
        tables = copy.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    copy.close()
    assert {"open_round", "open_week", "spent_key"} <= {name for name, _ in tables}
    for name, sql in tables:
        assert "WITHOUT ROWID" in sql, name
        if name in ("open_round", "open_week", "spent_key", "late_taps"):
            assert not re.search(r"_at\b|time|stamp|AUTOINCREMENT", sql), name


def _tap_and_dye(school: SmallSchool, place: Place) -> None:
    """Move every counter by the dye, through the program's own connection."""
    school.tap(*(a_tap(card) for card in CARDS))

    def dye(transaction: OpenTransaction) -> None:
        moved = ", ".join(f"{name} = {name} + {DYE}" for name in COUNTERS)
        transaction._execute(f"UPDATE open_round SET heavy = heavy + {DYE}")
        transaction._execute(f"UPDATE open_week SET {moved}")

    open_rounds().run(dye)


def _tables_with_dye(place: Place) -> list[str]:
    copy = place.folder.with_name("copy")
    shutil.copy(place.folder / FILE, copy)
    with sqlite3.connect(copy) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]
        found = [n for n in names if str(DYE)[:4] in str(_rows(connection, n))]
    connection.close()
    return found


def _rows(connection: sqlite3.Connection, table: str) -> list[object]:
    if table.startswith("sqlite_"):
        return []
    return connection.execute(f"SELECT * FROM {table}").fetchall()


# The canaries: the same file, kept as databases are kept elsewhere.


def kept_with(pragma: str) -> Variant:
    """Open the file with another setting."""

    @contextmanager
    def variant(app: Flask) -> Iterator[None]:
        def connect(path: Path, real=file.connect) -> sqlite3.Connection:
            connection = real(path)
            connection.execute(f"PRAGMA {pragma}")
            return connection

        open_rounds().close()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(file, "connect", connect)
            yield

    return variant


def test_it_catches_a_write_ahead_log(place: Place) -> None:
    with copied_mid_round(place, kept_with("journal_mode=WAL")):
        assert len(versions_of_the_counter(place.folder)) > 1


def test_it_catches_a_journal_that_is_kept(place: Place) -> None:
    with copied_mid_round(place, kept_with("journal_mode=PERSIST")):
        assert len(versions_of_the_counter(place.folder)) > 1


def test_it_catches_freed_space_that_is_not_zeroed(place: Place) -> None:
    clock = HeldClock(at(8, 30))
    with place.opened(clock) as school, kept_with("secure_delete=OFF")(school.app):
        _tap_and_dye(school, place)
        clock.now = NEXT_WEEK_OVER
        sealing.seal_due(clock.now)
        assert dyed_files(place.folder) != []


@contextmanager
def keys_where_they_happen_to_be_put(app: Flask) -> Iterator[None]:
    """A table that is sorted, and pages that are not: SQLite puts the first row last."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(file, "lay_in_order", lambda *_: None)
        yield


def test_it_catches_keys_that_lie_as_they_came_in_a_sorted_table(place: Place) -> None:
    assert order_recovered(place, keys_where_they_happen_to_be_put)


def test_it_catches_keys_in_the_order_they_came(place: Place, tmp_path: Path) -> None:
    keys = [secrets.token_bytes(16) for _ in range(MANY)]
    with sqlite3.connect(tmp_path / "as-they-came") as connection:
        connection.execute("CREATE TABLE spent_key (key BLOB)")
        connection.executemany("INSERT INTO spent_key VALUES (?)", [(key,) for key in keys])
    connection.close()
    assert neighbours(places_of_keys(tmp_path, keys)[0]) > 0.9


def test_it_catches_keys_that_count_up(place: Place) -> None:
    start = random.Random(1).getrandbits(96) << 24
    keys = [(start + n).to_bytes(16, "big") for n in range(MANY)]
    with place.opened() as school:
        school.tap(*(a_tap(Feeling.HAPPY, key=key) for key in keys[:200]))
        school.tap(*(a_tap(Feeling.HAPPY, key=key) for key in keys[200:]))
        found = places_of_keys(place.folder, keys)
        assert neighbours(found[0]) > 0.2
