"""P3: somebody makes the program publish a round a second time.

The attack: two lights of one round can be compared, and the difference is a few children. So close
the round and open it again by every door there is: seal it again, change the class, its cards, its
size, its opening times, the school's calendar and time zone, revoke the tablet and enrol it anew,
close the class and make another of the same name, put a backup back, lose the file of the open
rounds. After each, let the class tap again, the other way round, and seal whatever can be sealed.

The promise: there is one light for a round, for ever. A restore may lose it; nothing gives another.

`test_p03_after_a_loss.py` puts an old backup back and loses the open rounds as well.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from functools import partial
from sqlite3 import connect

import pytest
from flask import Flask

from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from checkin.domain.taps import Status
from checkin.services import enrolling, sealing, tapping
from checkin.storage import released, schools
from checkin.storage.database import db
from checkin.storage.open_rounds import FILE, OpenTransaction
from tests.adversary.places import SAME_SITE, Place, Variant, signed_in, the_product
from tests.school import MONDAY, HeldClock, SmallSchool, a_tap, at, taps

MAIN = "checkin.sqlite3"
AGAIN = (at(8, 40), at(9, 30), at(20, 30), at(23, 0), at(23, 0, MONDAY + timedelta(days=9)))
"""It is open, it may wait for a tablet, one that was moved is open, and all is over."""
Door = Callable[[Place, HeldClock], None]
"""Does something to the files of a school that is not running."""


def what_is_published_again(
    place: Place, door: Door, variant: Variant = the_product, may_be_lost: bool = False
) -> list[str]:
    """Publish one round, try a door, tap and seal again; return the lights beside the first."""
    clock = HeldClock(at(8, 30))
    with place.opened(clock) as school:
        keep_a_backup(place, "before")
        school.tap(*taps(heavy=0, others=12))
        school.seal()
        first = _lights(school)
        keep_a_backup(place, "after")
    assert len(first) == 1
    door(place, clock)
    shown = set()
    with place.opened(clock) as school, variant(school.app):
        shown |= _lights(school)
        for again in AGAIN:
            clock.now = again
            school.tap(*taps(heavy=12, others=0))
            _seal_by_every_way(school)
            shown |= _lights(school)
    found = [f"another light: {light}" for light in shown - first]
    return found if shown & first or may_be_lost else [*found, "the light is gone"]


def _lights(school: SmallSchool) -> set[str]:
    """Return everything that was published of the round, by the file and by the page."""
    db.session.expire_all()
    kept = released.rounds_between(school.classrooms[0], MONDAY, MONDAY)
    mine = [r for r in kept if r.round.moment is Moment.CHECK_IN]
    return {f"{r.light} of {r.released.answered}, {r.released.heavy}" for r in mine}


def _seal_by_every_way(school: SmallSchool) -> None:
    sealing.seal_due(school.clock.now)
    browser = signed_in(school, "tess")
    address = f"/classrooms/{school.classrooms[0]}/rounds/{MONDAY}/check-in/seal"
    browser.post(address, headers={**SAME_SITE, "Accept": "application/json"})


def keep_a_backup(place: Place, name: str) -> None:
    """Copy what a backup copies: the main database, never the open rounds."""
    files = place.folder / MAIN, place.folder.with_name(name)
    with closing(connect(files[0])) as live, closing(connect(files[1])) as copy:
        live.backup(copy)


# The doors.


def just_waiting(place: Place, clock: HeldClock) -> None:
    """Try nothing but tapping and sealing again."""


def _by_sql(change: str, place: Place, clock: HeldClock) -> None:
    with closing(connect(place.folder / MAIN)) as connection:
        connection.execute(change, {"classroom": place.classrooms[0]})
        connection.execute("UPDATE school SET timetable_version = timetable_version + 1")
        connection.commit()


CHANGES = {
    "many more pupils": "UPDATE classroom SET pupils = 40",
    "one pupil": "UPDATE classroom SET pupils = 1",
    "other cards": "UPDATE classroom SET card_set = 4, cards_since = '2026-11-23'",
    "a later opening": "UPDATE opening SET opens = 1200, closes = 1380 WHERE moment = 'check-in'",
    "an opening that never ends": "UPDATE opening SET opens = 0, closes = 1440",
    "a zone where it is still night": "UPDATE school SET zone = 'America/Anchorage'",
    "a zone where it is tomorrow": "UPDATE school SET zone = 'Pacific/Auckland'",
    "a higher floor": "UPDATE school SET floor = 15",
    "a holiday": (
        "INSERT INTO calendar_day (school_id, first, last, kind, label, to_check)"
        " VALUES (1, '2026-11-20', '2026-11-27', 'holiday', '', 0)"
    ),
    "a tablet that was never heard": "UPDATE tablet SET heard_on = NULL, emptied_day = NULL",
}


def another_enrolment(place: Place, clock: HeldClock) -> None:
    """Enrol two more tablets, let both tap, and revoke one of them."""
    with place.opened(clock) as school:
        for _ in range(2):
            code = enrolling.make_code(school.id, school.classrooms[0], 1, clock.now)
            tablet = enrolling.find_tablet(enrolling.enrol(code, clock.now))
            assert tablet is not None
            tapping.store(tablet, tapping.Batch(tuple(taps(12, 0)), 0), clock.now)
        enrolling.revoke(tablet.id, 1, clock.now)


def a_backup_put_back(name: str, place: Place, clock: HeldClock) -> None:
    """Put the main database back as it was; the open rounds are in no backup and stay."""
    for file in place.folder.glob(f"{MAIN}*"):
        file.unlink()
    shutil.copy(place.folder.with_name(name), place.folder / MAIN)


def losing_the_open_rounds(place: Place, clock: HeldClock) -> None:
    (place.folder / FILE).unlink()


DOORS: dict[str, Door] = {
    "just waiting": just_waiting,
    **{name: partial(_by_sql, change) for name, change in CHANGES.items()},
    "another enrolment": another_enrolment,
    "the backup of after": partial(a_backup_put_back, "after"),
    "losing the open rounds": losing_the_open_rounds,
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_there_is_one_light(place: Place, door: Door) -> None:
    assert what_is_published_again(place, door) == []


def test_a_backup_from_before_may_lose_the_light_but_gives_no_other(place: Place) -> None:
    door = partial(a_backup_put_back, "before")
    assert what_is_published_again(place, door, may_be_lost=True) == []


def test_a_class_made_anew_does_not_count_the_same_taps_again(place: Place) -> None:
    """The tablet of a class of the same name hands in what the first one had stored."""
    with place.opened() as school:
        sent = [a_tap(Feeling.SAD) for _ in range(12)]
        school.tap(*sent)
        school.seal()
        code = enrolling.make_code(school.id, school.classrooms[1], 1, school.clock.now)
        other = enrolling.find_tablet(enrolling.enrol(code, school.clock.now))
        assert other is not None
        answers = tapping.store(other, tapping.Batch(tuple(sent), 0), school.clock.now)
        assert {answer.status for answer in answers} == {Status.KNOWN}
        sealing.seal_due(at(23))
        assert released.rounds_between(school.classrooms[1], MONDAY, MONDAY) == []


# The canaries.


@contextmanager
def opens_a_round_that_was_sealed(app: Flask) -> Iterator[None]:
    """The calendar alone says whether a round is open, and the last light is the right one."""

    def add_round(school, round, result, at, by, add=released.add_round):
        day = {"day": round.day.isoformat()}
        db.session.execute(db.text("DELETE FROM released_round WHERE day = :day"), day)
        add(school, round, result, at, by)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(released, "add_round", add_round)
        patch.setattr(released, "find_end", lambda *_: (False, False))
        patch.setattr(released, "find_round", lambda *_: None)
        patch.setattr(released, "which_are_kept", lambda *_: set())
        patch.setattr(OpenTransaction, "is_sealed", lambda *_: False)
        patch.setattr(OpenTransaction, "put_sealed", _replaced)
        yield


def _replaced(self, sealed, put=OpenTransaction.put_sealed) -> None:
    self._execute("DELETE FROM sealed_round")
    put(self, sealed)


@contextmanager
def believes_the_open_rounds_alone(app: Flask) -> Iterator[None]:
    """Where the file of open rounds is lost, nothing else remembers what was sealed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(released, "find_end", lambda *_: (False, False))
        patch.setattr(released, "find_round", lambda *_: None)
        patch.setattr(released, "which_are_kept", lambda *_: set())
        patch.setattr(released, "_add_once", _insert_or_replace)
        patch.setattr(schools, "move_in", moves_in_and_thinks_nothing_of_it)
        yield


def moves_in_and_thinks_nothing_of_it(id: int, home: str, _lost_on: date) -> bool:
    """Take any home of open rounds for the one that was there before."""
    update = "UPDATE school SET home = :home WHERE id = :id"
    db.session.execute(db.text(update), {"id": id, "home": home})
    return False


def _insert_or_replace(row, **values) -> None:
    insert = db.insert(row).prefix_with("OR REPLACE")
    db.session.execute(insert.values(**values))


@pytest.mark.parametrize("door", ["just waiting", "an opening that never ends"])
def test_it_catches_a_round_that_opens_again(place: Place, door: str) -> None:
    assert what_is_published_again(place, DOORS[door], opens_a_round_that_was_sealed) != []


def test_it_catches_a_program_that_forgets_with_its_file(place: Place) -> None:
    door = DOORS["losing the open rounds"]
    assert what_is_published_again(place, door, believes_the_open_rounds_alone) != []
