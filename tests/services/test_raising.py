"""Flags reach the care team a few a week, none in first days; the others are listed, none lost."""

from datetime import date, timedelta

import pytest

from checkin.domain.flags import Flag, FlagState, KeptBack, Outcome, Step
from checkin.domain.patterns import NoticedDay
from checkin.domain.release import Released, Why, light_of
from checkin.domain.rounds import Moment, Round
from checkin.services import caring, raising, reviewing
from checkin.services.noticing import Noticed
from checkin.storage import engine_states, flags, released
from checkin.storage.database import db
from tests.school import SmallSchool, at

FIRST = date(2026, 8, 31)
AUTUMN = {date(2026, 10, 17) + timedelta(days=n) for n in range(9)}


def weekdays(number: int, first: date = FIRST) -> list[date]:
    days = (first + timedelta(days=n) for n in range(2 * number + 20))
    return [day for day in days if day.isoweekday() < 6 and day not in AUTUMN][:number]


def live(school: SmallSchool, day: date, *heavy: int, answered: int = 12) -> None:
    """Release both rounds of a day for the first classrooms, and look at the school."""
    for classroom, count in zip(school.classrooms, heavy, strict=False):
        for moment in Moment:
            figures = Released(answered, 14, count, light_of(answered, count), Why.SHOWN)
            round = Round(classroom, day, moment)
            released.add_round(school.id, round, figures, at(15, 0, day), None)
    db.session.commit()
    reviewing.look_for_patterns(at(23, 0, day))


def all_flags(school: SmallSchool) -> list[Flag]:
    db.session.expire_all()
    return sorted(flags.list_flags(school.id), key=lambda flag: flag.id)


class TestFirstDays:
    def test_of_a_class_bring_no_flag_but_list_it(self, school: SmallSchool) -> None:
        days = weekdays(8)
        for day in days[:5]:
            live(school, day, 11)
        [flag] = all_flags(school)
        assert (flag.pattern, flag.is_listed) == ("heavy-start", True)
        assert flag.kept_back is KeptBack.FIRST_DAYS
        live(school, days[5], 11)
        [flag] = all_flags(school)
        assert not flag.is_listed
        assert (flag.raised_on, flag.reached_on) == (days[4], days[5])

    def test_after_a_holiday_are_quiet_too(self, school: SmallSchool) -> None:
        days = weekdays(45)
        assert (days[35] - days[34]).days == 10
        for n, day in enumerate(days[:40]):
            live(school, day, 2 if n < 35 else 12)
        raised = all_flags(school)
        assert "sustained-rise" in {flag.pattern for flag in raised}
        assert all(flag.is_listed for flag in raised)
        live(school, days[40], 12)
        assert [f for f in all_flags(school) if f.is_listed] != raised

    def test_after_a_pause_are_quiet_too(self, school: SmallSchool) -> None:
        days = weekdays(34)
        pause = timedelta(days=7)
        for n, day in enumerate(days[:33]):
            live(school, day if n < 30 else day + pause, 2 if n < 30 else 12)
        assert all_flags(school)
        assert {flag.kept_back for flag in all_flags(school)} == {KeptBack.FIRST_DAYS}


class TestFullWeek:
    @pytest.fixture
    def last(self, school: SmallSchool) -> date:
        """Two classes turn heavy at once, the second more so; their school has one place a week."""
        days = weekdays(33)
        for n, day in enumerate(days):
            live(school, day, 2 if n < 30 else 7, 2 if n < 30 else 12)
        return days[-1]

    def test_lets_one_of_each_week_through(self, school: SmallSchool, last: date) -> None:
        known = all_flags(school)
        reached = [flag.reached_on for flag in known if flag.reached_on]
        weeks = [day.isocalendar().week for day in reached]
        assert len(known) > len(reached) >= 1
        assert len(set(weeks)) == len(weeks)
        assert {f.kept_back for f in known if f.is_listed} == {KeptBack.FULL_WEEK}

    def test_loses_none_and_lets_the_strongest_through_first(
        self, school: SmallSchool, last: date
    ) -> None:
        listed = [flag for flag in all_flags(school) if flag.is_listed]
        turns = []
        for week in range(1, len(listed) + 1):
            before = {f.id for f in all_flags(school) if f.is_listed}
            reviewing.look_for_patterns(at(9, 0, last + timedelta(weeks=week)))
            turns += [f for f in all_flags(school) if f.id in before and not f.is_listed]
        assert [flag.id for flag in turns] == [
            flag.id for flag in sorted(listed, key=lambda flag: -flag.strength)
        ]

    def test_does_not_keep_anybody_from_taking_one_up(
        self, school: SmallSchool, last: date
    ) -> None:
        listed = next(flag for flag in all_flags(school) if flag.is_listed)
        now = at(9, 0, last + timedelta(days=1))
        assert listed.id in {page.flag.id for page in caring.review_of(school.id, now).listed}
        after = caring.acknowledge(listed, 1, "", now)
        assert after.state is FlagState.ACKNOWLEDGED
        assert after.reached_on == last + timedelta(days=1)
        assert listed.id in {page.flag.id for page in caring.review_of(school.id, now).in_hand}

    def test_runs_no_deadline_for_what_is_listed(self, school: SmallSchool, last: date) -> None:
        review = caring.review_of(school.id, at(9, 0, last))
        assert review.listed
        assert {item.standing.due_on for item in review.listed} == {None}


class TestGoodNews:
    def test_takes_no_place_has_no_deadline_and_knows_what_it_follows(
        self, school: SmallSchool
    ) -> None:
        days = weekdays(60)
        for n, day in enumerate(days):
            live(school, day, 12 if 30 <= n < 38 else 2)
            news = [flag for flag in all_flags(school) if flag.is_good_news]
            if news:
                break
        [flag] = news
        rise = next(f for f in all_flags(school) if f.pattern == "sustained-rise")
        assert flag.reached_on == flag.raised_on
        review = caring.review_of(school.id, at(23, 30, day))
        assert [page.flag.id for page in review.good_news] == [flag.id]
        assert review.good_news[0].standing.due_on is None
        assert review.good_news[0].follows == rise
        worries = (*review.new, *review.overdue, *review.in_hand, *review.listed)
        assert flag.id not in {page.flag.id for page in worries}


class TestLastSeen:
    def test_moves_while_it_goes_on_but_not_once_it_is_closed(self, school: SmallSchool) -> None:
        days = weekdays(45)
        for n, day in enumerate(days[:33]):
            live(school, day, 2 if n < 30 else 12)
        rise = next(f for f in all_flags(school) if f.pattern == "sustained-rise")
        for day in days[33:40]:
            live(school, day, 12)
        later = next(f for f in all_flags(school) if f.id == rise.id)
        assert later.last_seen_on > rise.last_seen_on
        assert Step.JOINED not in {event.step for event in later.events}
        caring.close(later, Outcome.SOLVED_IN_CLASS, 1, "", at(9, 0, days[40]))
        for day in days[40:]:
            live(school, day, 12)
        closed = next(f for f in all_flags(school) if f.id == rise.id)
        assert closed.last_seen_on == later.last_seen_on

    def test_is_told_again_ten_school_days_after_closing_if_it_goes_on(
        self, school: SmallSchool
    ) -> None:
        days = weekdays(60)
        for n, day in enumerate(days[:33]):
            live(school, day, 2 if n < 30 else 8)
        first = next(f for f in all_flags(school) if f.pattern == "sustained-rise")
        caring.close(first, Outcome.SOLVED_IN_CLASS, 1, "", at(17, 0, days[32]))
        raised_on = []
        for n, day in enumerate(days[33:50], start=33):
            live(school, day, 8)
            rises = [f for f in all_flags(school) if f.pattern == "sustained-rise"]
            raised_on += [n] * (len(rises) - 1 - len(raised_on))
        assert raised_on == [42]
        again = rises[-1]
        assert again.since == first.since
        assert again.numbers["closed_on"] == days[32].isoformat()
        assert again.last_seen_on == days[49]

    def test_is_not_told_again_where_it_is_the_new_usual(self, school: SmallSchool) -> None:
        days = weekdays(50)
        for n, day in enumerate(days[:33]):
            live(school, day, 2 if n < 30 else 8)
        first = next(f for f in all_flags(school) if f.pattern == "sustained-rise")
        caring.close(first, Outcome.NEW_USUAL, 1, "", at(17, 0, days[32]))
        for day in days[33:46]:
            live(school, day, 8)
        assert [f.id for f in all_flags(school) if f.pattern == "sustained-rise"] == [first.id]

    def test_is_that_of_the_open_flag_where_another_of_its_kind_is_closed(
        self, school: SmallSchool
    ) -> None:
        day, later = weekdays(2)
        live(school, day, 2)
        ids = [
            flags.add_flag(school.id, school.classrooms[0], name, day, 3.0, {}, at(16, 0, day))
            for name in ("sustained-rise", "participation")
        ]
        caring.close(all_flags(school)[0], Outcome.TALKED, 1, "", at(17, 0, day))
        state = engine_states.states_of(school.classrooms)[school.classrooms[0]]
        over = NoticedDay(later, (), ("sustained-rise", "participation"))
        found = Noticed(school.classrooms[0], state, (over,), None)
        assert raising.raise_found(school.id, [found], at(23, 0, later)) == 0
        db.session.commit()
        seen = {flag.id: flag.last_seen_on for flag in all_flags(school)}
        assert seen == {ids[0]: day, ids[1]: later}


def test_a_later_run_keeps_its_own_numbers_with_the_open_flag(school: SmallSchool) -> None:
    days = weekdays(60)
    for n, day in enumerate(days):
        live(school, day, 12 if n in (20, 45) else 2)
    [flag] = [f for f in all_flags(school) if f.pattern == "sudden-day"]
    assert (flag.since, flag.last_seen_on) == (days[20], days[45])
    [again] = flag.numbers["again"]
    assert again["since"] == days[45].isoformat()
    assert [event.step for event in flag.events].count(Step.JOINED) == 1


def test_a_flag_names_whom_it_was_given_also_when_it_went_on(school: SmallSchool) -> None:
    days = weekdays(33)
    for n, day in enumerate(days):
        live(school, day, 2 if n < 30 else 12)
    flag, now = all_flags(school)[0], at(9, 0, days[-1])
    people = {person.name: person.id for person in caring.who_can_take(flag)}
    for name in ("Tess", "Inge"):
        flag = caring.assign(flag, people[name], people["Inge"], "", now)
    assert [event.to for event in flag.events if event.step is Step.ASSIGNED] == ["Tess", "Inge"]
