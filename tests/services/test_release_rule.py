"""The release rule at work, from tap to what the main database holds: what a class is told, when.

Small classes, weeks cut short, pupils who come and go, classes that are split or merged, cards
that come late and cards too many.
"""

import secrets
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from checkin.domain.calendar import DayOff, Span
from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.release import Light, Why
from checkin.domain.rounds import Moment, Round
from checkin.domain.taps import Status, Tap
from checkin.services import sealing, tapping
from checkin.services.housekeeping import UnsafeFloor, refuse_lowered_floor
from checkin.services.timetables import timetable_of
from checkin.storage import released, schools, timetables
from checkin.storage.database import db
from checkin.storage.open_rounds import open_rounds
from tests.school import MONDAY, SmallSchool, a_tap, at, next_day, taps

WEEK = "2026-W48"
NEXT_MONDAY = next_day(days=7)


def live(school: SmallSchool, *answered: int, first: date = MONDAY) -> None:
    """Tap so many calm cards in each round from a day on, and let the clock seal them."""
    for n, m in enumerate(answered):
        day, moment = first + timedelta(days=n // 2), tuple(Moment)[n % 2]
        timetable = timetable_of(schools.get_classroom(school.classrooms[0]))
        school.clock.now = timetable.opens(day, moment)
        school.tap(*taps(0, m, moment=moment, day=day), waiting=None)
    sealing.seal_due(at(23, 0, day))


def close_week(school: SmallSchool, day: date = NEXT_MONDAY) -> None:
    school.clock.now = at(23, 0, day)
    sealing.seal_due(school.clock.now)


def picture(school: SmallSchool, week: str = WEEK):
    (found,) = released.weeks_between(school.classrooms[0], week, week)
    return found


def lights(school: SmallSchool) -> list[Light]:
    rounds = released.rounds_between(school.classrooms[0], MONDAY, NEXT_MONDAY)
    return [r.light for r in rounds]


def set_pupils(school: SmallSchool, pupils: int) -> None:
    schools.set_pupils(school.classrooms[0], pupils)
    db.session.commit()


def open_file(query: str) -> list:
    with closing(sqlite3.connect(open_rounds().path)) as file:
        return file.execute(query).fetchall()


class TestASmallClass:
    def test_under_seven_has_weeks_and_no_lights(self, school):
        set_pupils(school, 6)
        live(school, *[6] * 10)
        close_week(school)
        assert set(lights(school)) == {Light.WITHHELD}
        assert picture(school).shares is not None

    def test_under_seven_has_no_light_when_an_adult_taps_along(self, school):
        set_pupils(school, 5)
        school.tap(*taps(0, 7))
        assert school.seal().round.released.why is Why.SMALL_CLASS

    def test_under_five_has_nothing_when_an_adult_taps_along(self, school):
        set_pupils(school, 4)
        live(school, *[6] * 10)
        close_week(school)
        assert set(lights(school)) == {Light.WITHHELD}
        assert picture(school).shares is None

    def test_is_measured_by_a_raised_floor(self, school):
        db.session.execute(db.text("UPDATE school SET floor = 10"))
        db.session.commit()
        school.tap(*taps(0, 9))
        assert school.seal().round.released.why is Why.TOO_FEW
        set_pupils(school, 9)
        live(school, 9, first=next_day())
        tuesday = released.find_round(school.round(day=next_day()))
        assert tuesday.released.why is Why.SMALL_CLASS


class TestAWeek:
    def test_cut_to_two_days_by_a_holiday_has_no_picture(self, school):
        timetables.add_days_off(
            school.id, [Span(next_day(days=2), next_day(days=6), DayOff.HOLIDAY)]
        )
        db.session.commit()
        live(school, *[14] * 4)
        close_week(school)
        assert picture(school).shares is None

    def test_cut_to_three_days_has_a_picture(self, school):
        timetables.add_days_off(
            school.id, [Span(next_day(days=3), next_day(days=6), DayOff.HOLIDAY)]
        )
        db.session.commit()
        live(school, *[14] * 6)
        close_week(school)
        assert picture(school).shares is not None

    def test_before_a_holiday_closes_after_it(self, school):
        back = next_day(days=14)
        timetables.add_days_off(
            school.id, [Span(next_day(days=5), back - timedelta(1), DayOff.HOLIDAY)]
        )
        db.session.commit()
        live(school, *[12] * 10)
        close_week(school, NEXT_MONDAY)
        assert released.weeks_between(school.classrooms[0], WEEK, WEEK) == []
        assert school.tap(a_tap(Feeling.SAD))[0].status is Status.LATE, "it counts until then"
        close_week(school, back)
        assert picture(school).shares is not None

    def test_counts_the_cards_that_came_late(self, school):
        """Thirty-nine cards and one that came late are forty."""
        live(school, 8, 8, 8, 8, 7)
        (late,) = school.tap(a_tap(Feeling.HAPPY, day=MONDAY))
        assert (late.status, late.reason) == (Status.LATE, tapping.KEPT)
        close_week(school)
        assert picture(school).shares is not None

    def test_does_not_count_the_cards_that_came_too_late(self, school):
        live(school, 8, 8, 8, 8, 7)
        close_week(school)
        (late,) = school.tap(a_tap(Feeling.HAPPY, day=MONDAY))
        assert (late.status, late.reason) == (Status.LATE, tapping.DROPPED)
        close_week(school, next_day(days=8))
        assert picture(school).shares is None

    def test_has_coping_cards_whenever_it_has_feelings(self, school):
        """One child chose one: the gate is on cards tapped, and the noise hides who."""
        live(school, *[12] * 9)
        helped = Tap(
            secrets.token_bytes(16), next_day(days=4), Moment.CHECK_OUT, Feeling.SAD, Coping.MOVE
        )
        school.clock.now = at(14, 20, next_day(days=4))
        school.tap(helped, waiting=None)
        close_week(school)
        assert set(picture(school).coping) == {card.value for card in Coping}

    def test_is_pictured_once_whatever_comes_after(self, school):
        live(school, *[12] * 10)
        close_week(school)
        first = picture(school)
        school.tap(*taps(14, 0, day=MONDAY))
        for day in range(7, 20):
            sealing.seal_due(at(23, 0, next_day(days=day)))
        assert picture(school) == first
        assert open_file("SELECT * FROM open_week WHERE week = '2026-W48'") == []


class TestPupilsWhoComeAndGo:
    def test_a_round_is_judged_by_the_class_as_it_is_when_sealed(self, school):
        school.tap(*taps(0, 14))
        set_pupils(school, 8)
        assert school.seal().round.released.why is Why.TOO_MANY

    def test_a_published_light_stays_when_the_class_shrinks(self, school):
        school.tap(*taps(0, 14))
        before = school.seal().round
        set_pupils(school, 4)
        assert school.seal().round == before

    def test_a_week_counts_the_rounds_of_when_the_class_was_large_enough(self, school):
        live(school, *[12] * 6)
        set_pupils(school, 4)
        live(school, *[4] * 4, first=next_day(days=3))
        close_week(school)
        assert picture(school).shares is not None

    def test_a_class_that_grew_over_five_on_friday_waits_a_week(self, school):
        set_pupils(school, 4)
        live(school, *[6] * 8)
        set_pupils(school, 12)
        live(school, 12, 12, first=next_day(days=4))
        close_week(school)
        assert picture(school).shares is None


class TestAClassThatIsSplitOrMerged:
    """Counters never move: each classroom ends its own week by its own rule, and begins empty.

    To add two classrooms' counters, or to carry one over, would make two figures about the same
    taps, and their difference a third one about nobody asked.
    """

    def test_ends_its_open_round_and_week_by_the_clock_after_it_closed(self, school):
        live(school, *[12] * 9)
        db.session.execute(
            db.text("UPDATE classroom SET closed_on = :day WHERE id = :id"),
            {"day": next_day(days=4), "id": school.classrooms[0]},
        )
        db.session.commit()
        close_week(school)
        assert len(lights(school)) == 9
        assert picture(school).shares is not None
        assert open_file("SELECT * FROM open_round") == []

    def test_the_class_the_pupils_go_to_begins_with_nothing(self, school):
        live(school, *[12] * 6)
        second = school.classrooms[1]
        friday = next_day(days=4)
        school.clock.now = at(8, 30, friday)
        room = schools.get_classroom(second)
        tapping.store_for(room, timetable_of(room), taps(0, 12, day=friday), school.clock.now)
        assert open_file(f"SELECT taps FROM open_week WHERE classroom = {second}") == [(12,)]
        close_week(school)
        assert released.find_round(Round(second, friday, Moment.CHECK_IN)).released.answered == 12
        (week,) = released.weeks_between(second, WEEK, WEEK)
        assert week.shares is None, "one round is no week"
        assert picture(school).shares is not None

    def test_the_same_key_counts_in_one_class_only(self, school):
        one = a_tap(Feeling.SAD)
        school.tap(one)
        room = schools.get_classroom(school.classrooms[1])
        (again,) = tapping.store_for(room, timetable_of(room), [one], school.clock.now)
        assert again.status is Status.KNOWN
        assert open_file("SELECT sum(taps) FROM open_round") == [(1,)]


class TestCardsTooMany:
    def test_are_all_stored_and_staff_are_told(self, school):
        results = school.tap(*taps(5, 12))
        assert {r.status for r in results} == {Status.STORED}
        told = school.seal().round.released
        assert (told.answered, told.pupils, told.why) == (17, 14, Why.TOO_MANY)

    def test_one_or_two_of_them_withhold_nothing(self, school):
        school.tap(*taps(5, 11))
        told = school.seal().round.released
        assert (told.answered, told.why) == (16, Why.SHOWN)


class TestTheFloor:
    def test_cannot_be_lowered_in_the_database(self, school):
        with pytest.raises(IntegrityError):
            db.session.execute(db.text("UPDATE school SET floor = 6"))
        db.session.rollback()

    def test_lowered_by_force_nothing_starts_and_nothing_is_released(self, school):
        school.tap(*taps(6, 0))
        db.session.execute(db.text("PRAGMA ignore_check_constraints = ON"))
        db.session.execute(db.text("UPDATE school SET floor = 5"))
        db.session.commit()
        with pytest.raises(UnsafeFloor):
            refuse_lowered_floor()
        with pytest.raises(ValueError, match="7 or more"):
            school.seal()
        assert released.find_round(school.round()) is None
        assert open_file("SELECT count(*) FROM open_round") == [(1,)], "the round stays open"
