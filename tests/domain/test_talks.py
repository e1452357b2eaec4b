"""A wish to talk: what is kept of its time, whom it reaches, and what its pupil sees."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from checkin.domain.talk_setting import MOST_ADULTS, Adult, Missing, TalkSetting
from checkin.domain.talk_wishes import Malformed, read_symbol, read_wish
from checkin.domain.talks import (
    SYMBOLS,
    Answer,
    Done,
    Kind,
    Moment,
    NotPossible,
    Part,
    Reach,
    State,
    Step,
    TalkRequest,
    answer_of,
    check_step,
    moment_of,
    reach_of,
)

MONDAY = date(2026, 11, 23)
TUESDAY = MONDAY + timedelta(days=1)
MORNING = Moment(MONDAY, Part.MORNING)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ENDS = (datetime(2026, 11, 23, 15, tzinfo=UTC), datetime(2026, 11, 24, 15, tzinfo=UTC))
BEFORE, AFTER, DAY_AFTER = (
    ENDS[0] - timedelta(minutes=1),
    ENDS[0],
    ENDS[1],
)


def a_request(*steps: Step, asked: Moment = MORNING, done: date = MONDAY) -> TalkRequest:
    taken = tuple(Done(step, Moment(done, Part.AFTERNOON), 1, "Tess") for step in steps)
    return TalkRequest("a", 1, 1, "Zon", 1, "Tess", Kind.TALK, "fox", asked, taken)


def an_adult(staff: int = 1, deputy: int | None = 2, classroom: int = 1) -> Adult:
    return Adult(staff, "Tess", "juf Tess", "teacher", frozenset({classroom}), deputy)


FILLED_IN = TalkSetting("We look twice a day.", None, frozenset({1}), (an_adult(),))


class TestTime:
    @pytest.mark.parametrize(("hour", "part"), [(0, "morning"), (10, "morning"), (11, "afternoon")])
    def test_is_half_a_day_by_the_schools_clock(self, hour: int, part: str) -> None:
        instant = datetime(2026, 11, 23, hour, 59, 59, 999, tzinfo=UTC)
        assert moment_of(instant, AMSTERDAM) == Moment(MONDAY, Part(part))

    def test_a_night_belongs_to_the_schools_own_day(self) -> None:
        late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
        assert moment_of(late, AMSTERDAM) == Moment(TUESDAY, Part.MORNING)


class TestState:
    def test_follows_from_what_was_done(self) -> None:
        assert a_request().state is State.ASKED
        assert a_request(Step.SEEN).state is State.SEEN
        assert a_request(Step.COME).state is State.SEEN
        assert a_request(Step.SEEN, Step.CLOSED).state is State.CLOSED

    def test_a_second_time_adds_nothing(self) -> None:
        assert check_step(a_request(), Step.SEEN)
        assert not check_step(a_request(Step.SEEN), Step.SEEN)
        assert not check_step(a_request(Step.COME), Step.SEEN)
        assert not check_step(a_request(Step.SEEN, Step.CLOSED), Step.CLOSED)

    def test_closed_is_the_end(self) -> None:
        with pytest.raises(NotPossible):
            check_step(a_request(Step.SEEN, Step.CLOSED), Step.COME)


class TestReach:
    @pytest.mark.parametrize(
        ("now", "away", "reach"),
        [
            (BEFORE, False, Reach.ADULT),
            (BEFORE, True, Reach.DEPUTY),
            (AFTER, False, Reach.DEPUTY),
            (DAY_AFTER, False, Reach.TEAM),
            (DAY_AFTER, True, Reach.TEAM),
        ],
    )
    def test_grows_until_somebody_has_seen_it(
        self, now: datetime, away: bool, reach: Reach
    ) -> None:
        assert reach_of(a_request(), ENDS, away, now) is reach
        assert reach_of(a_request(Step.SEEN), ENDS, away, now) is Reach.ADULT


class TestAnswer:
    @pytest.mark.parametrize(
        ("steps", "answer"),
        [
            ((), Answer.WAITS),
            ((Step.SEEN,), Answer.SEEN),
            ((Step.SEEN, Step.COME), Answer.COME),
            ((Step.SEEN, Step.COME, Step.CLOSED), Answer.SEEN),
        ],
    )
    def test_shows_how_far_it_is(self, steps: tuple[Step, ...], answer: Answer) -> None:
        assert answer_of([a_request(*steps)], MONDAY, MONDAY) is answer

    def test_is_the_same_for_never_asked_and_for_long_gone(self) -> None:
        closed = a_request(Step.SEEN, Step.CLOSED)
        assert answer_of([], TUESDAY, MONDAY) is Answer.NOTHING
        assert answer_of([closed], TUESDAY, MONDAY) is Answer.NOTHING
        assert answer_of([a_request()], TUESDAY, TUESDAY) is Answer.NOTHING

    def test_is_about_the_last_day_it_asked_on(self) -> None:
        later = a_request(asked=Moment(TUESDAY, Part.MORNING))
        assert answer_of([a_request(Step.COME), later], TUESDAY, MONDAY) is Answer.WAITS

    def test_is_the_best_news_of_that_day(self) -> None:
        assert answer_of([a_request(), a_request(Step.COME)], MONDAY, MONDAY) is Answer.COME


class TestSetting:
    def test_is_off_until_adults_and_protocol_are_filled_in(self) -> None:
        assert FILLED_IN.is_on(1)
        for missing, setting in {
            Missing.PROTOCOL: replace(FILLED_IN, protocol=" \n"),
            Missing.ADULTS: replace(FILLED_IN, adults=(an_adult(classroom=2),)),
            Missing.DEPUTIES: replace(FILLED_IN, adults=(an_adult(deputy=None),)),
        }.items():
            assert setting.missing_for(1) == (missing,)
            assert not setting.is_on(1)
        assert not FILLED_IN.is_on(2)

    def test_shows_no_more_adults_than_a_child_can_look_over(self) -> None:
        many = replace(FILLED_IN, adults=tuple(an_adult(n) for n in range(1, 12)))
        assert len(many.adults_of(1)) == MOST_ADULTS

    def test_pain_is_off_until_somebody_is_named_for_it(self) -> None:
        assert FILLED_IN.pain_adult(1) is None
        assert replace(FILLED_IN, pain_to=1).pain_adult(1) == an_adult()
        assert replace(FILLED_IN, pain_to=1).pain_adult(2) is None
        assert replace(FILLED_IN, pain_to=7).pain_adult(1) is None


WHOLE = {"key": "0a" * 16, "day": "2026-11-23", "kind": "talk", "adult": 3, "symbol": "fox"}


def test_a_wish_is_read() -> None:
    wish = read_wish(WHOLE)
    assert (wish.key, wish.day, wish.kind, wish.adult) == (b"\n" * 16, MONDAY, Kind.TALK, 3)
    assert read_wish(WHOLE | {"symbol": ""}).symbol == ""
    assert len(SYMBOLS) == 24


@pytest.mark.parametrize(
    "broken",
    [
        {"key": "0A" * 16},
        {"key": 7},
        {"key": None},
        {"day": "2026-11-31"},
        {"day": "20261123"},
        {"day": 20261123},
        {"kind": "happy"},
        {"kind": []},
        {"adult": "3"},
        {"adult": True},
        {"adult": 0},
        {"adult": 2**31},
        {"symbol": "dragon"},
        {"symbol": None},
        {"symbol": []},
    ],
)
def test_what_is_no_wish_is_refused_without_repeating_it(broken: dict[str, object]) -> None:
    with pytest.raises(Malformed) as refused:
        read_wish(WHOLE | broken)
    assert str(next(iter(broken.values()))) not in str(refused.value) or broken == {"adult": 0}


@pytest.mark.parametrize("body", [None, [], "fox", {}, {"symbol": ""}, {"symbol": 3}])
def test_whoever_looks_names_one_symbol(body: object) -> None:
    with pytest.raises(Malformed):
        read_symbol(body)
    assert read_symbol({"symbol": "fox"}) == "fox"
