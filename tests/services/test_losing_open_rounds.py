"""Open rounds that were lost: no light for that day, the week goes on, the next day is as ever."""

from datetime import date

import pytest

from checkin.domain.calendar import Door
from checkin.domain.losses import door_after_loss
from checkin.domain.rounds import Moment, Round
from checkin.domain.taps import Status
from checkin.services import sealing, tapping, trends
from checkin.services.trends import RoundState
from checkin.storage import released, schools
from checkin.storage.database import db
from checkin.storage.open_rounds import open_rounds
from tests.adversary.places import SAME_SITE
from tests.school import MONDAY, PASSWORD, at, next_day, small_school, taps

WEEK = "2026-W48"


@pytest.fixture(params=["file", "postgresql"])
def school(request, tmp_path):
    urls = ()
    if request.param == "postgresql":
        database = request.getfixturevalue("database")
        urls = (database.url, database.open_rounds_url)
    with small_school(tmp_path, *urls) as made:
        made.lose = _drop(request.getfixturevalue("database")) if urls else _delete
        yield made


def _delete():
    open_rounds().close()
    open_rounds().path.unlink()


def _drop(database):
    def drop():
        open_rounds().close()
        database.ask("DROP SCHEMA open_rounds CASCADE")
        database.ask("CREATE SCHEMA open_rounds AUTHORIZATION checkin_rounds")

    return drop


def statuses(results):
    return {result.status for result in results}


def test_a_first_day_that_begins_in_the_middle_has_its_lights(school):
    assert schools.get_school(school.id).lost_on is None
    assert statuses(school.tap(*taps(3, 9))) == {Status.STORED}
    assert school.seal().is_new


def test_taps_of_that_day_count_for_the_week(school):
    school.tap(*taps(3, 4))
    school.lose()
    assert statuses(school.tap(*taps(2, 10))) == {Status.LATE}
    assert tapping.late_taps(school.classrooms[0], WEEK).kept == 12
    assert tapping.taps_so_far([school.round()]) == [0]
    counted = open_rounds().run(lambda tx: tx.take_week(school.classrooms[0], WEEK))
    assert counted.taps == 12


def test_a_round_that_was_to_open_later_that_day_stays_closed_too(school):
    """Its opening time could be another one than it was when somebody saw its light."""
    school.lose()
    sealing.seal_due(at(7))
    school.clock.now = at(14, 5)
    assert statuses(school.tap(*taps(3, 9, moment=Moment.CHECK_OUT))) == {Status.LATE}


def test_the_next_day_is_as_ever(school):
    school.lose()
    sealing.seal_due(at(12))
    school.clock.now = at(8, 20, next_day())
    assert statuses(school.tap(*taps(3, 9, day=next_day()))) == {Status.STORED}
    assert school.seal(school.round(day=next_day())).is_new


def test_the_week_before_takes_no_more_taps(school):
    school.lose()
    monday = next_day(days=7)
    school.clock.now = at(8, 20, monday)
    friday = taps(3, 9, day=next_day(days=4), moment=Moment.CHECK_OUT)
    results = school.tap(*friday)
    assert statuses(results) == {Status.LATE}
    assert {result.reason for result in results} == {tapping.DROPPED}


def test_nothing_can_be_sealed_by_hand_that_day(school):
    school.tap(*taps(3, 9))
    school.lose()
    with pytest.raises(sealing.NeverOpened):
        school.seal()


def test_what_another_home_holds_of_a_school_is_not_taken_for_its_own(school):
    """A main database that was in another home, such as a copy put on a machine with its own."""
    school.tap(*taps(12, 0))
    schools.move_in(school.id, "another home", MONDAY)
    sealing.seal_due(at(23))
    assert released.rounds_between(school.classrooms[0], MONDAY, MONDAY) == []
    assert open_rounds().run(lambda tx: tx.unsealed()) == []


def test_a_key_that_was_spent_before_is_known_after(school):
    sent = taps(3, 9)
    school.tap(*sent)
    schools.move_in(school.id, "another home", MONDAY)
    assert statuses(school.tap(*sent)) == {Status.KNOWN}


def test_a_school_of_an_older_version_loses_no_day(school):
    school.tap(*taps(3, 4))
    db.session.execute(db.text("UPDATE school SET home = NULL"))
    db.session.commit()
    assert statuses(school.tap(*taps(0, 5))) == {Status.STORED}
    assert school.seal().round.released.answered == 12
    assert schools.get_school(school.id).home == sealing.find_home()


def test_it_is_noted_once_and_not_at_each_look(school):
    school.lose()
    sealing.seal_due(at(23))
    sealing.seal_due(at(23, day=next_day(days=3)))
    assert schools.get_school(school.id).lost_on == MONDAY


@pytest.mark.parametrize("tapped", [9, 0])
def test_the_teacher_reads_why_there_is_no_light(school, tapped):
    """True words also of a round that nobody had tapped in, or that was still to open."""
    school.tap(*taps(3, tapped))
    school.lose()
    school.tap(*taps(3, tapped))
    sealing.move_in(school.clock.now)
    today = trends.today_of(school.classrooms[0], school.clock.now)
    assert [round.state for round in today.rounds] == [RoundState.LOST] * 2
    browser = school.app.test_client()
    form = {"email": "tess@school.example", "password": PASSWORD}
    browser.post("/sign-in", data=form, headers=SAME_SITE)
    english = {"Accept-Language": "en"}
    page = browser.get(f"/classrooms/{school.classrooms[0]}/trend", headers=english).text
    assert "no light today" in page
    assert "counts for the week" in page
    assert "could not be kept" not in page, "perhaps nothing was tapped"


@pytest.mark.parametrize(
    ("door", "day", "expected"),
    [
        (Door.OPEN, MONDAY, Door.SEALED),
        (Door.OPEN, next_day(), Door.OPEN),
        (Door.SEALED, date(2026, 11, 20), Door.WEEK_CLOSED),
        (Door.NOT_YET, MONDAY, Door.NOT_YET),
        (Door.NO_SCHOOL, MONDAY, Door.NO_SCHOOL),
        (Door.WEEK_CLOSED, date(2026, 11, 9), Door.WEEK_CLOSED),
    ],
)
def test_doors_after_a_loss(door, day, expected):
    assert door_after_loss(door, Round(1, day, Moment.CHECK_IN), MONDAY) is expected
    assert door_after_loss(door, Round(1, day, Moment.CHECK_IN), None) is door
