"""Which class a tablet tapped for on a day, and when next year's holidays are asked for."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from checkin.domain.calendar import DayOff, Span
from checkin.domain.class_changes import Move, classroom_on
from checkin.domain.school_years import Region, find_missing_year, holidays_of, shipped_for

DAY = date(2026, 12, 1)


def test_a_tap_belongs_to_the_class_the_tablet_had_that_day() -> None:
    moves = [Move(1, 10, 20, DAY), Move(1, 20, 30, DAY + timedelta(days=7))]
    assert classroom_on(DAY - timedelta(days=1), 30, moves) == 10
    assert classroom_on(DAY, 30, moves) == 20
    assert classroom_on(DAY + timedelta(days=6), 30, moves) == 20
    assert classroom_on(DAY + timedelta(days=7), 30, moves) == 30


@given(st.lists(st.integers(0, 400), unique=True, max_size=5), st.integers(-5, 405))
def test_every_day_has_one_class(days: list[int], asked: int) -> None:
    order = sorted(days)
    moves = [Move(1, n, n + 1, DAY + timedelta(days=d)) for n, d in enumerate(order)]
    found = classroom_on(DAY + timedelta(days=asked), len(order), moves)
    assert found == sum(d <= asked for d in order)


def test_from_april_the_holidays_of_the_next_year_are_asked_for() -> None:
    known = holidays_of(Region.MIDDEN)
    assert find_missing_year(known, date(2027, 4, 1)) is None
    assert find_missing_year(known, date(2028, 3, 31)) is None
    assert find_missing_year(known, date(2028, 4, 1)) == 2028
    assert find_missing_year(known, date(2028, 9, 1)) == 2028
    own = Span(date(2028, 12, 23), date(2029, 1, 7), DayOff.HOLIDAY)
    assert find_missing_year([*known, own], date(2028, 4, 1)) is None


def test_a_year_has_its_own_holidays() -> None:
    spans = shipped_for(Region.ZUID, 2026)
    assert spans[0].first == date(2026, 10, 17)
    assert len(spans) == 5
    assert shipped_for(Region.ZUID, 2029) == ()
