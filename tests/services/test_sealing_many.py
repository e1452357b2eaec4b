"""Sealing many at once: what fails keeps nothing else waiting, and no fact is read twice."""

from datetime import date

import pytest
from sqlalchemy import event

from checkin.domain.cards import CardSet
from checkin.domain.release import release_round
from checkin.domain.rounds import Moment, Round
from checkin.domain.school_years import Region
from checkin.services import due, sealing, together
from checkin.services.setting_up import NewClassroom, NewSchool, ordinary_week, set_up
from checkin.storage import released
from checkin.storage.database import db
from checkin.storage.open_rounds import SealedRound, open_rounds
from tests.school import MONDAY, at, next_day, taps

WEEK = "2026-W48"
MONTHS_LATER = at(23, day=next_day(days=60))


def on_disk(statement):
    return open_rounds().run(lambda tx: tx._execute(statement).fetchall())


def break_the_check_in():
    on_disk("UPDATE open_round SET heavy = 'no number' WHERE moment = 'check-in'")


@pytest.fixture
def tapped(school):
    """The school after a day on which both rounds of a class were held."""
    school.tap(*taps(3, 9), waiting=None)
    school.clock.now = at(14, 30)
    school.tap(*taps(3, 9, moment=Moment.CHECK_OUT), waiting=None)
    school.clock.now = at(23, day=next_day())
    return school


def test_a_round_that_cannot_be_sealed_keeps_no_other_waiting(tapped):
    break_the_check_in()
    done = sealing.seal_due(tapped.clock.now)
    assert (done.rounds, done.failed) == (1, 1)
    assert released.find_round(tapped.round(Moment.CHECK_OUT)).released.answered == 12
    assert released.find_round(tapped.round()) is None


def test_what_failed_is_sealed_as_soon_as_it_can_be(tapped):
    break_the_check_in()
    sealing.seal_due(tapped.clock.now)
    on_disk("UPDATE open_round SET heavy = 3")
    assert sealing.seal_due(tapped.clock.now) == sealing.Sealed(1, 0)
    assert released.find_round(tapped.round()).released.answered == 12


def test_a_week_waits_for_its_rounds(tapped):
    break_the_check_in()
    assert sealing.seal_due(MONTHS_LATER).weeks == 0
    on_disk("UPDATE open_round SET heavy = 3")
    assert sealing.seal_due(MONTHS_LATER) == sealing.Sealed(1, 1)
    assert len(released.weeks_between(tapped.classrooms[0], WEEK, WEEK)) == 1


def test_a_school_that_fails_keeps_no_other_waiting(tapped):
    other = set_up(_another_school(), tapped.clock.now)
    round = Round(other.classrooms[0], MONDAY, Moment.CHECK_IN)
    open_rounds().run(lambda tx: tx.open_round(other.school, round, 0))
    db.session.execute(db.text("UPDATE school SET zone = 'Nowhere' WHERE id = 1"))
    db.session.commit()
    tapped.app.extensions.pop("timetables")
    assert sealing.seal_due(tapped.clock.now) == sealing.Sealed(1, 0, failed=1)
    assert released.find_round(round) is not None


def test_a_light_that_cannot_be_carried_keeps_no_other_waiting(school):
    """After a backup was put back, that knows fewer classes."""
    unknown = Round(999, MONDAY, Moment.CHECK_IN)
    light = release_round(12, 3, 14)
    stray = SealedRound(school.id, unknown, light, school.clock.now, None)
    open_rounds().run(lambda tx: tx.put_sealed(stray))
    school.tap(*taps(3, 9))
    assert school.seal().is_new
    assert released.find_round(unknown) is None
    assert [sealed.round for sealed in open_rounds().run(lambda tx: tx.sealed_rounds())] == [
        unknown
    ]


def test_a_class_that_is_not_known_waits(school):
    unknown = Round(999, MONDAY, Moment.CHECK_IN)
    open_rounds().run(lambda tx: tx.open_round(school.id, unknown, 0))
    assert sealing.seal_due(MONTHS_LATER) == sealing.Sealed(0, 0)
    assert on_disk("SELECT classroom FROM open_round") == [(999,)]


def test_all_share_a_commit_up_to_a_bound():
    parts = []
    together.together(range(together.MOST * 2 + 1), lambda some: parts.append(len(some)) or 0)
    assert parts == [together.MOST, together.MOST, 1]


@pytest.mark.parametrize("day", [MONDAY, next_day()], ids=["nothing due", "all due"])
def test_what_is_due_is_found_without_a_question_for_each_class(school, day: date):
    now, rounds = at(8, 30, day), [Round(c, MONDAY, Moment.CHECK_IN) for c in school.classrooms]
    school.app.extensions.pop("timetables", None)
    for_one = _questions(lambda: due.find_due(school.id, rounds[:1], [], now))
    school.app.extensions.pop("timetables", None)
    for_all = _questions(lambda: due.find_due(school.id, rounds, [], now))
    assert for_all == for_one
    again = _questions(lambda: due.find_due(school.id, rounds, [], now))
    assert again <= 3


def _questions(work) -> int:
    asked = []

    def note(*told):
        asked.append(told[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(asked)


def _another_school():
    room = NewClassroom("Ster", 12, CardSet.SIX, ordinary_week(), ("nl",))
    return NewSchool("De Lotus", Region.NOORD, (room,), (), started_on=date(2026, 8, 31))
