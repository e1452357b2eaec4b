"""Sealing: once and for ever, by hand or by the clock, and nothing is kept but what is released."""

import threading
from datetime import date

import pytest

from checkin.domain.calendar import DayOff, Span
from checkin.domain.feelings import Feeling
from checkin.domain.release import Light, Why
from checkin.domain.rounds import Moment
from checkin.domain.taps import Status
from checkin.services import enrolling, sealing, tapping
from checkin.storage import released, timetables
from checkin.storage.database import db
from checkin.storage.open_rounds import open_rounds
from tests.school import MONDAY, a_tap, at, next_day, taps

pytestmark = pytest.mark.parametrize("school", ["file", "server"], indirect=True)
TUESDAY = next_day()


def read_open_rounds(query):
    return open_rounds().run(lambda tx: tx._execute(query).fetchall())


def live_a_week(school, heavy=3, others=9):
    """Tap twelve cards in each round of the week and let the clock seal them."""
    for n in range(5):
        day = next_day(days=n)
        school.clock.now = at(8, 30, day)
        school.tap(*taps(heavy, others, day=day), waiting=None)
        school.clock.now = at(12 if n == 2 else 14, 30, day)
        school.tap(*taps(heavy, others, day=day, moment=Moment.CHECK_OUT), waiting=None)
        school.clock.now = at(23, 0, day)
        sealing.seal_due(school.clock.now)


def test_it_releases_a_light_and_forgets_the_counter(school):
    school.tap(*taps(heavy=14, others=0))
    sealed = school.seal().round
    assert sealed.light is not Light.FEW  # the noise is real: -11 once in 80,000
    assert sealed.released.answered == 14
    assert read_open_rounds("SELECT * FROM open_round") == []


def test_a_second_time_changes_nothing(school):
    school.tap(*taps(6, 6))
    first = school.seal()
    school.clock.now = at(8, 50)
    second = school.seal()
    assert (first.is_new, second.is_new) == (True, False)
    assert first.round == second.round


def test_fewer_than_seven_are_withheld(school):
    school.tap(*taps(6, 0))
    released_round = school.seal().round.released
    assert (released_round.light, released_round.why) == (Light.WITHHELD, Why.TOO_FEW)
    assert released_round.heavy is None


def test_many_more_than_the_class_has_pupils_are_withheld(school):
    school.tap(*taps(8, 20))
    assert school.seal().round.released.why is Why.TOO_MANY


def test_a_round_nobody_tapped_in_can_be_sealed(school):
    assert school.seal().round.released.answered == 0


@pytest.mark.parametrize(
    ("moment", "day"),
    [(Moment.CHECK_OUT, MONDAY), (Moment.CHECK_IN, TUESDAY), (Moment.CHECK_IN, date(2026, 11, 22))],
)
def test_a_round_that_never_opened_cannot_be_sealed(school, moment, day):
    with pytest.raises(sealing.NeverOpened):
        school.seal(school.round(moment, day))


def test_whoever_seals_by_hand_is_told_which_tablet_may_still_hold_cards(school):
    school.tap(*taps(3, 6), waiting=2)
    assert school.seal().silent == ("Tablet 1",)


def test_the_clock_seals_a_closed_round_once_the_tablet_is_empty(school):
    school.tap(*taps(3, 9), waiting=0)
    school.clock.now = at(9, 1)
    assert sealing.seal_due(school.clock.now).rounds == 0
    school.tap(waiting=0)
    assert sealing.seal_due(school.clock.now).rounds == 1
    assert released.find_round(school.round()).sealed_by is None


def test_the_clock_waits_for_a_silent_tablet_to_the_end_of_the_day(school):
    school.tap(*taps(3, 9), waiting=None)
    assert sealing.seal_due(at(14, 44)).rounds == 0
    assert sealing.seal_due(at(14, 46)).rounds == 1


def test_a_tablet_that_comes_back_in_time_finds_its_round_open(school):
    school.tap(*taps(3, 5), waiting=4)
    school.clock.now = at(13)
    sealing.seal_due(school.clock.now)
    results = school.tap(*taps(0, 4), waiting=0)
    assert {result.status for result in results} == {Status.STORED}
    sealing.seal_due(school.clock.now)
    assert released.find_round(school.round()).released.answered == 12


def test_a_revoked_tablet_is_not_waited_for(school):
    school.tap(*taps(3, 9), waiting=4)
    enrolling.revoke(school.tablet.id, 1, school.clock.now)
    assert sealing.seal_due(at(9, 1)).rounds == 1


def test_sealing_twice_at_once_makes_one_light(school):
    school.tap(*taps(6, 6), waiting=0)
    seals = []

    def seal():
        with school.app.app_context():
            seals.append(sealing.seal_by_hand(school.round(), 1, school.clock.now))

    threads = [threading.Thread(target=seal) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seals) == 8
    assert len({seal.round.released for seal in seals}) == 1
    assert sum(seal.is_new for seal in seals) == 1


def test_a_light_that_was_not_carried_over_yet_is_carried_once(school):
    school.tap(*taps(6, 6))
    school.seal()
    first = released.find_round(school.round())
    db.session.execute(db.text("DELETE FROM released_round"))
    db.session.commit()
    open_rounds().run(lambda tx: tx._execute("UPDATE sealed_round SET carried = 0"))
    sealing.carry_over()
    sealing.carry_over()
    db.session.expire_all()
    assert released.find_round(school.round()) == first


def test_a_round_never_reopens_after_the_open_file_was_lost(school):
    school.tap(*taps(6, 6))
    sealed = school.seal().round
    open_rounds().run(lambda tx: tx.forget_sealed(next_day(days=30)))
    (result,) = school.tap(a_tap(Feeling.SAD))
    assert result.status is Status.LATE
    sealing.seal_due(at(23))
    assert released.find_round(school.round()) == sealed


def test_a_day_that_becomes_free_seals_its_round_at_once(school):
    school.tap(*taps(3, 9))
    timetables.add_days_off(school.id, [Span(MONDAY, MONDAY, DayOff.STUDY_DAY)])
    db.session.commit()
    assert sealing.seal_due(school.clock.now).rounds == 1


def test_a_week_is_pictured_at_the_end_of_the_next_school_day(school):
    live_a_week(school)
    monday = next_day(days=7)
    assert sealing.seal_due(at(14, 44, monday)).weeks == 0
    assert sealing.seal_due(at(14, 46, monday)).weeks == 1
    (week,) = released.weeks_between(school.classrooms[0], "2026-W48", "2026-W48")
    assert week.shares["happy"] in ("60%", "70%", "80%", "90%")
    assert week.shares["angry"] in ("<10%", "10%")


def test_a_closed_week_leaves_no_counter_and_no_key(school):
    live_a_week(school)
    sealing.seal_due(at(23, 0, next_day(days=7)))
    assert read_open_rounds("SELECT * FROM open_week") == []
    assert read_open_rounds("SELECT * FROM spent_key") == []


def test_a_tap_after_its_week_is_pictured_changes_nothing(school):
    live_a_week(school)
    school.clock.now = at(23, 0, next_day(days=7))
    sealing.seal_due(school.clock.now)
    before = released.weeks_between(school.classrooms[0], "2026-W48", "2026-W49")
    (result,) = school.tap(a_tap(Feeling.SAD))
    assert (result.status, result.reason) == (Status.LATE, tapping.DROPPED)
    sealing.seal_due(at(23, 0, next_day(days=14)))
    after = released.weeks_between(school.classrooms[0], "2026-W48", "2026-W48")
    assert after == before


def test_a_week_with_few_cards_is_closed_without_a_picture(school):
    school.tap(*taps(3, 9))
    sealing.seal_due(at(23, 0, next_day(days=7)))
    (week,) = released.weeks_between(school.classrooms[0], "2026-W48", "2026-W48")
    assert week.shares is None


def test_the_counters_are_born_with_noise(school):
    """Of 60 rounds with one happy tap, some heavy counters are not 0 and some are below 0."""
    heavy = []
    for _ in range(60):
        school.tap(a_tap())
        heavy.append(open_rounds().run(lambda tx: tx.take_round(school.round()))[1])
    assert min(heavy) < 0 < max(heavy)
