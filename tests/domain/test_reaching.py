"""Which flags reach the reviewers: none in first days, so many a week, the strongest first."""

from datetime import date, timedelta

import pytest

from checkin.domain.flags import Flag, FlagState
from checkin.domain.reaching import is_quiet, ordinary_gap, places_a_week, strongest

MONDAY = date(2026, 11, 23)


def days(*gaps: int) -> list[date]:
    """Days with rounds, newest first, each so many days before the one after it."""
    found = [MONDAY]
    for gap in gaps:
        found.append(found[-1] - timedelta(days=gap))
    return found


@pytest.mark.parametrize(
    ("classrooms", "places"), [(1, 1), (3, 1), (4, 2), (10, 3), (11, 4), (30, 9)]
)
def test_three_flags_a_week_for_ten_classrooms(classrooms: int, places: int) -> None:
    assert places_a_week(classrooms) == places


def test_the_first_five_days_of_a_class_are_quiet() -> None:
    assert is_quiet([])
    assert is_quiet(days(3, 1, 1, 1))
    assert not is_quiet(days(3, 1, 1, 1, 1))


def test_the_first_five_days_after_a_break_are_quiet() -> None:
    assert is_quiet(days(10, 1, 1, 1, 1))
    assert is_quiet(days(1, 1, 1, 1, 10))
    assert not is_quiet(days(3, 1, 1, 1, 1, 10))


def test_a_break_is_more_than_five_days() -> None:
    assert not is_quiet(days(6, 1, 1, 1, 1))
    assert is_quiet(days(7, 1, 1, 1, 1))


def test_a_class_with_one_day_a_week_is_not_always_after_a_break() -> None:
    assert not is_quiet(days(7, 7, 7, 7, 7), ordinary_gap([1]))
    assert is_quiet(days(14, 7, 7, 7, 7), ordinary_gap([1]))


@pytest.mark.parametrize(
    ("weekdays", "gap"), [((1, 2, 3, 4, 5), 3), ((1,), 7), ((2, 4), 5), ((), 7), ((1, 1, 3), 5)]
)
def test_the_longest_way_between_two_days_of_a_timetable(
    weekdays: tuple[int, ...], gap: int
) -> None:
    assert ordinary_gap(weekdays) == gap


def flag(id: int, strength: float, raised_on: date = MONDAY) -> Flag:
    return Flag(
        *(id, 1, 1, "Zon", "sustained-rise", raised_on, raised_on, strength, {}),
        *(FlagState.RAISED, None, None, ()),
    )


def test_the_strongest_go_first_and_of_equals_the_oldest() -> None:
    listed = [
        flag(1, 2.0),
        flag(2, 4.0),
        flag(3, 3.0),
        flag(4, 3.0, MONDAY - timedelta(days=1)),
    ]
    assert [one.id for one in strongest(listed, 3)] == [2, 4, 3]


def test_a_week_without_places_lets_nobody_through() -> None:
    assert strongest([flag(1, 9.0)], 0) == []
    assert strongest([flag(1, 9.0)], -2) == []
