"""Who stands in sees the class from the first day to the last, by the school's clock."""

from datetime import timedelta

import pytest

from checkin.domain.access import Person, may_see_trend
from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.services import class_years, presence, signing_in
from checkin.services.class_years import CannotStandIn, StandInProblem
from checkin.services.class_years.standing_in import forget_substitutions
from checkin.storage import schools
from tests.school import MONDAY, SmallSchool, at

TUESDAY = MONDAY + timedelta(days=1)


def people(school: SmallSchool) -> dict[str, Person]:
    return {one.name: one for one in signing_in.list_staff(school.id)}


@pytest.fixture
def standing(school: SmallSchool):
    """The teacher of the second class stands in for the first on Tuesday."""
    first, second = school.classrooms
    teachers = [p for p in people(school).values() if p.teaches(second)]
    by, other = people(school)["Adam"] if "Adam" in people(school) else teachers[0], teachers[0]
    room = schools.get_classroom(first)
    id = class_years.stand_in(by, room, other.id, (TUESDAY, TUESDAY), MONDAY, school.clock.now)
    return by, other, room, id


def sees(person: Person, room, now) -> bool:
    return may_see_trend(class_years.with_classes_of_today(person, now), room.id)


def test_access_opens_and_ends_by_itself(standing) -> None:
    _, other, room, _ = standing
    assert not sees(other, room, at(23, 59, MONDAY))
    assert sees(other, room, at(0, 0, TUESDAY))
    assert sees(other, room, at(23, 59, TUESDAY))
    assert not sees(other, room, at(0, 0, TUESDAY + timedelta(days=1)))


def test_ended_sooner_it_ends_at_once(standing) -> None:
    by, other, room, id = standing
    found = class_years.find_substitution(room, id)
    assert found is not None
    class_years.end_substitution(by, found, at(9, 0, TUESDAY))
    assert not sees(other, room, at(9, 1, TUESDAY))


def test_refuses_whoever_teaches_it_and_days_that_cannot_be(school: SmallSchool, standing) -> None:
    by, other, room, _ = standing
    own = next(p for p in people(school).values() if p.teaches(room.id))
    yesterday = MONDAY - timedelta(days=1)
    cases = [
        (own.id, (TUESDAY, TUESDAY), StandInProblem.TEACHES),
        (other.id, (TUESDAY, MONDAY), StandInProblem.BACKWARDS),
        (other.id, (yesterday, yesterday), StandInProblem.OVER),
        (other.id, (MONDAY, MONDAY + timedelta(days=400)), StandInProblem.LONG),
        (999, (MONDAY, MONDAY), StandInProblem.UNKNOWN),
    ]
    for who, days, problem in cases:
        with pytest.raises(CannotStandIn) as refused:
            class_years.stand_in(by, room, who, days, MONDAY, school.clock.now)
        assert refused.value.problem is problem


def test_it_is_forgotten_a_year_after(standing) -> None:
    assert forget_substitutions(TUESDAY + timedelta(days=366)) == 0
    assert forget_substitutions(TUESDAY + timedelta(days=367)) == 1


def test_what_is_asked_of_the_teacher_is_asked_of_who_stands_in(standing) -> None:
    _, other, room, _ = standing
    role = next(r for r in DEFAULT_STRUCTURE.roles if r.is_of_classroom)
    for day, is_asked in ((MONDAY, False), (TUESDAY, True)):
        asked = presence.who_acts(DEFAULT_STRUCTURE, role.id, room.id, day)
        assert (other.id in asked) == is_asked
