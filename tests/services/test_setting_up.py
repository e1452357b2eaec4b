"""Setting a school up: all of it, or nothing and one clear sentence."""

from dataclasses import replace

import pytest

from checkin.domain.access import Role
from checkin.domain.cards import CardSet
from checkin.domain.school_years import Region
from checkin.services import setting_up
from checkin.services.setting_up import NewClassroom, NewSchool, NewStaff, NotValid, ordinary_week
from checkin.services.signing_in import list_staff
from checkin.services.timetables import calendar_of
from checkin.storage import schools, structures
from tests.school import MONDAY, PASSWORD, HeldClock, an_app, at

ZON = NewClassroom("Zon", 12, CardSet.SIX, ordinary_week(), ("nl", "ar"))
ADAM = NewStaff("Adam", "Adam@School.example ", PASSWORD, (Role.ADMIN, Role.TEACHER), (0,))
SCHOOL = NewSchool("De Waterlelie", Region.NOORD, (ZON,), (ADAM,))


@pytest.fixture(autouse=True)
def app(tmp_path):
    with an_app(tmp_path, HeldClock()):
        yield


def test_it_makes_the_school_its_classes_and_its_people():
    made = setting_up.set_up(SCHOOL, at(9))
    assert [c.name for c in schools.list_classrooms(made.school)] == ["Zon"]
    (adam,) = list_staff(made.school)
    assert (adam.email, adam.roles) == ("adam@school.example", {Role.ADMIN, Role.TEACHER})
    assert adam.classrooms == set(made.classrooms)


def test_it_gives_the_school_its_holidays_and_a_structure():
    made = setting_up.set_up(SCHOOL, at(9))
    calendar = calendar_of(made.school)
    assert calendar.find_day_off(MONDAY.replace(month=12)).label == "Kerstvakantie"
    assert structures.in_force(made.school, MONDAY).version == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": " "}, "school needs a name"),
        ({"classrooms": (replace(ZON, name=""),)}, "classroom needs a name"),
        ({"classrooms": (replace(ZON, pupils=0),)}, "number of pupils"),
        ({"classrooms": (replace(ZON, pupils=41),)}, "number of pupils"),
        ({"classrooms": (replace(ZON, languages=("xx",)),)}, "no language 'xx'"),
        ({"classrooms": (replace(ZON, openings={}),)}, "opening times"),
        ({"staff": (ADAM, replace(ADAM, email="adam@school.example"))}, "already"),
        ({"staff": (replace(ADAM, password="short"),)}, "at least 10"),
        ({"staff": (replace(ADAM, email="adam"),)}, "e-mail"),
        ({"staff": (replace(ADAM, classrooms=(1,)),)}, "counted from 0"),
    ],
)
def test_what_cannot_be_is_said_and_leaves_nothing_behind(change, says):
    with pytest.raises(NotValid, match=says):
        setting_up.set_up(replace(SCHOOL, **change), at(9))
    assert not setting_up.is_set_up()
