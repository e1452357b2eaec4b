"""Between the plan and its day a school goes on: nothing that is set meanwhile is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from checkin.domain.access import Person, Role
from checkin.domain.calendar import Opening
from checkin.domain.cards import CardSet
from checkin.domain.class_changes import Change
from checkin.domain.imports import Found, FoundClass
from checkin.domain.rounds import Moment
from checkin.domain.school import Classroom, Pause
from checkin.services import class_years, enrolling, rituals, signing_in
from checkin.services import classrooms as classroom_service
from checkin.services.class_years import CannotChange, NextClass, Trouble
from checkin.services.importing.comparing import Hindrance, compare
from checkin.storage import class_changes, schools, tablets, teaching, timetables
from checkin.storage.database import db
from tests.school import MONDAY, PASSWORD, SmallSchool, at

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)
FRIDAY = MONDAY + timedelta(days=4)


@pytest.fixture
def by(school: SmallSchool) -> Person:
    return signing_in.list_staff(school.id)[0]


@pytest.fixture
def noor(school: SmallSchool) -> int:
    email = "noor@school.example"
    return signing_in.add_staff(school.id, email, "Noor", PASSWORD, [Role.TEACHER], ())


def room(school: SmallSchool, n: int = 0) -> Classroom:
    return schools.get_classroom(school.classrooms[n])


def plan_year(school: SmallSchool, by: Person, day: date = FRIDAY, **of_first: object) -> Change:
    first, *others = (
        NextClass(one.id, True, False, one.name, one.pupils, True)
        for one in map(schools.get_classroom, school.classrooms)
    )
    chosen = [replace(first, **of_first), *others]  # type: ignore[arg-type]
    return class_years.plan_year(by, chosen, day, school.clock.now)


def plan_split(school: SmallSchool, by: Person, day: date = WEDNESDAY, name: str = "Nieuw"):
    now = school.clock.now
    return class_years.plan_split(by, room(school), name, (8, 6), (), {by.id}, day, now)


def come(day: date) -> None:
    class_years.carry_out_due(at(0, 0, day))


class TestWhatIsSetMeanwhile:
    def test_the_teachers_of_the_day_go_along(
        self, school: SmallSchool, by: Person, noor: int
    ) -> None:
        new = plan_year(school, by).begins[0]
        classroom_service.choose_teachers(by, room(school), {noor}, school.clock.now)
        come(FRIDAY)
        assert teaching.teachers_of(new) == {noor}

    def test_teachers_chosen_for_the_new_class_stay(
        self, school: SmallSchool, by: Person, noor: int
    ) -> None:
        new = plan_year(school, by).begins[0]
        planned = schools.get_classroom(new)
        classroom_service.choose_teachers(by, planned, {noor}, school.clock.now)
        come(FRIDAY)
        assert teaching.teachers_of(new) == {noor}
        assert teaching.teachers_of(school.classrooms[0]) != {noor}

    def test_a_substitute_goes_along_with_the_days_that_are_left(
        self, school: SmallSchool, by: Person, noor: int
    ) -> None:
        change = plan_year(school, by)
        days, later = (WEDNESDAY, FRIDAY + timedelta(days=3)), MONDAY + timedelta(weeks=4)
        for its in (days, (later, later), (TUESDAY, TUESDAY)):
            class_years.stand_in(by, room(school), noor, its, MONDAY, school.clock.now)
        come(FRIDAY)
        found = teaching.substitutions_of(change.begins[0], MONDAY)
        assert [(one.first, one.last) for one in found] == [(FRIDAY, days[1]), (later, later)]
        class_years.undo(by, change, at(7, 0, FRIDAY))
        assert teaching.substitutions_of(change.begins[0], MONDAY) == []
        assert len(teaching.substitutions_of(school.classrooms[0], FRIDAY)) == 2

    def test_times_cards_and_pause_go_along(self, school: SmallSchool, by: Person) -> None:
        new = plan_year(school, by).begins[0]
        old, pause = room(school), Pause(FRIDAY, FRIDAY + timedelta(days=3))
        times = {(1, Moment.CHECK_IN): Opening(600, 660)}
        classroom_service.lay_table(
            old, replace(old.table, card_set=CardSet.FOUR, languages=("nl", "ar")), school.clock.now
        )
        timetables.set_openings(old.id, times)
        rituals.set_pause(room(school), pause, school.clock.now)
        come(FRIDAY)
        begun = schools.get_classroom(new)
        assert (begun.table, begun.pause) == (room(school).table, pause)
        assert timetables.openings_of(new) == times

    def test_the_number_of_pupils_is_that_of_the_day(self, school: SmallSchool, by: Person) -> None:
        first, second = plan_year(school, by, pupils=20).begins
        for id in school.classrooms:
            classroom_service.set_pupils(schools.get_classroom(id), 9)
        come(FRIDAY)
        assert schools.get_classroom(first).pupils == 20  # it was said
        assert schools.get_classroom(second).pupils == 9

    def test_a_number_said_on_the_page_of_the_new_class_holds(
        self, school: SmallSchool, by: Person
    ) -> None:
        new = plan_year(school, by).begins[0]
        classroom_service.set_pupils(schools.get_classroom(new), 17)
        classroom_service.set_pupils(room(school), 9)
        come(FRIDAY)
        assert schools.get_classroom(new).pupils == 17

    @pytest.mark.parametrize(("now", "left"), [(30, 24), (14, 8), (10, 4), (3, 1)])
    def test_after_a_split_the_old_class_has_who_came_or_left(
        self, school: SmallSchool, by: Person, now: int, left: int
    ) -> None:
        change = plan_split(school, by)
        classroom_service.set_pupils(room(school), now)
        come(WEDNESDAY)
        assert (room(school).pupils, schools.get_classroom(change.begins[0]).pupils) == (left, 6)
        class_years.undo(by, change, at(7, 0, WEDNESDAY))
        assert room(school).pupils == now

    def test_a_merger_counts_who_came_to_any_of_its_classes(
        self, school: SmallSchool, by: Person
    ) -> None:
        both = [room(school), room(school, 1)]
        change = class_years.plan_merger(by, both, "Samen", 25, WEDNESDAY, school.clock.now)
        classroom_service.set_pupils(both[0], both[0].pupils + 3)
        classroom_service.set_pupils(both[1], both[1].pupils - 1)
        come(WEDNESDAY)
        assert schools.get_classroom(change.begins[0]).pupils == 27

    def test_a_tablet_that_came_later_goes_along(self, school: SmallSchool, by: Person) -> None:
        change = plan_year(school, by, keeps_tablets=False)
        token = enrolling.enrol_here(school.id, school.classrooms[0], school.clock.now)
        come(FRIDAY)
        late = enrolling.find_tablet(token)
        assert late is not None
        assert late.classroom == change.begins[0]
        assert enrolling.find_tablet(school.token) is None
        class_years.undo(by, change, at(7, 0, FRIDAY))
        assert len(tablets.tablets_of(school.classrooms[0])) == 2

    def test_another_name_goes_along_where_it_was_to_be_the_same(
        self, school: SmallSchool, by: Person
    ) -> None:
        first, second = plan_year(school, by, name="Volgend jaar").begins
        for id, name in zip(school.classrooms, ("Een", "Twee"), strict=True):
            its = schools.get_classroom(id)
            classroom_service.rename_classroom(by, its, name, school.clock.now)
        come(FRIDAY)
        assert schools.get_classroom(first).name == "Volgend jaar"
        assert schools.get_classroom(second).name == "Twee"


class TestBeforeANewYear:
    def test_a_class_can_still_be_split(self, school: SmallSchool, by: Person) -> None:
        year, split = plan_year(school, by), plan_split(school, by)
        come(WEDNESDAY)
        assert room(school).pupils == 8
        come(FRIDAY)
        assert schools.get_classroom(year.begins[0]).pupils == 8
        names = {one.name for one in schools.list_classrooms(school.id)}
        assert names == {room(school).name, room(school, 1).name, "Nieuw"}
        assert schools.get_classroom(split.begins[0]).closed_on is None

    def test_of_a_class_that_closed_before_it_nothing_comes(
        self, school: SmallSchool, by: Person
    ) -> None:
        year = plan_year(school, by)
        class_years.plan_closing(by, room(school), WEDNESDAY, school.clock.now)
        come(WEDNESDAY)
        assert [one.is_still_so for one in class_years.becoming_of(year)] == [False, True]
        come(FRIDAY)
        assert [one.name for one in schools.list_classrooms(school.id)] == [room(school, 1).name]
        assert room(school).closed_on == WEDNESDAY
        class_years.undo(by, year, at(7, 0, FRIDAY))
        assert room(school).closed_on == WEDNESDAY
        assert room(school, 1).closed_on is None

    def test_merged_classes_may_have_a_name_of_the_plan_that_falls_away(
        self, school: SmallSchool, by: Person
    ) -> None:
        plan_year(school, by)
        both = [room(school), room(school, 1)]
        class_years.plan_merger(by, both, both[0].name, 25, WEDNESDAY, school.clock.now)
        come(FRIDAY)
        (merged,) = schools.list_classrooms(school.id)
        assert (merged.name, merged.started_on) == (both[0].name, WEDNESDAY)

    def test_on_its_day_or_later_the_refusal_names_the_plan(
        self, school: SmallSchool, by: Person
    ) -> None:
        year = plan_year(school, by)
        for day in (FRIDAY, FRIDAY + timedelta(days=3)):
            with pytest.raises(CannotChange) as refused:
                plan_split(school, by, day)
            assert refused.value.trouble is Trouble.CHANGING
            assert refused.value.plan == year
            assert refused.value.classroom == school.classrooms[0]

    def test_a_split_that_the_new_year_came_after_is_not_undone(
        self, school: SmallSchool, by: Person
    ) -> None:
        year, split = plan_year(school, by), plan_split(school, by)
        for id in (*school.classrooms, *split.begins, *year.begins):
            timetables.set_openings(id, {(1, Moment.CHECK_IN): Opening(600, 660)})
        come(FRIDAY)  # both, as the app was off: no round was held between
        with pytest.raises(CannotChange) as refused:
            class_years.undo(by, split, at(7, 0, FRIDAY))
        assert refused.value.trouble is Trouble.LATER
        class_years.undo(by, year, at(7, 0, FRIDAY))
        class_years.undo(by, split, at(7, 0, FRIDAY))
        assert room(school).pupils == 14


class TestNames:
    def taken(self, school: SmallSchool, by: Person, name: str) -> bool:
        try:
            classroom_service.add_classroom(by, name, 9, None, school.clock.now)
        except CannotChange as wrong:
            return wrong.trouble is Trouble.TAKEN
        return False

    def test_a_planned_class_has_its_name_already(self, school: SmallSchool, by: Person) -> None:
        change = plan_split(school, by)
        assert self.taken(school, by, "nieuw")
        class_years.undo(by, change, school.clock.now)
        assert not self.taken(school, by, "Nieuw")

    def test_no_class_is_renamed_or_planned_to_it(self, school: SmallSchool, by: Person) -> None:
        plan_split(school, by)
        other = room(school, 1)
        for refused in (
            lambda: classroom_service.rename_classroom(by, other, "NIEUW", school.clock.now),
            lambda: class_years.plan_split(
                by, other, "Nieuw", (6, 6), (), (), WEDNESDAY, school.clock.now
            ),
        ):
            with pytest.raises(CannotChange) as wrong:
                refused()
            assert wrong.value.trouble is Trouble.TAKEN

    def test_a_class_may_take_the_name_it_is_to_have(self, school: SmallSchool, by: Person) -> None:
        plan_year(school, by, name="Groep 2")
        classroom_service.rename_classroom(by, room(school), "Groep 2", school.clock.now)
        assert room(school).name == "Groep 2"

    def test_a_planned_class_may_take_that_of_one_that_ends_that_day(
        self, school: SmallSchool, by: Person
    ) -> None:
        first, second = plan_year(school, by).begins
        planned, now = schools.get_classroom(first), school.clock.now
        with pytest.raises(CannotChange):
            classroom_service.rename_classroom(by, planned, room(school, 1).name, now)
        other = schools.get_classroom(second)
        classroom_service.rename_classroom(by, other, "Groep 9", now)
        classroom_service.rename_classroom(by, planned, room(school, 1).name, now)
        assert schools.get_classroom(first).name == room(school, 1).name

    def test_a_class_does_not_come_back_under_a_name_given_away(
        self, school: SmallSchool, by: Person
    ) -> None:
        name = room(school).name
        change = class_years.plan_closing(by, room(school), WEDNESDAY, school.clock.now)
        come(WEDNESDAY)
        classroom_service.add_classroom(by, name, 9, None, at(6, 0, WEDNESDAY))
        with pytest.raises(CannotChange) as refused:
            class_years.undo(by, change, at(7, 0, WEDNESDAY))
        assert refused.value.trouble is Trouble.TAKEN
        db.session.rollback()
        assert class_changes.hold(change.id).undone_at is None

    def test_a_file_adds_no_class_under_it(self, school: SmallSchool, by: Person) -> None:
        plan_split(school, by)
        found = Found((FoundClass("NIEUW", 9), FoundClass("Anders", 9)), ())
        lines = {one.name: one.why for one in compare(by, found).classes}
        assert lines == {"NIEUW": Hindrance.PLANNED, "Anders": None}
