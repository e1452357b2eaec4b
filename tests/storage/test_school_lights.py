"""Lights of a school are counted by classroom and kind, on both databases."""

from datetime import timedelta

import pytest

from checkin.domain.release import Light, Released, Why
from checkin.domain.rounds import Moment, Round
from checkin.storage import released
from checkin.storage.database import db
from checkin.storage.school_lights import lights_of_school
from tests.school import MONDAY, at, next_day, small_school


@pytest.fixture(params=["sqlite", "postgresql"])
def school(tmp_path, request):
    urls = ()
    if request.param == "postgresql":
        database = request.getfixturevalue("database")
        urls = (database.url, database.open_rounds_url)
    with small_school(tmp_path, *urls) as made:
        yield made


def add(classroom, day, light):
    withheld = light is Light.WITHHELD
    result = Released(
        12, 14, None if withheld else 3, light, Why.TOO_FEW if withheld else Why.SHOWN
    )
    released.add_round(1, Round(classroom, day, Moment.CHECK_IN), result, at(15, day=day), None)


def test_it_counts_the_lights_of_some_days_sealed_before_an_instant(school):
    first, second = school.classrooms
    for n, light in enumerate((Light.FEW, Light.MANY, Light.MANY, Light.WITHHELD, Light.SOME)):
        add(first, next_day(days=n), light)
    add(second, MONDAY, Light.WITHHELD)
    add(second, MONDAY - timedelta(days=1), Light.FEW)
    db.session.commit()
    counted = lights_of_school(school.id, MONDAY, next_day(days=6), at(15, day=next_day(days=4)))
    assert counted == {
        first: {Light.FEW: 1, Light.SOME: 0, Light.MANY: 2},
        second: {Light.FEW: 0, Light.SOME: 0, Light.MANY: 0},
    }
