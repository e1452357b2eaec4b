"""P19, backups: somebody has the backups of a school, and what opens them.

Two of them, made right before and right after one tap, are compared byte by byte; one of them is
searched for the key of a tap and for any table of the open rounds.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from checkin.domain.feelings import Feeling
from checkin.services import backing_up
from checkin.storage.open_rounds import FILE
from tests.school import SmallSchool, a_tap, small_school, taps

Take = Callable[[SmallSchool], bytes]


def the_product(school: SmallSchool) -> bytes:
    """Take what a backup locks."""
    return backing_up.images.take(school.clock.now, "copy", "none")


def with_open_rounds(school: SmallSchool) -> bytes:
    """Take the open rounds along, as a copy of the whole folder does."""
    place = school.app.extensions["checkin_config"].directory / FILE
    with closing(sqlite3.connect(place)) as rounds, closing(sqlite3.connect(":memory:")) as copy:
        rounds.backup(copy)
        return the_product(school) + copy.serialize()


def what_one_tap_changes(school: SmallSchool, take: Take, feeling: Feeling) -> int:
    """Return in how many bytes two backups differ that were made around a tap."""
    before = take(school)
    school.tap(a_tap(feeling))
    after = take(school)
    return sum(a != b for a, b in zip(before, after, strict=False)) + abs(len(before) - len(after))


def what_is_found(school: SmallSchool, take: Take) -> list[str]:
    """Return the traces of taps in a backup."""
    key = b"\x5a\xa5" * 8
    school.tap(a_tap(key=key))
    content = take(school)
    marks = {"a key": key, "counters": b"CREATE TABLE open_", "marks": b"TABLE sealed_round"}
    return [name for name, mark in marks.items() if mark in content]


@pytest.fixture
def school(tmp_path):
    """A school in the middle of a round."""
    with small_school(tmp_path) as made:
        made.tap(*taps(3, 5))
        yield made


@pytest.mark.parametrize("feeling", [Feeling.SAD, Feeling.HAPPY])
def test_two_backups_around_a_tap_are_the_same_whichever_it_was(school, feeling):
    assert what_one_tap_changes(school, the_product, feeling) == 0


def test_no_key_and_no_counter_is_in_a_backup(school):
    assert what_is_found(school, the_product) == []


def test_it_catches_a_copy_of_the_whole_folder(school):
    assert what_one_tap_changes(school, with_open_rounds, Feeling.SAD) > 0
    assert what_is_found(school, with_open_rounds) == ["a key", "counters", "marks"]
