"""Backups go back and forth, are cut off anywhere, are put where there is no room: nothing is lost.

Each time what was released, the classes, their times, the people and the tablets are compared row
by row with what they were at first.
"""

from pathlib import Path

import pytest

from tests.faults.conftest import SmallDisk
from tests.keeping import a_released_school, back_up, restored, rows_of_file

COMPARED = ("released_round", "released_week", "classroom", "opening", "staff", "tablet")
DRILLS, MANY_DRILLS = 4, 50
CUTS, MANY_CUTS = 8, 10_000


class Drill:
    """A backup of a school, and what was in that school."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.copy, self.place = folder, folder / "copy.age", folder / "new"
        with a_released_school(folder / "files"):
            back_up(folder / "files", self.copy)
        self.first = self.rows(folder / "files")

    def rows(self, place: Path) -> dict[str, list[tuple]]:
        return rows_of_file(place / "checkin.sqlite3", *COMPARED)

    def go_back_and_forth(self, times: int) -> None:
        copy = self.copy
        for _ in range(times):
            done = restored(self.place, copy, "--replace")
            assert done.exit_code == 0, done.exception
            assert self.rows(self.place) == self.first
            copy = self.folder / "again.age"
            back_up(self.place, copy, "--force")

    def cut_off(self, places: int) -> int:
        """Try every KiB, or so many places, and return how many were tried."""
        assert restored(self.place, self.copy).exit_code == 0
        content, cut = self.copy.read_bytes(), self.folder / "cut.age"
        ends = range(0, len(content), max(1024, len(content) // places))
        for end in ends:
            cut.write_bytes(content[:end])
            done = restored(self.place, cut, "--replace")
            assert "not restored" in str(done.exception), end
        assert self.rows(self.place) == self.first
        return len(ends)


@pytest.fixture
def drill(tmp_path: Path) -> Drill:
    return Drill(tmp_path)


def test_back_and_forth_nothing_changes(drill: Drill) -> None:
    drill.go_back_and_forth(DRILLS)


@pytest.mark.long
def test_back_and_forth_fifty_times_nothing_changes(drill: Drill) -> None:
    drill.go_back_and_forth(MANY_DRILLS)


def test_a_backup_that_was_cut_off_changes_nothing(drill: Drill) -> None:
    assert drill.cut_off(CUTS) >= CUTS


@pytest.mark.long
def test_a_backup_that_was_cut_off_at_any_kibibyte_changes_nothing(drill: Drill) -> None:
    print(f"cut off at {drill.cut_off(MANY_CUTS)} places")


def test_where_there_is_no_room_the_old_school_stays(drill: Drill, disk: SmallDisk) -> None:
    drill.place = disk.place / "files"
    assert restored(drill.place, drill.copy).exit_code == 0
    disk.fill()
    assert restored(drill.place, drill.copy, "--replace").exception is not None
    disk.empty()
    assert drill.rows(drill.place) == drill.first
    assert restored(drill.place, drill.copy, "--replace").exit_code == 0
