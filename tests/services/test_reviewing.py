"""Looking for patterns: from released rounds of days that are over, each flag raised once."""

from datetime import timedelta

from checkin.domain.flags import FlagState, Outcome
from checkin.domain.release import Released, Why, light_of
from checkin.domain.rounds import Moment, Round
from checkin.services import caring, reviewing
from checkin.storage import flags, released, schools
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow
from tests.school import MONDAY, at, next_day

CALM, HEAVY = 2, 11
MOMENTS = tuple(Moment)


def live(school, days, heavy, first):
    """Release both rounds of so many school days, twelve of fourteen tapping."""
    day, lived = first, 0
    while lived < days:
        if day.isoweekday() < 6:
            for moment in MOMENTS:
                release(school, Round(school.classrooms[0], day, moment), heavy)
            lived += 1
        day += timedelta(days=1)
    db.session.commit()
    return day


def release(school, round, heavy):
    figures = Released(12, 14, heavy, light_of(12, heavy), Why.SHOWN)
    released.add_round(school.id, round, figures, at(15, 0, round.day), None)


def review(school, day):
    return reviewing.look_for_patterns(at(23, 0, day))


def test_a_class_that_turns_heavy_is_raised_once(school):
    turned = live(school, 30, CALM, MONDAY)
    last = live(school, 6, HEAVY, turned)
    assert review(school, last) > 0
    assert review(school, last) == 0
    assert "sustained-rise" in {flag.pattern for flag in flags.list_flags(school.id)}


def test_a_calm_class_is_left_in_peace(school):
    last = live(school, 40, CALM, MONDAY)
    assert review(school, last) == 0


def test_a_day_that_is_not_over_is_not_looked_at(school):
    turned = live(school, 30, CALM, MONDAY)
    while turned.isoweekday() > 5:
        turned = next_day(turned)
    release(school, Round(school.classrooms[0], turned, Moment.CHECK_IN), 12)
    db.session.commit()
    classroom = schools.get_classroom(school.classrooms[0])
    seen = reviewing.observations_of(classroom, at(12, 0, turned))
    assert turned not in {observation.day for observation in seen}
    release(school, Round(school.classrooms[0], turned, Moment.CHECK_OUT), 12)
    db.session.commit()
    seen = reviewing.observations_of(classroom, at(16, 0, turned))
    assert turned in {observation.day for observation in seen}


def test_other_cards_begin_another_usual(school):
    turned = live(school, 30, CALM, MONDAY)
    last = live(school, 6, HEAVY, turned)
    db.session.get_one(ClassroomRow, school.classrooms[0]).cards_since = turned
    db.session.commit()
    classroom = schools.get_classroom(school.classrooms[0])
    seen = reviewing.observations_of(classroom, at(23, 0, last))
    assert min(observation.day for observation in seen) >= turned


def test_a_closed_flag_stays_closed_when_looked_at_again(school):
    last = live(school, 6, HEAVY, live(school, 30, CALM, MONDAY))
    review(school, last)
    for flag in flags.list_flags(school.id):
        caring.close(flag, Outcome.NO_CAUSE, 1, "", at(23, 0, last))
    assert review(school, last) == 0
    assert {flag.state for flag in flags.list_flags(school.id)} == {FlagState.CLOSED}
