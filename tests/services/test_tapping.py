"""Tapping: each tap is stored once, in its round or its week, or is told why not."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment, week_of
from checkin.domain.taps import LateTaps, Status
from checkin.services import tapping
from checkin.storage.open_rounds import open_rounds
from tests.school import MONDAY, a_tap, at, next_day, taps

pytestmark = pytest.mark.parametrize("school", ["file", "server"], indirect=True)


def statuses(results):
    return [result.status for result in results]


def so_far(school, **round):
    return tapping.taps_so_far([school.round(**round)])[0]


def test_a_tap_is_stored(school):
    assert statuses(school.tap(a_tap())) == [Status.STORED]
    assert so_far(school) == 1


def test_the_same_key_counts_once_whatever_it_says_the_second_time(school):
    key = bytes(16)
    school.tap(a_tap(Feeling.HAPPY, key=key))
    again = [
        a_tap(Feeling.HAPPY, key=key),
        a_tap(9, key=key),
        a_tap(day=next_day(), key=key),
        a_tap(day=date(2026, 11, 22), key=key),
        a_tap(day=date(2026, 11, 13), key=key),
        a_tap(Feeling.SAD, key=key),
        a_tap(Feeling.SAD, moment=Moment.CHECK_OUT, key=key),
    ]
    school.clock.now = at(14, 5)
    assert statuses(school.tap(*again)) == [Status.KNOWN] * 7
    assert (so_far(school), so_far(school, moment=Moment.CHECK_OUT)) == (1, 0)


def test_a_key_twice_in_one_batch_counts_once(school):
    tap = a_tap()
    assert statuses(school.tap(tap, tap)) == [Status.STORED, Status.KNOWN]
    assert so_far(school) == 1


def test_twice_as_many_taps_as_pupils_are_all_stored(school):
    assert statuses(school.tap(*taps(14, 14))) == [Status.STORED] * 28
    assert so_far(school) == 28


def test_a_card_outside_the_set_of_the_class_is_stored(school):
    assert statuses(school.tap(a_tap(Feeling.WORRIED))) == [Status.STORED]


def test_a_digit_that_no_card_has_is_refused_alone(school):
    results = school.tap(a_tap(), a_tap(9), a_tap())
    assert statuses(results) == [Status.STORED, Status.REFUSED, Status.STORED]
    assert results[1].reason == tapping.NO_SUCH_CARD


@pytest.mark.parametrize(
    "day", [date(2026, 11, 22), date(2026, 10, 19), date(2026, 12, 25)], ids=str
)
def test_a_day_without_school_is_refused(school, day):
    (result,) = school.tap(a_tap(day=day))
    assert (result.status, result.reason) == (Status.REFUSED, "there is no such round on that day")


@pytest.mark.parametrize(
    "tap",
    [
        a_tap(moment=Moment.CHECK_OUT),
        a_tap(day=next_day()),
        a_tap(day=date(2027, 11, 23)),
        a_tap(day=date(9999, 12, 31)),
    ],
)
def test_a_round_that_is_not_open_yet_is_refused(school, tap):
    (result,) = school.tap(tap)
    assert (result.status, result.reason) == (Status.REFUSED, "that round is not open yet")


def test_a_refused_tap_may_come_again_when_its_round_is_open(school):
    tap = a_tap(moment=Moment.CHECK_OUT)
    school.tap(tap)
    school.clock.now = at(14, 1)
    assert statuses(school.tap(tap)) == [Status.STORED]


def test_after_closing_time_a_tap_still_counts_until_its_round_is_sealed(school):
    school.clock.now = at(10)
    assert statuses(school.tap(a_tap())) == [Status.STORED]


def test_a_tap_for_a_sealed_round_is_late_and_counts_for_its_week(school):
    school.tap(*taps(4, 8))
    sealed = school.seal().round
    (result,) = school.tap(a_tap(Feeling.SAD))
    assert (result.status, result.reason) == (Status.LATE, tapping.KEPT)
    assert tapping.late_taps(school.classrooms[0], week_of(MONDAY)) == LateTaps(kept=1)
    assert school.seal().round == sealed


def test_a_late_tap_sent_again_is_known(school):
    school.tap(*taps(4, 8))
    school.seal()
    tap = a_tap()
    assert statuses(school.tap(tap) + school.tap(tap)) == [Status.LATE, Status.KNOWN]
    assert tapping.late_taps(school.classrooms[0], week_of(MONDAY)).kept == 1


@pytest.mark.parametrize("day", [date(2026, 11, 13), date(2025, 11, 24), date(1, 1, 1)], ids=str)
def test_a_tap_for_a_closed_week_is_dropped_and_counted_once(school, day):
    tap = a_tap(day=day)
    results = school.tap(tap) + school.tap(tap)
    assert statuses(results) == [Status.LATE, Status.KNOWN]
    assert results[0].reason == tapping.DROPPED
    assert tapping.late_taps(school.classrooms[0], week_of(MONDAY)) == LateTaps(dropped=1)


def test_nothing_of_a_batch_is_stored_when_it_cannot_be(school):
    def breaks(transaction):
        transaction.spend(bytes(16), school.id, school.classrooms[0], "2026-W48")
        raise LookupError

    with pytest.raises(LookupError):
        open_rounds().run(breaks)
    assert not open_rounds().run(lambda transaction: transaction.knows(bytes(16)))


def test_the_tablet_is_noted_by_day_and_round_never_by_time(school):
    school.tap(a_tap(), waiting=3)
    assert (school.tablet.seen.heard_on, school.tablet.seen.emptied) == (
        MONDAY,
        None,
    )
    school.clock.now = at(9, 30)
    school.tap(waiting=0)
    assert school.tablet.seen.emptied == (MONDAY, Moment.CHECK_IN)
    assert school.tablet.seen.waiting == 0


MIXED = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 9), st.sampled_from(Moment)), max_size=40
)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sends=MIXED)
def test_every_key_counts_at_most_once_in_whatever_order_taps_come(school, sends):
    school.clock.now = at(14, 10)
    before = so_far(school) + so_far(school, moment=Moment.CHECK_OUT)
    prefix = open_rounds().run(lambda tx: tx.taps_in(school.round())).to_bytes(8)
    keys = [prefix + bytes([n] * 8) for n in range(6)]
    results = school.tap(*(a_tap(f, moment=m, key=keys[k]) for k, f, m in sends))
    stored = [r.key for r in results if r.status is Status.STORED]
    assert len(stored) == len(set(stored))
    after = so_far(school) + so_far(school, moment=Moment.CHECK_OUT)
    assert after - before == len(stored)
