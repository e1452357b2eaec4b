"""The nightly look reads what was kept and what came since, and raises what a replay would."""

import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from sqlalchemy import delete, func, select, update

from checkin.domain.flags import FlagState, Outcome
from checkin.domain.patterns import find_patterns
from checkin.domain.release import Released, Why, light_of
from checkin.domain.rounds import Moment, Round
from checkin.services import caring, reviewing
from checkin.storage import flags, released, rule_settings, schools
from checkin.storage.database import db
from checkin.storage.rows import (
    ClassroomRow,
    EngineStateRow,
    FlagEventRow,
    FlagRow,
    ReleasedRoundRow,
)
from checkin.storage.rule_settings import RuleSetting
from tests.school import SmallSchool, at

FIRST = date(2026, 8, 31)
MOMENTS = tuple(Moment)
Told = list[tuple[str, date]]


def weekdays(number: int, first: date = FIRST) -> list[date]:
    days = (first + timedelta(days=n) for n in range(2 * number + 14))
    return [day for day in days if day.isoweekday() < 6][:number]


def release(
    school: SmallSchool, day: date, heavy: int | None, moments: tuple[Moment, ...] = MOMENTS
) -> None:
    """Release rounds of a day, twelve of fourteen tapping."""
    why = Why.TOO_FEW if heavy is None else Why.SHOWN
    figures = Released(12, 14, heavy, light_of(12, heavy or 0), why)
    for moment in moments:
        round = Round(school.classrooms[0], day, moment)
        released.add_round(school.id, round, figures, at(15, 0, day), None)
    db.session.commit()


def look(school: SmallSchool, day: date, hour: int = 23) -> int:
    return reviewing.look_for_patterns(at(hour, 0, day))


def told(school: SmallSchool) -> Told:
    return sorted((flag.pattern, flag.raised_on) for flag in flags.list_flags(school.id))


def state_of(school: SmallSchool) -> EngineStateRow:
    db.session.expire_all()
    return db.session.get_one(EngineStateRow, school.classrooms[0])


def forget_all(school: SmallSchool) -> None:
    for row in (FlagEventRow, FlagRow, EngineStateRow):
        db.session.execute(delete(row))
    db.session.commit()


def a_year(chance: random.Random, number: int = 90) -> Iterator[tuple[date, int | None]]:
    """Yield days of a class whose mood shifts now and then, some withheld, some not held."""
    share = 0.2
    for day in weekdays(number):
        if chance.random() < 0.05:
            share = chance.choice((0.15, 0.3, 0.6, 0.9))
        if chance.random() < 0.93:
            heavy = sum(chance.random() < share for _ in range(12))
            yield day, heavy if chance.random() < 0.95 else None


@pytest.mark.parametrize("seed", range(4))
def test_random_nights_raise_what_a_replay_tells(school: SmallSchool, seed: int) -> None:
    chance = random.Random(seed)
    for day, heavy in a_year(chance):
        if chance.random() < 0.1 and db.session.get(EngineStateRow, school.classrooms[0]):
            state_of(school).state = "lost"
        moments = MOMENTS if chance.random() < 0.8 else (chance.choice(MOMENTS),)
        release(school, day, heavy, moments)
        if chance.random() < 0.5:
            look(school, day, chance.choice((12, 23)))
    look(school, date(2027, 2, 28))
    classroom = schools.get_classroom(school.classrooms[0])
    rounds = reviewing.observations_of(classroom, at(23, 0, date(2027, 2, 28)))
    nightly, replayed = told(school), find_patterns(rounds)
    assert {name for name, _ in nightly} == {pattern.pattern for pattern in replayed}
    kept = state_of(school).state
    forget_all(school)
    look(school, date(2027, 2, 28))
    assert state_of(school).state == kept
    assert told(school) == nightly


def test_a_class_without_news_is_not_looked_at(school: SmallSchool) -> None:
    days = weekdays(30)
    for day in days:
        release(school, day, 2)
    look(school, days[-1])
    untouched = state_of(school).state
    db.session.execute(update(EngineStateRow).values(state="not read"))
    db.session.commit()
    look(school, days[-1])
    assert state_of(school).state == "not read"
    release(school, weekdays(31)[-1], 2)
    look(school, weekdays(31)[-1])
    assert state_of(school).state not in ("not read", untouched)


def test_only_what_came_since_is_read(school: SmallSchool) -> None:
    """Rounds that were taken in can change behind its back: they are not read again."""
    days = weekdays(41)
    for day in days[:40]:
        release(school, day, 2)
    look(school, days[39])
    db.session.execute(update(ReleasedRoundRow).values(heavy=12))
    db.session.commit()
    release(school, days[40], 2)
    look(school, days[40])
    assert told(school) == []
    forget_all(school)
    look(school, days[40])
    assert "heavy-start" in {pattern for pattern, _ in told(school)}


def test_state_and_flags_are_kept_in_one_transaction(
    school: SmallSchool, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = weekdays(36)
    for n, day in enumerate(days):
        release(school, day, 2 if n < 30 else 11)

    def fails(*_args: object, **_more: object) -> int:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(flags, "add_flag", fails)
        with pytest.raises(RuntimeError):
            look(school, days[-1])
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(EngineStateRow)) == 0
    assert look(school, days[-1]) > 0


class TestMadeAnew:
    """The state does not fit any longer: the same flags, none of them twice."""

    @pytest.fixture
    def days(self, school: SmallSchool) -> list[date]:
        days = weekdays(45)
        for n, day in enumerate(days[:40]):
            release(school, day, 2 if n < 30 else 11)
            look(school, day)
        return days

    def test_after_it_was_lost(self, school: SmallSchool, days: list[date]) -> None:
        before, kept = told(school), state_of(school).state
        assert before
        db.session.execute(delete(EngineStateRow))
        db.session.commit()
        assert look(school, days[39]) == 0
        assert (told(school), state_of(school).state) == (before, kept)

    @pytest.mark.parametrize("state", ["", "{}", "[1, 0.4]", "[2]"])
    def test_after_it_was_damaged(self, school: SmallSchool, days: list[date], state: str) -> None:
        before = told(school)
        state_of(school).state = state
        db.session.commit()
        release(school, days[40], 11)
        assert look(school, days[40]) == 0
        assert told(school) == before
        assert len(state_of(school).state) > 1000

    def test_for_other_rules(self, school: SmallSchool, days: list[date]) -> None:
        before, kept = told(school), state_of(school).state
        row = state_of(school)
        row.version, row.state = 1, "of another version"
        db.session.commit()
        assert look(school, days[39]) == 0
        assert (told(school), state_of(school).state) == (before, kept)

    def test_after_a_round_that_came_late(self, school: SmallSchool, days: list[date]) -> None:
        release(school, days[41], 2)
        look(school, days[41])
        before = told(school)
        release(school, days[40], 2)
        look(school, days[41])
        kept = state_of(school).state
        assert told(school) == before
        db.session.execute(delete(EngineStateRow))
        db.session.commit()
        look(school, days[41])
        assert state_of(school).state == kept

    def test_after_a_round_that_moves_a_flag_a_day(self, school: SmallSchool) -> None:
        days = weekdays(40)
        for n, day in enumerate(days):
            if n == 31:
                continue
            release(school, day, 2 if n < 30 else 9)
            look(school, day)
        before = told(school)
        for flag in flags.list_flags(school.id):
            caring.close(flag, Outcome.TALKED, 1, "", at(9, 0, days[39]))
        release(school, days[31], 12)
        look(school, days[39])
        rises = [day for pattern, day in told(school) if pattern == "sustained-rise"]
        assert rises == [day for pattern, day in before if pattern == "sustained-rise"]

    def test_with_another_setting_nothing_is_told_of_what_is_past(
        self, school: SmallSchool, days: list[date]
    ) -> None:
        before = told(school)
        rule_settings.keep(school.id, RuleSetting(attention=0.1, budget=2.0))
        db.session.commit()
        assert look(school, days[39]) == 0
        assert told(school) == before
        assert state_of(school).attention == 0.1

    def test_for_other_cards_it_knows_only_days_since_then(
        self, school: SmallSchool, days: list[date]
    ) -> None:
        db.session.get_one(ClassroomRow, school.classrooms[0]).cards_since = days[38]
        db.session.commit()
        assert look(school, days[39]) == 0
        assert state_of(school).since == days[38]
        assert state_of(school).taken_in == 4


def test_a_new_school_year_counts_from_its_own_days(school: SmallSchool) -> None:
    for day in weekdays(10):
        release(school, day, 2)
        look(school, day)
    later = weekdays(3, date(2026, 11, 2))
    for day in later:
        release(school, day, 2)
        look(school, day)
    row = state_of(school)
    assert weekdays(10)[-1] < row.since <= later[0]
    assert (row.taken_in, row.known, row.last_day) == (6, 6, later[-1])


class TestNewUsual:
    """Closed as the new usual: kept as a step of the flag, so that a replay knows it too."""

    def live(self, school: SmallSchool, accepts: bool) -> Told:
        days = weekdays(80)
        for n, day in enumerate(days):
            release(school, day, 2 if n < 30 or n >= 60 else 7)
            look(school, day)
            for flag in flags.list_flags(school.id):
                if accepts and n == 36 and flag.pattern == "sustained-rise":
                    outcome = Outcome.NEW_USUAL
                    caring.close(flag, outcome, 1, "Drie nieuwe kinderen.", at(10, 0, days[37]))
        return told(school)

    def test_ends_the_waiting_for_good_news(self, school: SmallSchool) -> None:
        assert "recovery" in {pattern for pattern, _ in self.live(school, accepts=False)}
        forget_all(school)
        db.session.execute(delete(ReleasedRoundRow))
        assert "recovery" not in {pattern for pattern, _ in self.live(school, accepts=True)}

    def test_is_known_to_a_replay(self, school: SmallSchool) -> None:
        before, last = self.live(school, accepts=True), weekdays(80)[-1]
        closed = [f for f in flags.list_flags(school.id) if f.state is FlagState.CLOSED]
        assert [f.events[-1].outcome for f in closed] == [Outcome.NEW_USUAL]
        kept = state_of(school).state
        db.session.execute(delete(EngineStateRow))
        db.session.commit()
        assert look(school, last) == 0
        assert (told(school), state_of(school).state) == (before, kept)


@pytest.mark.parametrize("school", ["file", "server"], indirect=True)
def test_two_looks_at_once_raise_each_flag_once(school: SmallSchool) -> None:
    days = weekdays(36)
    for n, day in enumerate(days):
        release(school, day, 2 if n < 30 else 11)
    together = Barrier(2)

    def look_as_a_process_of_its_own() -> int:
        with school.app.app_context():
            together.wait()
            return reviewing.look_for_patterns(at(23, 0, days[-1]))

    with ThreadPoolExecutor(2) as pool:
        looks = [pool.submit(look_as_a_process_of_its_own) for _ in range(2)]
        raised = [one.result() for one in looks]
    assert sorted(raised)[0] == 0
    assert sum(raised) == len(told(school)) > 0
