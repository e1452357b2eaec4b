"""Classes close, split, merge and begin a new year; no card ever changes its class."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from checkin.domain.access import Person
from checkin.domain.rounds import Moment, Round
from checkin.domain.taps import Batch, Status
from checkin.services import class_years, enrolling, sealing, signing_in, tapping
from checkin.services.class_years import CannotChange, NextClass, TooLate, Trouble
from checkin.storage import class_changes, flags, released, schools, tablets, teaching
from tests.school import MONDAY, SmallSchool, a_tap, at, taps

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


@pytest.fixture
def by(school: SmallSchool) -> Person:
    return signing_in.list_staff(school.id)[0]


def room(school: SmallSchool, n: int = 0):
    return schools.get_classroom(school.classrooms[n])


def split(school: SmallSchool, by: Person, day: date = WEDNESDAY, now=None, moving=True):
    chosen = {school.tablet.id} if moving else set()
    now = now or school.clock.now
    return class_years.plan_split(by, room(school), "Nieuw", (8, 6), chosen, {by.id}, day, now)


def names(school: SmallSchool) -> list[str]:
    return [one.name for one in schools.list_classrooms(school.id)]


class TestSplit:
    def test_happens_on_its_day_and_not_before(self, school: SmallSchool, by: Person) -> None:
        change = split(school, by)
        assert change.done_at is None
        assert "Nieuw" not in names(school)
        assert class_years.carry_out_due(at(23, 59, TUESDAY)) == 0
        assert class_years.carry_out_due(at(0, 0, WEDNESDAY)) == 1
        assert class_years.carry_out_due(at(0, 1, WEDNESDAY)) == 0
        assert "Nieuw" in names(school)

    def test_gives_both_their_pupils_and_a_new_usual(self, school: SmallSchool, by: Person) -> None:
        (new,) = split(school, by).begins
        class_years.carry_out_due(at(0, 0, WEDNESDAY))
        old, new = room(school), schools.get_classroom(new)
        assert (old.pupils, new.pupils) == (8, 6)
        assert old.cards_since == WEDNESDAY == new.started_on
        assert new.table == old.table
        assert teaching.teachers_of(new.id) == {by.id}

    def test_leaves_the_open_week_and_its_cards_where_they_were(
        self, school: SmallSchool, by: Person
    ) -> None:
        school.tap(*taps(3, 9))
        school.seal()
        (new,) = split(school, by).begins
        class_years.carry_out_due(at(0, 0, WEDNESDAY))
        sealing.seal_due(at(23, 0, MONDAY + timedelta(days=9)))
        assert released.rounds_between(new, MONDAY, MONDAY + timedelta(days=6)) == []
        assert released.weeks_between(new, "2026-W48", "2026-W48") == []
        assert len(released.weeks_between(school.classrooms[0], "2026-W48", "2026-W48")) == 1

    def test_a_card_kept_without_network_counts_for_the_class_it_was_tapped_in(
        self, school: SmallSchool, by: Person
    ) -> None:
        kept = taps(2, 6)
        (new,) = split(school, by).begins
        class_years.carry_out_due(at(0, 0, WEDNESDAY))
        school.clock.now = at(8, 30, WEDNESDAY)
        assert school.tablet.classroom == new
        fresh = a_tap(day=WEDNESDAY)
        results = school.tap(*kept, fresh)
        assert {one.status for one in results[:-1]} == {Status.LATE}
        assert results[-1].status is Status.STORED
        rounds = [
            Round(id, d, Moment.CHECK_IN)
            for id in (school.classrooms[0], new)
            for d in (MONDAY, WEDNESDAY)
        ]
        assert tapping.taps_so_far(rounds) == [0, 0, 0, 1]
        assert tapping.late_taps(school.classrooms[0], "2026-W48").kept == 8
        assert tapping.late_taps(new, "2026-W48").kept == 0
        assert {one.status for one in school.tap(*kept)} == {Status.KNOWN}

    def test_can_be_undone_until_the_first_round(self, school: SmallSchool, by: Person) -> None:
        change = split(school, by)
        class_years.carry_out_due(at(0, 0, WEDNESDAY))
        class_years.undo(by, change, at(8, 14, WEDNESDAY))
        assert "Nieuw" not in names(school)
        assert room(school).pupils == 14
        assert room(school).cards_since is None
        assert school.tablet.classroom == school.classrooms[0]
        school.clock.now = at(8, 30, WEDNESDAY)
        assert school.tap(a_tap(day=WEDNESDAY))[0].status is Status.STORED

    def test_cannot_be_undone_after_that(self, school: SmallSchool, by: Person) -> None:
        change = split(school, by)
        class_years.carry_out_due(at(0, 0, WEDNESDAY))
        with pytest.raises(TooLate):
            class_years.undo(by, change, at(8, 15, WEDNESDAY))
        assert "Nieuw" in names(school)

    def test_waits_for_tomorrow_once_a_round_has_begun(
        self, school: SmallSchool, by: Person
    ) -> None:
        assert class_years.first_day_for([room(school)], at(8, 14)) == MONDAY
        assert class_years.first_day_for([room(school)], at(8, 15)) == TUESDAY
        with pytest.raises(CannotChange) as refused:
            split(school, by, MONDAY, at(8, 15))
        assert refused.value.trouble is Trouble.DAY
        assert split(school, by, MONDAY, at(8, 14)).done_at is not None

    def test_refuses_what_no_class_can_be(self, school: SmallSchool, by: Person) -> None:
        cases = {
            ("", (8, 6)): Trouble.NAME,
            ("Nieuw", (0, 6)): Trouble.PUPILS,
            (room(school, 1).name.upper(), (8, 6)): Trouble.TAKEN,
        }
        for (name, sizes), trouble in cases.items():
            with pytest.raises(CannotChange) as refused:
                class_years.plan_split(
                    by, room(school), name, sizes, (), (), WEDNESDAY, school.clock.now
                )
            assert refused.value.trouble is trouble
        assert class_changes.list_waiting() == []


class TestClose:
    def test_ends_rounds_and_tablets_and_keeps_what_was_released(
        self, school: SmallSchool, by: Person
    ) -> None:
        school.tap(*taps(1, 9))
        school.seal()
        class_years.plan_closing(by, room(school), WEDNESDAY, school.clock.now)
        class_years.carry_out_due(at(0, 0, WEDNESDAY))
        assert enrolling.find_tablet(school.token) is None
        assert len(released.rounds_between(school.classrooms[0], MONDAY, MONDAY)) == 1
        with pytest.raises(sealing.NeverOpened):
            sealing.seal_by_hand(school.round(day=WEDNESDAY), 1, at(8, 30, WEDNESDAY))
        assert room(school) in class_years.list_archived(by)

    def test_waits_for_what_the_care_team_has_open(self, school: SmallSchool, by: Person) -> None:
        id, now = school.classrooms[0], school.clock.now
        flags.add_flag(school.id, id, "sudden-day", MONDAY, 3.0, {}, now)
        with pytest.raises(CannotChange) as refused:
            class_years.plan_closing(by, room(school), WEDNESDAY, now)
        assert refused.value.trouble is Trouble.FLAGS

    def test_undone_the_tablet_taps_again(self, school: SmallSchool, by: Person) -> None:
        change = class_years.plan_closing(by, room(school), WEDNESDAY, school.clock.now)
        class_years.carry_out_due(at(0, 0, WEDNESDAY))
        class_years.undo(by, change, at(7, 0, WEDNESDAY))
        assert enrolling.find_tablet(school.token) is not None
        assert class_years.list_archived(by) == []


class TestMerge:
    def test_adds_no_two_classes_up(self, school: SmallSchool, by: Person) -> None:
        school.tap(*taps(2, 8))
        both = [room(school), room(school, 1)]
        change = class_years.plan_merger(by, both, "Samen", 26, TUESDAY, school.clock.now)
        class_years.carry_out_due(at(0, 0, TUESDAY))
        sealing.seal_due(at(23, 0, MONDAY + timedelta(days=9)))
        (new,) = change.begins
        assert names(school) == ["Samen"]
        assert schools.get_classroom(new).pupils == 26
        assert released.rounds_between(new, MONDAY, TUESDAY) == []
        assert set(schools.get_classroom(new).languages) == {
            code for one in both for code in one.languages
        }

    def test_takes_two_classes(self, school: SmallSchool, by: Person) -> None:
        with pytest.raises(CannotChange) as refused:
            class_years.plan_merger(by, [room(school)], "Een", 9, TUESDAY, school.clock.now)
        assert refused.value.trouble is Trouble.NO_OTHER


class TestNewYear:
    def plan(self, school: SmallSchool, by: Person, **of_second: object):
        chosen = [
            NextClass(school.classrooms[0], True, False, room(school).name, 17, True),
            replace(NextClass(school.classrooms[1], False, True, "", 0, False), **of_second),  # type: ignore[arg-type]
        ]
        return class_years.plan_year(by, chosen, WEDNESDAY, school.clock.now)

    def test_copies_classes_and_archives_the_old(self, school: SmallSchool, by: Person) -> None:
        old = room(school)
        before = teaching.teachers_of(old.id)
        (new,) = self.plan(school, by).begins
        class_years.carry_out_due(at(0, 0, WEDNESDAY))
        again = schools.get_classroom(new)
        assert (again.name, again.pupils, again.table) == (old.name, 17, old.table)
        assert teaching.teachers_of(new) == before
        assert names(school) == [old.name]
        assert {one.id for one in class_years.list_archived(by)} == set(school.classrooms)
        assert school.tablet.classroom == new

    def test_refuses_a_name_twice_and_keeps_nothing_of_it(
        self, school: SmallSchool, by: Person
    ) -> None:
        twice = room(school).name
        with pytest.raises(CannotChange) as refused:
            self.plan(school, by, goes_on=True, ends=False, name=twice, pupils=9)
        assert refused.value.trouble is Trouble.TAKEN
        assert refused.value.classroom == school.classrooms[1]
        assert class_changes.list_waiting() == []

    def test_called_off_before_its_day_leaves_all_as_it_was(
        self, school: SmallSchool, by: Person
    ) -> None:
        before = names(school)
        change = self.plan(school, by)
        class_years.undo(by, change, school.clock.now)
        assert class_years.carry_out_due(at(0, 0, WEDNESDAY)) == 0
        assert names(school) == before
        assert tablets.tablets_of(school.classrooms[0])


@pytest.mark.parametrize("school", ["file", "server"], indirect=True)
def test_a_batch_of_two_classes_is_answered_in_order(school: SmallSchool, by: Person) -> None:
    split(school, by)
    class_years.carry_out_due(at(0, 0, WEDNESDAY))
    now = at(8, 30, WEDNESDAY)
    mixed = (a_tap(day=WEDNESDAY), a_tap(day=MONDAY), a_tap(day=WEDNESDAY))
    found = tapping.store(school.tablet, Batch(mixed, 0), now)
    assert [one.key for one in found] == [tap.key for tap in mixed]
    assert [one.status for one in found] == [Status.STORED, Status.LATE, Status.STORED]
