"""Whatever happens to a flag, it is with somebody who is there, or listed as with nobody.

A machine lets a school live: flags are raised and join, people are away, leave and come, holidays
are set, structures change, nights are skipped, and everything that can be done with a flag is done
in any order. After every step it looks at the review as the care team would.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from checkin.domain.access import Role
from checkin.domain.calendar import DayOff, Span
from checkin.domain.cards import CardSet
from checkin.domain.decisions import DecisionKind
from checkin.domain.flags import FlagState, NotPossible, Outcome, Step
from checkin.domain.parents import Consent, Help, ParentsTalk, TalkedWith
from checkin.domain.structure import DEFAULT_STRUCTURE, Route
from checkin.services import caring, deciding, escalating, presence, signing_in
from checkin.services.caring import NotYet, SchoolToday
from checkin.services.deciding import NewDecision
from checkin.services.setting_up import ordinary_week
from checkin.storage import flags, schools, staff, structures, timetables
from checkin.storage.database import db
from tests.often import first
from tests.school import at, small_school

FIRST = date(2026, 11, 2)
A_DAY = timedelta(days=1)
PATTERNS = ("sustained-rise", "slow-drift", "day-shift", "heavy-start")
OPEN_FLAGS = st.integers(0, 20)
PEOPLE = st.integers(0, 20)
schools_made = count(1)


class CareOfFlags(RuleBasedStateMachine):
    """A school of one class; `close` and `move_on` are what a broken variant replaces."""

    def __init__(self):
        super().__init__()
        n = next(schools_made)
        self.school = schools.add_school(f"School {n}", "Midden")
        self.room = schools.add_classroom(
            self.school, "Zon", 14, CardSet.EIGHT, ["nl"], FIRST, ordinary_week()
        )
        roles = [Role.TEACHER, Role.TEACHER, Role.IB, Role.IB, Role.TEACHER]
        rooms = [{self.room}, {self.room}, set(), set(), set()]
        self.people = [
            staff.add_staff(self.school, f"{n}.{k}@x.example", f"P{k}", "-", {role}, room)
            for k, (role, room) in enumerate(zip(roles, rooms, strict=True))
        ]
        self.day, self.minute = FIRST, 0
        self.alive, self.closed = set(), set()
        self.change_structure(2, 3, 4, 3)
        db.session.commit()

    # What is known

    @property
    def now(self) -> datetime:
        self.minute += 1
        return at(6, 0, self.day) + timedelta(minutes=self.minute)

    def person(self, n):
        there = [p.id for p in signing_in.list_staff(self.school)]
        return there[n % len(there)]

    def person_of(self, n):
        id = self.person(n)
        return next(p for p in signing_in.list_staff(self.school) if p.id == id)

    def some_open(self, n):
        found = flags.list_open(self.school)
        return found[n % len(found)] if found else None

    # What the rules and the calendar do

    @rule(pattern=st.sampled_from(PATTERNS))
    def a_pattern_is_noticed(self, pattern):
        known = [f for f in flags.list_open(self.school) if f.pattern == pattern]
        if known:
            flags.note_seen(known[0].id, self.day)
            flags.add_step(known[0].id, Step.JOINED, known[0].state, self.now)
        elif not any(
            f.raised_on == self.day and f.pattern == pattern for f in flags.list_flags(self.school)
        ):
            numbers = {"since": self.day.isoformat()}
            id = flags.add_flag(self.school, self.room, pattern, self.day, 3.0, numbers, self.now)
            self.alive.add(id)
        db.session.commit()

    @rule(nights=st.integers(1, 9), runs=st.integers(1, 2))
    def nights_pass(self, nights, runs):
        """Only the last of these nights is looked at; the others the server stood still."""
        self.day, self.minute = self.day + nights * A_DAY, 0
        before = self.moves()
        for _ in range(runs):
            self.move_on(self.now)
        if not SchoolToday(self.school, self.now).is_school_day(self.room):
            assert self.moves() == before, "a flag moved in a holiday"
        assert self.move_on(self.now) == 0, "the same night moved a flag twice"

    @rule(ahead=st.integers(0, 6), length=st.integers(1, 9))
    def a_holiday_is_set(self, ahead, length):
        first = self.day + ahead * A_DAY
        span = Span(first, first + length * A_DAY, DayOff.HOLIDAY, "vrij")
        timetables.add_days_off(self.school, [span])
        db.session.commit()

    # What happens to people

    @rule(who=PEOPLE, length=st.integers(0, 12))
    def somebody_is_away(self, who, length):
        person = self.person_of(who)
        presence.note_absence(person, person.id, self.day, self.day + length * A_DAY, self.now)

    @rule(n=OPEN_FLAGS, length=st.integers(0, 12))
    def whoever_has_one_in_hand_is_away(self, n, length):
        given = [f.assigned_to for f in flags.list_open(self.school) if f.assigned_to]
        there = {p.id: p for p in signing_in.list_staff(self.school)}
        if given and (person := there.get(given[n % len(given)])):
            last = self.day + length * A_DAY
            presence.note_absence(person, person.id, self.day, last, self.now)

    @rule(who=PEOPLE)
    def somebody_leaves(self, who):
        if len(signing_in.list_staff(self.school)) > 1:
            signing_in.leave(self.person(who), self.now)

    @rule(one=PEOPLE, other=PEOPLE, deputy=PEOPLE, days=st.integers(0, 5))
    def change_structure(self, one, other, deputy, days):
        ids = self.people
        held = {
            "ib": ((ids[one % len(ids)],), ids[deputy % len(ids)]),
            "team": ((ids[other % len(ids)],), None),
        }
        roles = tuple(
            replace(role, holders=held[role.id][0], deputy=held[role.id][1])
            if role.id in held
            else role
            for role in DEFAULT_STRUCTURE.roles
        )
        steps = tuple(replace(s, school_days=days) for s in DEFAULT_STRUCTURE.steps)
        if days % 2:  # a structure of one step: where a flag was handed to is there no more
            steps = steps[:1]
        structure = replace(
            DEFAULT_STRUCTURE, roles=roles, steps=steps, routes=(Route("", 0.0, steps[0].id),)
        )
        structures.add_version(self.school, structure, self.day, None)
        db.session.commit()

    # What people do

    @rule(n=OPEN_FLAGS, who=PEOPLE)
    def somebody_acknowledges(self, n, who):
        if flag := self.some_open(n):
            caring.acknowledge(flag, self.person(who), "", self.now)

    @rule(n=OPEN_FLAGS, who=PEOPLE)
    def somebody_is_given_it(self, n, who):
        if flag := self.some_open(n):
            caring.assign(flag, self.person(who), self.person(who), "", self.now)

    @rule(n=OPEN_FLAGS, who=PEOPLE)
    def the_review_decides(self, n, who):
        if flag := self.some_open(n):
            by = self.person_of(who)
            new = NewDecision(DecisionKind.LOOK, by.id, self.day, f"{self.minute}")
            deciding.decide(new, by, self.now, flag)

    @rule(n=OPEN_FLAGS, who=PEOPLE)
    def parents_are_talked_to(self, n, who):
        if flag := self.some_open(n):
            talk = ParentsTalk(
                self.day, TalkedWith.PARENTS, Help.NONE, "", Consent.YES, self.day, Consent.YES
            )
            caring.note_parents(flag, talk, self.person(who), self.now)

    @rule(n=OPEN_FLAGS, who=PEOPLE)
    def it_is_handed_on(self, n, who):
        if flag := self.some_open(n):
            before = SchoolToday(self.school, self.now).standing_of(flag)
            try:
                after = caring.hand_on(flag, self.person(who), "", self.now)
            except (NotYet, NotPossible):
                assert flags.find_flag(flag.id).at_step == flag.at_step
            else:
                assert after.at_step == before.next_step.id

    @rule(n=OPEN_FLAGS, who=PEOPLE, outcome=st.sampled_from(Outcome))
    def it_is_closed(self, n, who, outcome):
        if flag := self.some_open(n):
            try:
                self.close(flag, outcome, self.person(who))
            except (NotYet, NotPossible):
                return
            self.alive.discard(flag.id)
            self.closed.add(flag.id)

    def moves(self):
        """Count what nights did because nobody took a flag up."""
        events = [event for f in flags.list_open(self.school) for event in f.events]
        return sum(
            event.step in (Step.REMINDED, Step.TO_DEPUTY, Step.ESCALATED) for event in events
        )

    def close(self, flag, outcome, by):
        caring.close(flag, outcome, by, "", self.now)

    def move_on(self, now):
        return escalating.move_on(self.school, now)

    # What always holds

    @invariant()
    def every_open_flag_is_with_somebody_there_or_listed_as_with_nobody(self):
        review = caring.review_of(self.school, self.now)
        listed = {item.flag.id for item in review.with_nobody}
        in_groups = [
            item
            for group in (review.with_nobody, review.overdue, review.new, review.in_hand)
            for item in group
        ]
        assert sorted(item.flag.id for item in in_groups) == sorted(self.alive)
        today = SchoolToday(self.school, self.now)
        for item in in_groups:
            there = [
                p
                for p in item.standing.hands.people
                if p.id in today.people and not presence.is_absent(p.id, self.day)
            ]
            assert there == list(item.standing.hands.people)
            assert bool(there) != (item.flag.id in listed)

    @invariant()
    def closed_is_the_end(self):
        for id in self.closed:
            flag = flags.find_flag(id)
            assert flag.state is FlagState.CLOSED
            assert flag.events[-1].step is Step.CLOSED

    @invariant()
    def no_deadline_is_in_a_holiday(self):
        today = SchoolToday(self.school, self.now)
        for flag in flags.list_open(self.school):
            its = today.standing_of(flag).deadlines
            for day in (its.reminder, its.due, its.deputy, its.escalation):
                before = today.school_days_after(self.room, day - A_DAY) if day else None
                assert before is None or next(before) == day


QUICK = settings(
    max_examples=20,
    stateful_step_count=22,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


UNTIL_FOUND = settings(QUICK, max_examples=60, phases=[Phase.generate], report_multiple_bugs=False)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with small_school(tmp_path_factory.mktemp("machine")) as school:
        yield school.app


def test_no_flag_is_ever_lost(app):
    run_state_machine_as_test(CareOfFlags, settings=QUICK)


class ForgetsWhoIsAway(CareOfFlags):
    """The canary: what somebody has in hand stays with them, also while they are away."""

    @invariant()
    def every_open_flag_is_with_somebody_there_or_listed_as_with_nobody(self):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(SchoolToday, "_hands_of", in_the_hands_it_was_given)
            super().every_open_flag_is_with_somebody_there_or_listed_as_with_nobody()


def in_the_hands_it_was_given(self, flag, turn, real=SchoolToday._hands_of):
    holder = flag.assigned_to and self.people.get(flag.assigned_to)
    return caring.Hands((holder,)) if holder else real(self, flag, turn)


class MovesTwice(CareOfFlags):
    """The canary: a night that looks at the clock alone, and not at what was done before."""

    def move_on(self, now):
        open_flags = flags.list_open(self.school)
        for flag in open_flags:
            flags.add_step(flag.id, Step.REMINDED, flag.state, now)
        db.session.commit()
        return len(open_flags)


class LosesWhatWasHandedOn(CareOfFlags):
    """The canary: handing on closes, and nobody opens it again."""

    @rule(n=OPEN_FLAGS, who=PEOPLE)
    def it_is_handed_on(self, n, who):
        if flag := self.some_open(n):
            flags.add_step(flag.id, Step.HANDED_ON, FlagState.CLOSED, self.now, self.person(who))
            db.session.commit()


@pytest.mark.parametrize("broken", first([ForgetsWhoIsAway, MovesTwice, LosesWhatWasHandedOn]))
def test_the_machine_catches(app, broken):
    with pytest.raises(AssertionError):
        run_state_machine_as_test(broken, settings=UNTIL_FOUND)
