"""Nothing is told that its own sentence does not show."""

from random import Random

from checkin.domain.patterns import Engine, NoticedDay, Observation, Pattern, follow
from tests.domain.pattern_histories import CALM, both_rounds, history, school_days, told
from tests.domain.test_patterns_simulated import classrooms, days_of, simulate

RISEN_FROM = 43
CLASSES = 60


def shown_difference(pattern: Pattern, beside: str) -> float:
    numbers = pattern.numbers
    return round(float(numbers["share_now"]) - float(numbers[beside]), 1)


def after_a_rise(random: Random, number: int) -> list[list[Pattern]]:
    """Classes that become heavier by 35 points, on every weekday and in both rounds alike."""
    return [
        simulate(random, pupils, lambda n, its=share: min(its + 0.35 * (n >= RISEN_FROM), 0.95))
        for pupils, share in classrooms(random, number)
    ]


class TestAfterARiseOfAllDays:
    TOLD = after_a_rise(Random(12), CLASSES)

    def found(self, name: str) -> list[int]:
        return [day for its in self.TOLD for day in days_of(its, name) if day >= RISEN_FROM]

    def test_weekdays_are_hardly_told(self) -> None:
        """In about one class of eight; comparing with the weeks before, in every second."""
        assert len(self.found("weekday")) <= CLASSES // 4

    def test_check_outs_are_hardly_told(self) -> None:
        """In about one class of ten; asking for ten points alone, in every fourth."""
        assert len(self.found("day-shift")) <= CLASSES // 6

    def test_what_is_told_shows_ten_points(self) -> None:
        beside = {"weekday": "share_usual", "day-shift": "share_check_in"}
        for pattern in (one for its in self.TOLD for one in its if one.pattern in beside):
            assert shown_difference(pattern, beside[pattern.pattern]) >= 0.1


def test_a_weekday_and_the_others_are_of_the_same_weeks() -> None:
    """The class becomes heavier in the week the Mondays do: the others are not those before."""
    days = school_days(80)
    heavy = [CALM if n < 39 else 17 if days[n].weekday() == 0 else 10 for n in range(80)]
    [found] = told("weekday", history(*heavy))
    assert found.numbers["share_usual"] == 0.5
    weeks = {day.isocalendar().week for day in days if found.since <= day <= found.day}
    others = [day for day in days if day.isocalendar().week in weeks and day < found.day]
    mondays = [day for day in others if day.weekday() == 0]
    assert found.numbers["usual_days"] == len(others) - len(mondays)


def test_a_check_out_is_not_told_beside_a_check_in_that_rose_with_it() -> None:
    assert told("day-shift", both_rounds(*[(4, 4)] * 30, *[(10, 13)] * 30)) == []
    assert told("day-shift", both_rounds(*[(4, 4)] * 30, *[(8, 14)] * 30))


def attendance(*answered: int) -> list[Observation]:
    return [
        Observation(day, "check-in", 100, n, n // 5)
        for day, n in zip(school_days(len(answered)), answered, strict=True)
    ]


def test_participation_is_not_told_while_both_shares_are_shown_alike() -> None:
    assert told("participation", attendance(*[99] * 40, *[87] * 20)) == []
    assert told("participation", attendance(*[99] * 40, *[80] * 20))


def test_good_news_shows_fewer_than_when_it_was_told() -> None:
    random = Random(5)
    for _ in range(60):
        share = random.uniform(0.05, 0.2)
        patterns = simulate(random, 28, lambda n, its=share: its + 0.1 * (30 <= n < 60))
        for pattern in patterns:
            if pattern.pattern == "recovery":
                assert shown_difference(pattern, "share_raised") <= -0.1


def days_of_a_year(*heavy: int) -> list[NoticedDay]:
    return list(follow(Engine(), history(*heavy)))


class TestWhatGoesOn:
    LASTING = days_of_a_year(*[CALM] * 40, *[10] * 40, *[CALM] * 15)

    def test_is_over_its_bar_from_when_it_was_told_until_it_is_lighter(self) -> None:
        over = [n for n, day in enumerate(self.LASTING) if "sustained-rise" in day.over]
        [told_after] = [n for n, day in enumerate(self.LASTING) if "sustained-rise" in _names(day)]
        assert over == list(range(told_after, 80))

    def test_is_said_with_all_its_days(self) -> None:
        going_on = self.LASTING[79].going_on
        assert going_on is not None
        assert going_on.since == school_days(41)[40]
        numbers = going_on.numbers
        assert (numbers["share_now"], numbers["share_usual"], numbers["days"]) == (0.5, 0.2, 40)

    def test_is_nothing_that_was_taken_for_the_new_usual(self) -> None:
        engine = Engine()
        list(follow(engine, history(*[CALM] * 40, *[10] * 20)))
        assert engine.going_on()
        engine.accept("sustained-rise")
        assert engine.going_on() is None
        assert "sustained-rise" not in engine.over()

    def test_is_the_same_from_a_state_that_was_put_away(self) -> None:
        engine = Engine()
        list(follow(engine, history(*[CALM] * 40, *[10] * 20)))
        assert Engine.from_state(engine.to_state()).going_on() == engine.going_on()


def _names(day: NoticedDay) -> set[str]:
    return {pattern.pattern for pattern in day.patterns}
