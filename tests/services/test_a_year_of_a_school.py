"""A year of thirty classes of which two thirds are heavy: people get what they can carry."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from checkin.domain.cards import CardSet
from checkin.domain.flags import Flag
from checkin.domain.patterns import find_patterns
from checkin.domain.reaching import places_a_week
from checkin.domain.rounds import Moment
from checkin.services import reviewing
from checkin.services.setting_up import ordinary_week
from checkin.storage import flags, schools
from checkin.storage.database import db
from checkin.storage.rows import ReleasedRoundRow
from tests.school import SmallSchool, at, small_school

pytestmark = pytest.mark.thorough

CLASSES, PUPILS, FIRST, LAST = 30, 14, date(2026, 8, 31), date(2027, 7, 9)
HOLIDAYS = (
    (date(2026, 10, 17), date(2026, 10, 25)),
    (date(2026, 12, 19), date(2027, 1, 3)),
    (date(2027, 2, 20), date(2027, 2, 28)),
    (date(2027, 4, 24), date(2027, 5, 2)),
)


def school_days() -> list[date]:
    days = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    return [
        day
        for day in days
        if day.isoweekday() < 6 and not any(first <= day <= last for first, last in HOLIDAYS)
    ]


def shares(chance: random.Random, is_heavy: bool) -> Iterator[float]:
    """Yield the share of heavy taps of each day: days go together, and now and then it changes."""
    base = chance.uniform(0.45, 0.65) if is_heavy else chance.uniform(0.1, 0.3)
    while True:
        if chance.random() < 0.01:
            base = min(max(base + chance.choice((-0.2, 0.2, 0.3)), 0.08), 0.85)
        yield chance.betavariate(base * 15, (1 - base) * 15)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallSchool]:
    """A school that has lived through its year, looked at every evening."""
    with small_school(Path(tmp_path_factory.mktemp("year"))) as made:
        made.classrooms += tuple(
            schools.add_classroom(
                made.id, f"Klas {n}", PUPILS, CardSet.EIGHT, ("nl",), FIRST, ordinary_week()
            )
            for n in range(CLASSES - len(made.classrooms))
        )
        chance = random.Random(2027)
        moods = {id: shares(chance, n % 3 > 0) for n, id in enumerate(made.classrooms)}
        for day in school_days():
            rows = [row for id in made.classrooms for row in rounds(made, id, day, moods, chance)]
            db.session.execute(insert(ReleasedRoundRow), rows)
            db.session.commit()
            reviewing.look_for_patterns(at(23, 0, day))
        yield made


def rounds(
    school: SmallSchool,
    classroom: int,
    day: date,
    moods: dict[int, Iterator[float]],
    chance: random.Random,
) -> list[dict[str, object]]:
    share = next(moods[classroom])
    return [
        {
            "classroom_id": classroom,
            "day": day,
            "moment": moment.value,
            "school_id": school.id,
            "pupils": PUPILS,
            "answered": 12,
            "heavy": sum(chance.random() < share for _ in range(12)),
            "light": "some",
            "why": "shown",
            "sealed_at": at(15, 0, day),
            "sealed_by": None,
        }
        for moment in Moment
    ]


def worries(school: SmallSchool) -> list[Flag]:
    return [flag for flag in flags.list_flags(school.id) if not flag.is_good_news]


def test_no_week_brings_more_than_its_places(school: SmallSchool) -> None:
    reached = [flag.reached_on for flag in worries(school) if flag.reached_on]
    weeks = Counter(day.isocalendar()[:2] for day in reached)
    assert places_a_week(CLASSES) == 9
    assert max(weeks.values()) == 9  # the start of the year fills a week: there is a cap to test
    assert all(count <= 9 for count in weeks.values())


def test_no_flag_comes_in_the_first_days(school: SmallSchool) -> None:
    days = school_days()
    firsts = {0, *(n for n in range(1, len(days)) if (days[n] - days[n - 1]).days > 6)}
    quiet = {days[n + k] for n in firsts for k in range(5)}
    assert len(quiet) == 25
    assert not [flag for flag in worries(school) if flag.reached_on in quiet]


def test_none_is_lost(school: SmallSchool) -> None:
    """What a replay tells is a flag or has joined one that was open; all can be read."""
    known = {(flag.classroom, flag.pattern) for flag in flags.list_flags(school.id)}
    rounds_of = {
        id: reviewing.observations_of(schools.get_classroom(id), at(23, 0, LAST))
        for id in school.classrooms
    }
    told = {(id, p.pattern) for id, seen in rounds_of.items() for p in find_patterns(seen)}
    assert told == known
    listed = [flag for flag in worries(school) if flag.is_listed]
    assert all(flag.kept_back for flag in listed)


def test_nobody_waits_for_ever(school: SmallSchool) -> None:
    waited = [
        (flag.reached_on - flag.raised_on).days for flag in worries(school) if flag.reached_on
    ]
    assert max(waited) <= 35
    assert sorted(waited)[len(waited) // 2] <= 7
