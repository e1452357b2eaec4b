"""Housekeeping by one process at a time, also after its clock was wrong."""

from datetime import timedelta

import pytest

from checkin.services import forgetting, housekeeping, reviewing
from checkin.services.housekeeping import LEASE, Housekeeper
from checkin.storage import leases, released
from tests.school import at, next_day, taps

A_YEAR = timedelta(days=365)


def take(holder, now):
    return leases.take("housekeeping", holder, now, now + LEASE)


def test_of_two_processes_one_has_the_lease_until_it_is_over(school):
    assert take("one", at(9))
    assert not take("other", at(9))
    assert take("one", at(9, 1))
    assert take("other", at(9, 1) + LEASE)


def test_clocks_a_minute_apart_take_it_from_nobody(school):
    assert take("one", at(9, 1))
    assert not take("other", at(9))


def test_a_lease_of_a_clock_that_was_a_year_ahead_is_void(school):
    """Or nothing would be sealed for a year, once the time was set right."""
    assert take("one", at(9) + A_YEAR)
    assert take("other", at(9))


def test_rounds_are_sealed_after_the_clock_was_a_year_ahead(school):
    Housekeeper("before the restart").tick(at(7) + A_YEAR)
    school.tap(*taps(3, 9))
    Housekeeper("after it").tick(at(23))
    assert released.find_round(school.round()) is not None


@pytest.mark.parametrize("ahead", [timedelta(), A_YEAR])
def test_it_looks_and_forgets_again_when_it_is_time(school, monkeypatch, ahead):
    done = []
    monkeypatch.setattr(reviewing, "look_for_patterns", lambda now: done.append("looked"))
    monkeypatch.setattr(forgetting, "forget", lambda now: done.append("forgot"))
    keeper = Housekeeper("one")
    keeper.tick(at(9) + ahead)
    assert done == ["looked", "forgot"]
    keeper.tick(at(9) + (ahead or housekeeping.TICK_SECONDS * timedelta(seconds=1)))
    assert done == ["looked", "forgot"]
    keeper.tick(at(9, day=next_day()))
    assert done == ["looked", "forgot"] * 2
