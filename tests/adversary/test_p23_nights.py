"""P23: rounds across midnight, New Year and the two nights on which the clock is changed.

The attack: a round that is published twice, or in two parts, can be taken from itself, and what
remains is a few children. The clock is the likeliest to do that: so let a round be open all night,
over midnight, over the hour that comes twice and the hour that never comes, tap every ten minutes,
seal whatever is due after each, and keep every figure that is ever shown.

The promise: a round belongs to one day of the school's clock. It is published once, with every tap
that was answered `stored` and no other.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask

from checkin.domain.calendar import MINUTES_A_DAY
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from checkin.domain.taps import Status
from checkin.services import due, sealing, tapping
from checkin.storage import released, timetables
from checkin.storage.database import db
from checkin.storage.open_rounds import OpenTransaction
from checkin.storage.rows import OpeningRow
from tests.adversary.places import Place, Variant, the_product
from tests.often import first
from tests.school import AMSTERDAM, SmallSchool, a_tap

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
NEW_YEAR = date(2027, 1, 1)
A_NIGHT = date(2027, 1, 13)
OPENINGS = {
    "all day": (0, MINUTES_A_DAY),
    "until midnight": (22 * 60, MINUTES_A_DAY),
    "from midnight": (0, 4 * 60),
    "round the change of the clock": (90, 210),
    "in the hour of the change": (135, 165),
}
STEP = timedelta(minutes=10)


def what_a_night_does(
    place: Place, night: date, opening: tuple[int, int], variant: Variant = the_product
) -> list[str]:
    """Tap through the night before a day and through that day; return what is not as promised."""
    stored: Counter[date] = Counter()
    shown: dict[date, set[tuple[int, str]]] = {}
    with place.opened() as school:
        days = [night - timedelta(days=1), night]
        _open_at(school, days, opening)
        with variant(school.app):
            for now in _instants(days):
                school.clock.now = now
                today = now.astimezone(AMSTERDAM).date()
                answer = school.tap(a_tap(Feeling.HAPPY, day=today))[0]
                stored[today] += answer.status is Status.STORED
                sealing.seal_due(now)
                for kept in _published(school, days):
                    shown.setdefault(kept[0], set()).add(kept[1:])
    found = [f"{day} was shown as {sorted(what)}" for day, what in shown.items() if len(what) != 1]
    for day in days:
        published = sum(answered for answered, _ in shown.get(day, ()))
        if published != stored[day]:
            found.append(f"{day}: {stored[day]} taps were stored and {published} published")
    return found


def _open_at(school: SmallSchool, days: list[date], opening: tuple[int, int]) -> None:
    """Make these days school days, with one long round each."""
    classroom = school.classrooms[0]
    db.session.execute(db.delete(OpeningRow).where(OpeningRow.classroom_id == classroom))
    for weekday in range(1, 8):
        row = OpeningRow(
            classroom_id=classroom,
            weekday=weekday,
            moment=Moment.CHECK_IN.value,
            school_id=school.id,
            opens=opening[0],
            closes=opening[1],
        )
        db.session.add(row)
    for day in days:
        timetables.add_extra_day(school.id, day)
    db.session.commit()


def _instants(days: list[date]) -> Iterator[datetime]:
    """Yield every ten minutes from before the first day until after the last, as time passes."""
    now = datetime.combine(days[0], time(), tzinfo=AMSTERDAM).astimezone(UTC) - STEP
    end = datetime.combine(days[-1], time(), tzinfo=AMSTERDAM).astimezone(UTC) + timedelta(hours=36)
    while now < end:
        yield now
        now += STEP


def _published(school: SmallSchool, days: list[date]) -> list[tuple[date, int, str]]:
    db.session.expire_all()
    kept = released.rounds_between(school.classrooms[0], days[0], days[-1])
    return [(r.round.day, r.released.answered, r.light.value) for r in kept]


def what_is_not_taken(
    place: Place, night: date, hours: int, variant: Variant = the_product
) -> list[datetime]:
    """Tap through a day of one long round; return when a tap was not stored."""
    start = datetime.combine(night, time(), tzinfo=AMSTERDAM).astimezone(UTC)
    refused = []
    with place.opened() as school, variant(school.app):
        _open_at(school, [night], OPENINGS["all day"])
        for school.clock.now in (start + n * STEP for n in range(hours * 6)):
            if school.tap(a_tap(day=night))[0].status is not Status.STORED:
                refused.append(school.clock.now)
    return refused


@pytest.mark.parametrize("opening", first(OPENINGS, often=2))
@pytest.mark.parametrize("night", [SPRING, AUTUMN], ids=str)
def test_a_round_is_published_once_and_whole(place: Place, night: date, opening: str) -> None:
    assert what_a_night_does(place, night, OPENINGS[opening]) == []


@pytest.mark.parametrize("opening", first(["all day", "until midnight", "from midnight"]))
@pytest.mark.parametrize("night", [NEW_YEAR, A_NIGHT], ids=str)
def test_so_it_is_over_any_midnight(place: Place, night: date, opening: str) -> None:
    assert what_a_night_does(place, night, OPENINGS[opening]) == []


@pytest.mark.parametrize(("night", "hours"), [(SPRING, 23), (AUTUMN, 25), (NEW_YEAR, 24)])
def test_an_open_round_takes_every_tap_of_such_a_day(place: Place, night: date, hours: int) -> None:
    assert what_is_not_taken(place, night, hours) == []


# The canaries.


@contextmanager
def goes_by_the_servers_date(app: Flask) -> Iterator[None]:
    """A server that counts a tap for the day it has itself, in UTC."""

    real = tapping.store_for

    def store(classroom, timetable, taps, now, *more):
        own = [replace(tap, day=now.date()) for tap in taps]
        return real(classroom, timetable, own, now, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tapping, "store_for", store)
        yield


@contextmanager
def forgets_what_was_sealed(app: Flask) -> Iterator[None]:
    """Whatever is there is published at every look, as if it were due and never had been."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(due, "is_due", lambda *_: True)
        patch.setattr(OpenTransaction, "is_sealed", lambda *_: False)
        patch.setattr(released, "find_end", lambda *_: (False, False))
        yield


def test_it_catches_a_round_that_is_published_in_parts(place: Place) -> None:
    assert what_a_night_does(place, A_NIGHT, OPENINGS["all day"], forgets_what_was_sealed) != []


def test_it_catches_a_server_with_a_day_of_its_own(place: Place) -> None:
    assert what_is_not_taken(place, A_NIGHT, 24, goes_by_the_servers_date) != []
