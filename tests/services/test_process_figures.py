"""It counts how care for flags went: taken up in time, late, or waiting, and no class with it."""

from datetime import date, timedelta

import pytest

from checkin.domain.access import Role
from checkin.domain.flags import FlagState, Step
from checkin.services import signing_in
from checkin.services.process_figures import FlagCounts, process_of_class, process_of_school
from checkin.storage import flags, staff
from checkin.storage.database import db
from tests.school import MONDAY, PASSWORD, SmallSchool, at

RAISED = MONDAY - timedelta(weeks=3)
FIRST = MONDAY - timedelta(weeks=9)


def raise_flag(school: SmallSchool, taken_up_on: date | None, day: date = RAISED) -> int:
    id = flags.add_flag(
        school.id, school.classrooms[0], "sustained-rise", day, 4.2, {}, at(12, day=day)
    )
    if taken_up_on is not None:
        when = at(9, day=taken_up_on)
        flags.add_step(id, Step.ACKNOWLEDGED, FlagState.ACKNOWLEDGED, when)
    db.session.commit()
    return id


def counts(school: SmallSchool, first: date = FIRST) -> FlagCounts:
    email = "head@school.example"
    if staff.find_account(email) is None:
        signing_in.add_staff(school.id, email, "Head", PASSWORD, [Role.HEAD])
    head = next(one for one in staff.list_staff(school.id) if one.email == email)
    return process_of_school(head, first, MONDAY, at(8)).flags


def test_taken_up_the_next_day_is_in_time(school: SmallSchool) -> None:
    raise_flag(school, RAISED + timedelta(days=1))
    found = counts(school)
    assert (found.raised, found.in_time, found.late, found.waiting) == (1, 1, 0, 0)
    assert dict(found.steps)[Step.ACKNOWLEDGED] == 1


def test_taken_up_after_its_days_is_late(school: SmallSchool) -> None:
    raise_flag(school, RAISED + timedelta(days=18))
    found = counts(school)
    assert (found.in_time, found.late) == (0, 1)


def test_not_taken_up_is_late_once_its_days_are_over(school: SmallSchool) -> None:
    raise_flag(school, None)
    assert (counts(school).late, counts(school).waiting) == (1, 0)


def test_not_taken_up_waits_while_there_is_time(school: SmallSchool) -> None:
    raise_flag(school, None, MONDAY)
    assert (counts(school).late, counts(school).waiting) == (0, 1)


@pytest.mark.parametrize("first", [RAISED, RAISED + timedelta(days=1)])
def test_counts_those_of_the_period_alone(school: SmallSchool, first: date) -> None:
    raise_flag(school, None)
    assert counts(school, first=first).raised == (1 if first == RAISED else 0)


def test_counts_of_a_class_those_about_it_alone(school: SmallSchool) -> None:
    raise_flag(school, None)
    counts(school)
    person = staff.list_staff(school.id)[0]
    found = [
        process_of_class(person, room, FIRST, MONDAY, at(8)).flags.raised
        for room in (school.classrooms[0], 999)
    ]
    assert found == [1, 0]
