"""A flag from before the cap reached everybody, and whoever has it in hand is named."""

from datetime import date

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from checkin.domain.flags import Step
from checkin.services import caring
from checkin.storage import flags
from checkin.storage.database import MIGRATIONS, db, is_current
from tests.school import at, small_school

NUMBERS = {"since": "2026-11-17"}


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request, tmp_path):
    url = None if request.param == "sqlite" else request.getfixturevalue("new_database")
    with small_school(tmp_path, url) as made:
        yield made


def go_to(revision):
    db.session.remove()
    step = upgrade if revision == "head" else downgrade
    step(directory=str(MIGRATIONS), revision=revision)


def test_it_keeps_its_hands_and_its_day(school):
    day = date(2026, 11, 23)
    id = flags.add_flag(
        school.id, school.classrooms[0], "sustained-rise", day, 3.0, NUMBERS, at(12)
    )
    people = {person.name: person.id for person in caring.who_can_take(flags.find_flag(id))}
    for name in ("Tess", "Inge"):
        caring.assign(flags.find_flag(id), people[name], people["Inge"], "", at(13))
    go_to("0003")
    assert "engine_state" not in inspect(db.engine).get_table_names()
    assert db.session.scalar(text("SELECT count(*) FROM flag_event")) == 3
    go_to("head")
    assert is_current()
    flag = flags.find_flag(id)
    assert (flag.reached_on, flag.kept_back, flag.is_listed) == (day, None, False)
    given = [event.to for event in flag.events if event.step is Step.ASSIGNED]
    assert given == [None, "Inge"]  # only the last hand was known then
