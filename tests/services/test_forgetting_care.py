"""A flag, its decisions and its talks are forgotten a year after it was closed, and not before."""

from datetime import timedelta

import pytest

from checkin.domain.decisions import DecisionKind, FollowUp
from checkin.domain.flags import Outcome
from checkin.domain.parents import Consent, Help, ParentsTalk, TalkedWith
from checkin.services import caring, class_loop, deciding, forgetting, meeting
from checkin.services.deciding import NewDecision
from checkin.services.forgetting_care import KEPT
from checkin.services.signing_in import list_staff
from checkin.storage import decisions, flags, parents_talks, schools
from checkin.storage.database import db
from checkin.storage.rows import (
    ClassLoopRow,
    DecisionRow,
    FlagEventRow,
    FlagRow,
    ParentsTalkRow,
    ReviewMeetingRow,
)
from tests.school import MONDAY, at

A_DAY = timedelta(days=1)
ALL = (FlagRow, FlagEventRow, ParentsTalkRow, DecisionRow, ReviewMeetingRow, ClassLoopRow)
TALK = ParentsTalk(
    MONDAY, TalkedWith.PARENTS, Help.KEY_PERSON, "Arabisch", Consent.YES, MONDAY, Consent.NOT_ASKED
)


@pytest.fixture
def inge(school):
    return next(person for person in list_staff(school.id) if person.name == "Inge")


@pytest.fixture
def flag(school, inge):
    """A flag about which parents were talked to and something was decided."""
    numbers = {"since": MONDAY.isoformat()}
    room = school.classrooms[0]
    id = flags.add_flag(school.id, room, "sustained-rise", MONDAY, 3.0, numbers, at(8))
    db.session.commit()
    flag = flags.find_flag(id)
    caring.note_parents(flag, TALK, inge.id, at(9))
    deciding.decide(NewDecision(DecisionKind.LOOK, None, None, "x"), inge, at(9), flag)
    class_loop.write(schools.get_classroom(room), "Kring.", inge, at(9))
    return flags.find_flag(id)


def counts():
    return [db.session.query(row).count() for row in ALL]


def test_all_of_a_closed_flag_goes_after_a_year(flag, inge):
    closed = at(10)
    caring.close(flag, Outcome.TALKED, inge.id, "", closed)
    before = counts()
    assert all(before)
    assert forgetting.forget(closed + KEPT - A_DAY).care == 0
    assert counts() == before
    assert forgetting.forget(closed + KEPT + 8 * A_DAY).care == 3  # a flag, a review, a line
    assert counts() == [0] * len(ALL)
    assert forgetting.forget(closed + KEPT + 8 * A_DAY).care == 0


def test_an_open_flag_stays_with_all_that_was_decided(flag):
    assert forgetting.forget(at(10) + 3 * KEPT).care == 1  # the line of the class
    assert flags.find_flag(flag.id) is not None
    assert decisions.of_flag(flag.id)
    assert parents_talks.talks_of(flag.id)


def test_a_decision_about_a_class_goes_a_year_after_its_end_was_told(school, inge):
    new = NewDecision(DecisionKind.CLASS, None, None, "")
    deciding.decide(new, inge, at(9), school.classrooms[0])
    later = at(9, 0, MONDAY + 60 * A_DAY)
    deciding.follow(decisions.find(1), FollowUp.DONE, inge, later)
    forgetting.forget(at(10) + KEPT)
    assert decisions.find(1) is not None
    forgetting.forget(later + KEPT + A_DAY)
    assert decisions.find(1) is None


def test_another_flag_is_left_alone(school, flag, inge):
    numbers = {"since": MONDAY.isoformat()}
    other = flags.add_flag(
        school.id, school.classrooms[1], "day-shift", MONDAY, 3.0, numbers, at(8)
    )
    db.session.commit()
    caring.close(flag, Outcome.TALKED, inge.id, "", at(10))
    forgetting.forget(at(10) + KEPT + A_DAY)
    assert [flag.id for flag in flags.list_flags(school.id)] == [other]
    assert len(flags.find_flag(other).events) == 1


def test_a_review_stays_while_one_of_its_decisions_does(school, flag):
    forgetting.forget(at(10) + 3 * KEPT)
    assert meeting.list_of(school.id, "2026-W48", at(10) + 3 * KEPT).meeting is not None
