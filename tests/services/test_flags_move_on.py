"""A flag that nobody takes up is reminded of, goes to the deputy too, then to the role above."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest

from checkin.domain.calendar import DayOff, Span
from checkin.domain.flags import FlagState, KeptBack, Step
from checkin.domain.mails import Kind
from checkin.domain.structure import DEFAULT_STRUCTURE
from checkin.services import caring, escalating, mailing_occasions, presence, reviewing, signing_in
from checkin.storage import flags, structures, timetables
from checkin.storage.database import db
from tests.school import MONDAY, at

A_DAY = timedelta(days=1)


@pytest.fixture
def people(school):
    return {person.name: person for person in signing_in.list_staff(school.id)}


@pytest.fixture
def structure(school, people):
    """Two IB'ers would be each other's deputy; here Omar stands in for Inge."""
    return put_in_force(school, people["Inge"].id, people["Omar"].id)


@pytest.fixture
def flag(school, structure):
    return raise_flag(school)


def put_in_force(school, ib, deputy, **steps):
    held = {"ib": ib, "team": ib}
    roles = tuple(
        replace(role, holders=(held[role.id],), deputy=deputy) if role.id in held else role
        for role in DEFAULT_STRUCTURE.roles
    )
    structure = replace(DEFAULT_STRUCTURE, roles=roles, **steps)
    structures.add_version(school.id, structure, date(2026, 8, 31), None)
    db.session.commit()
    return structure


def raise_flag(school, pattern="sustained-rise", day=MONDAY):
    numbers = {"since": day.isoformat()}
    id = flags.add_flag(school.id, school.classrooms[0], pattern, day, 3.0, numbers, at(16, 0, day))
    db.session.commit()
    return flags.find_flag(id)


def nights(school, *numbers):
    """Let the night look so many days after Monday."""
    return [reviewing.look_for_patterns(at(1, 0, MONDAY + n * A_DAY)) for n in numbers]


def told(flag):
    """Return what the nights did, with the day of each after Monday."""
    moves = [
        e for e in flags.find_flag(flag.id).events if e.by is None and e.step is not Step.RAISED
    ]
    return [(e.step, (e.at.date() - MONDAY).days) for e in moves]


def standing(school, flag, day):
    return caring.SchoolToday(school.id, at(9, 0, day)).standing_of(flags.find_flag(flag.id))


def test_it_starts_with_the_teacher_of_the_class(school, flag):
    its = standing(school, flag, MONDAY)
    assert its.step.id == "in-de-klas"
    assert [person.name for person in its.hands.people] == ["Tess"]
    assert its.due_on == MONDAY + 3 * A_DAY


def test_a_route_starts_it_at_a_later_step(school, structure):
    its = standing(school, raise_flag(school, "heavy-start"), MONDAY)
    assert (its.step.id, its.hands.people[0].name) == ("met-ib", "Inge")


def test_night_after_night_it_goes_on_and_up(school, flag):
    nights(school, *range(12))
    assert told(flag)[:2] == [(Step.REMINDED, 2), (Step.ESCALATED, 4)]  # no deputy for a teacher
    its = standing(school, flag, MONDAY + 4 * A_DAY)
    assert (its.hands.role, its.hands.people[0].name) == ("Intern begeleider", "Inge")
    assert its.turn.before == ("leerkracht",)
    assert its.is_overdue


def test_the_deputy_has_it_too_before_it_goes_up(school, flag, people):
    nights(school, 2, 4)  # now it is with Inge; four days on she has a reminder, then Omar
    nights(school, *range(5, 12))
    assert told(flag) == [
        (Step.REMINDED, 2),
        (Step.ESCALATED, 4),
        (Step.REMINDED, 8),
        (Step.TO_DEPUTY, 10),
    ]
    its = standing(school, flag, MONDAY + 10 * A_DAY)
    assert {person.name for person in its.hands.people} == {"Inge", "Omar"}
    [asked] = [e for e in flags.find_flag(flag.id).events if e.step is Step.TO_DEPUTY]
    assert asked.to == "Omar"


def test_it_says_what_the_role_was_called(school, flag):
    nights(school, 2, 4)
    last = flags.find_flag(flag.id).events[-1]
    assert (last.step, last.role, last.role_label) == (Step.ESCALATED, "ib", "Intern begeleider")


@pytest.mark.parametrize("take_up", ["acknowledge", "assign"])
def test_taken_up_it_goes_to_nobody_else_and_is_told_once_when_its_day_is_past(
    school, flag, people, take_up
):
    inge = people["Inge"].id
    if take_up == "acknowledge":
        caring.acknowledge(flag, inge, "", at(9))
    else:
        caring.assign(flag, inge, inge, "", at(9))
    nights(school, *range(20))
    assert told(flag) == [(Step.PAST_DUE, 4)]
    its = standing(school, flag, MONDAY + 4 * A_DAY)
    assert (its.due_on, its.do_by, its.is_overdue) == (None, MONDAY + 3 * A_DAY, True)
    assert not standing(school, flag, MONDAY + 3 * A_DAY).is_overdue


def test_whoever_is_given_it_and_whoever_takes_it_up_late_has_the_days_of_the_step(
    school, flag, people
):
    friday = MONDAY + 4 * A_DAY
    caring.acknowledge(flag, people["Tess"].id, "", at(9, 0, friday))
    assert standing(school, flag, friday).do_by == MONDAY + 9 * A_DAY
    caring.assign(flag, people["Omar"].id, people["Inge"].id, "", at(9, 0, MONDAY + 7 * A_DAY))
    assert standing(school, flag, friday).do_by == MONDAY + 10 * A_DAY


def test_what_is_late_in_hand_is_told_to_who_has_it_and_counts_in_the_overview(
    school, flag, people
):
    caring.assign(flag, people["Omar"].id, people["Inge"].id, "", at(9))
    nights(school, 4)
    friday = at(9, 0, MONDAY + 4 * A_DAY)
    found = mailing_occasions.occasions(school.id, at(0, 30, MONDAY + 4 * A_DAY), friday)
    assert [(one.staff, one.kind) for one in found if "past-due" in one.key] == [
        (people["Omar"].id, Kind.FLAG)
    ]
    assert mailing_occasions.counts_of(school.id, friday).overdue == 1


def test_a_note_does_not_take_it_up(school, flag, people):
    caring.add_note(flag, people["Inge"].id, "Ik bel Tess.", at(9))
    nights(school, 2)
    assert told(flag) == [(Step.REMINDED, 2)]


def test_a_holiday_pauses_it(school, flag):
    holiday = Span(MONDAY + A_DAY, MONDAY + 8 * A_DAY, DayOff.HOLIDAY, "vrij")
    timetables.add_days_off(school.id, [holiday])
    db.session.commit()
    assert standing(school, flag, MONDAY).due_on == MONDAY + 11 * A_DAY
    nights(school, *range(9))
    assert told(flag) == []
    nights(school, 10)
    assert told(flag) == [(Step.REMINDED, 10)]


def test_the_same_night_twice_moves_it_once(school, flag):
    nights(school, 2, 2, 2, 4, 4)
    assert told(flag) == [(Step.REMINDED, 2), (Step.ESCALATED, 4)]


def test_after_days_of_standstill_it_is_reminded_first(school, flag):
    nights(school, 11)
    assert told(flag) == [(Step.REMINDED, 11)]


def test_two_processes_in_one_night_move_it_once(school, flag, tmp_path):
    """Each looks, sees that it is due, and then both act."""
    night = at(1, 0, MONDAY + 2 * A_DAY)
    script = (
        "import sys; from datetime import datetime; from pathlib import Path\n"
        "from tests.school import an_app\n"
        "from checkin.services import escalating\n"
        "now = datetime.fromisoformat(sys.argv[2])\n"
        "with an_app(Path(sys.argv[1]), lambda: now):\n"
        "    print(escalating.move_on(int(sys.argv[3]), now))\n"
    )
    db.session.remove()
    command = [sys.executable, "-c", script, str(tmp_path), night.isoformat(), str(school.id)]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ, text=True)
        for _ in range(2)
    ]
    moved = [int(process.communicate()[0]) for process in both]
    assert sorted(moved) == [0, 1]
    assert told(flag) == [(Step.REMINDED, 2)]


def test_whoever_stands_in_is_named_while_somebody_is_away(school, flag, people):
    inge, omar = people["Inge"], people["Omar"]
    caring.hand_on(flag, inge.id, "", at(9))
    caring.assign(flag, inge.id, inge.id, "", at(9))
    presence.note_absence(inge, inge.id, MONDAY, MONDAY + 3 * A_DAY, at(9))
    hands = standing(school, flag, MONDAY + A_DAY).hands
    assert ([person.id for person in hands.people], hands.away) == ([omar.id], "Inge")
    back = standing(school, flag, MONDAY + 4 * A_DAY).hands
    assert ([person.id for person in back.people], back.away) == ([inge.id], "")


def test_it_is_with_nobody_when_nobody_stands_in(school, flag, people):
    presence.note_absence(people["Tess"], people["Tess"].id, MONDAY, MONDAY, at(9))
    review = caring.review_of(school.id, at(10))
    assert [item.flag.id for item in review.with_nobody] == [flag.id]
    assert review.new == ()


def test_it_goes_back_to_the_role_when_somebody_leaves(school, flag, people):
    caring.assign(flag, people["Omar"].id, people["Inge"].id, "", at(9))
    signing_in.leave(people["Omar"].id, at(10))
    assert standing(school, flag, MONDAY).hands.people[0].name == "Tess"
    nights(school, 5, 5)  # a Saturday: who left is gone at once
    after = flags.find_flag(flag.id)
    assert told(flag) == [(Step.RETURNED, 5)]
    assert (after.assigned_to, after.state) == (None, FlagState.IN_HAND)
    assert standing(school, flag, MONDAY + 7 * A_DAY).due_on == MONDAY + 9 * A_DAY


def test_it_comes_to_a_rest_at_the_top_and_stays_overdue(school, flag):
    nights(school, *range(60))
    roles = [e.role for e in flags.find_flag(flag.id).events if e.step is Step.ESCALATED]
    assert roles == ["ib", "team", "directeur"]
    assert nights(school, *range(60, 80)) == [0] * 20
    assert standing(school, flag, MONDAY + 80 * A_DAY).is_overdue


def test_listed_flags_and_good_news_do_not_move(school, structure):
    news = raise_flag(school, "recovery")
    numbers = {"since": MONDAY.isoformat()}
    listed = flags.add_flag(
        school.id,
        school.classrooms[1],
        "day-shift",
        MONDAY,
        1.0,
        numbers,
        at(16),
        KeptBack.FULL_WEEK,
    )
    db.session.commit()
    for n in range(10):
        escalating.move_on(school.id, at(1, 0, MONDAY + n * A_DAY))
    assert told(news) == told(flags.find_flag(listed)) == []


def test_another_structure_without_its_step_takes_it_back_to_the_first(school, flag, people):
    caring.hand_on(flag, people["Inge"].id, "", at(9))
    assert standing(school, flag, MONDAY).step.id == "met-ib"
    first = DEFAULT_STRUCTURE.steps[:1]
    put_in_force(school, people["Inge"].id, None, steps=first, routes=())
    its = standing(school, flag, MONDAY)
    assert (its.step.id, its.hands.people[0].name) == ("in-de-klas", "Inge")
