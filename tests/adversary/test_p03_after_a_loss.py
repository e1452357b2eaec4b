"""P3, after a loss: an old backup is put back, and the open rounds are gone as well.

The attack: then nothing that is left has ever heard of the light. The main database is from before
it was published, and the open rounds, which remember what they sealed, are lost, emptied, or those
of another machine. Whoever wants a second light only has to put a backup back and delete one file;
then change opening times, the zone or the calendar, and let the class tap the other way round. The
same with a week: let its last cards come late, and picture it again.

The promise: after a restore no round up to that day opens again, and no week before it. Lights and
pictures may stay missing. The next day all is as ever.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from flask import Flask

from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment
from checkin.domain.taps import Status
from checkin.services import sealing
from checkin.storage import released, schools
from checkin.storage.database import db
from checkin.storage.open_rounds import FILE, OpenTransaction
from tests.adversary.places import Place, Variant, the_product
from tests.adversary.test_p03_a_second_light import (
    CHANGES,
    DOORS,
    Door,
    a_backup_put_back,
    keep_a_backup,
    moves_in_and_thinks_nothing_of_it,
    what_is_published_again,
)
from tests.school import (
    MONDAY,
    HeldClock,
    SmallSchool,
    at,
    next_day,
    small_school,
    taps,
)

NEXT_MONDAY = next_day(days=7)
WEEK = "2026-W48"
Loss = Callable[[Path], None]
"""Does something to the file of the open rounds."""


def lost(file: Path) -> None:
    file.unlink()


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def without_rows(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master").fetchall():
            connection.execute(f"DELETE FROM {name}")
        connection.commit()


def of_another_machine(file: Path) -> None:
    """A machine on which the program was tried first, with a school of its own."""
    elsewhere = file.parent.with_name("elsewhere")
    with small_school(elsewhere) as school:
        school.clock.now = at(8, 35)
        school.tap(*taps(heavy=12, others=0))
    shutil.copy(elsewhere / FILE, file)
    with closing(sqlite3.connect(file)) as connection:  # its school may be a copy of ours
        connection.execute("UPDATE home SET mark = 'of another machine'")
        connection.commit()


LOSSES: dict[str, Loss] = {
    "lost": lost,
    "emptied": emptied,
    "without rows": without_rows,
    "of another machine": of_another_machine,
}


def a_restore_and_a_loss(loss: Loss, change: Door | None, place: Place, clock: HeldClock) -> None:
    a_backup_put_back("before", place, clock)
    loss(place.folder / FILE)
    if change:
        change(place, clock)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_no_round_up_to_that_day_opens_again(place: Place, loss: Loss) -> None:
    door = partial(a_restore_and_a_loss, loss, None)
    assert what_is_published_again(place, door, may_be_lost=True) == []


@pytest.mark.parametrize("change", CHANGES)
def test_nor_does_it_by_other_times_or_another_calendar(place: Place, change: str) -> None:
    door = partial(a_restore_and_a_loss, lost, DOORS[change])
    assert what_is_published_again(place, door, may_be_lost=True) == []


def what_is_pictured_again(place: Place, loss: Loss, variant: Variant = the_product) -> list[str]:
    """Picture a week, restore what was before and lose the rest, tap late, picture it again."""
    clock = HeldClock()
    with place.opened(clock) as school:
        _live_a_week(school)
        clock.now = at(8, 30, NEXT_MONDAY)
        keep_a_backup(place, "before")
        clock.now = at(23, 0, NEXT_MONDAY)
        sealing.seal_due(clock.now)
        first = _pictures(school)
    assert None not in first, "the week has no picture"
    a_backup_put_back("before", place, clock)
    loss(place.folder / FILE)
    _free_the_next_days(place)  # so that the week closes later than it did
    with place.opened(clock) as school, variant(school.app):
        clock.now = at(23, 30, NEXT_MONDAY)
        for n in range(5):
            for moment in Moment:
                school.tap(*taps(12, 0, moment=moment, day=next_day(days=n)))
        sealing.seal_due(at(23, 0, next_day(days=30)))
        again = _pictures(school)
    return [f"another picture: {one}" for one in again - first - {None}]


def _live_a_week(school: SmallSchool) -> None:
    for n in range(5):
        day = next_day(days=n)
        for moment, hour in ((Moment.CHECK_IN, 8), (Moment.CHECK_OUT, 12 if n == 2 else 14)):
            school.clock.now = at(hour, 30, day)
            school.tap(*taps(2, 10, moment=moment, day=day), waiting=None)
    sealing.seal_due(at(23, 0, next_day(days=4)))


def _free_the_next_days(place: Place) -> None:
    with closing(sqlite3.connect(place.folder / "checkin.sqlite3")) as connection:
        connection.execute(
            "INSERT INTO calendar_day (school_id, first, last, kind, label, to_check)"
            " VALUES (1, ?, ?, 'holiday', '', 0)",
            (NEXT_MONDAY.isoformat(), next_day(days=14).isoformat()),
        )
        connection.execute("UPDATE school SET timetable_version = timetable_version + 1")
        connection.commit()


def _pictures(school: SmallSchool) -> set[str | None]:
    db.session.expire_all()
    kept = released.weeks_between(school.classrooms[0], WEEK, WEEK)
    return {str(sorted(week.shares.items())) if week.shares else None for week in kept}


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_no_week_before_that_day_is_pictured_again(place: Place, loss: Loss) -> None:
    assert what_is_pictured_again(place, loss) == []


def test_the_next_day_all_is_as_ever(place: Place) -> None:
    clock = HeldClock(at(8, 20))
    (place.folder / FILE).unlink(missing_ok=True)
    with place.opened(clock) as school:
        assert {one.status for one in school.tap(*taps(3, 9))} == {Status.LATE}
        clock.now = at(8, 20, next_day())
        assert {one.status for one in school.tap(*taps(3, 9, day=next_day()))} == {Status.STORED}
        school.seal(school.round(day=next_day()))
        (light,) = released.rounds_between(school.classrooms[0], MONDAY, next_day())
        assert light.round.day == MONDAY + timedelta(days=1)


# The canaries.


@contextmanager
def takes_any_home_for_its_own(app: Flask) -> Iterator[None]:
    """A program that goes on with whatever open rounds it finds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schools, "move_in", moves_in_and_thinks_nothing_of_it)
        yield


@contextmanager
def goes_by_the_hour(app: Flask) -> Iterator[None]:
    """A program that lets open again what opens later on the same day, as if times stood fast."""

    def move_in(id, home, lost_on, real=schools.move_in):
        return real(id, home, lost_on - timedelta(days=1))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schools, "move_in", move_in)
        yield


@pytest.mark.parametrize("loss", [lost, of_another_machine])
def test_it_catches_a_program_that_takes_any_home_for_its_own(place: Place, loss: Loss) -> None:
    door = partial(a_restore_and_a_loss, loss, None)
    assert what_is_published_again(place, door, takes_any_home_for_its_own, True) != []


def test_it_catches_a_program_that_goes_by_the_hour(place: Place) -> None:
    door = partial(a_restore_and_a_loss, lost, DOORS["a later opening"])
    assert what_is_published_again(place, door, goes_by_the_hour, may_be_lost=True) != []


@contextmanager
def believes_there_were_rounds(app: Flask) -> Iterator[None]:
    """A program that does not count the rounds of a week where it counts their taps."""
    was = [Released(12, 14, 2, Light.FEW, Why.SHOWN)] * 10
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OpenTransaction, "released_in_week", lambda *_: was)
        yield


@contextmanager
def counts_late_taps_for_a_week_that_is_lost(app: Flask) -> Iterator[None]:
    with believes_there_were_rounds(app), takes_any_home_for_its_own(app):
        yield


def test_it_catches_a_program_that_pictures_a_week_again(place: Place) -> None:
    assert what_is_pictured_again(place, lost, counts_late_taps_for_a_week_that_is_lost) != []


def test_a_week_that_is_lost_takes_no_late_taps(place: Place) -> None:
    assert what_is_pictured_again(place, lost, believes_there_were_rounds) == []
