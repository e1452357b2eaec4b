"""An older database is brought to this version with all that is in it."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text

from checkin.storage import schools, timetables
from checkin.storage.database import MIGRATIONS, db, is_current
from tests.school import small_school


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request, tmp_path):
    url = None if request.param == "sqlite" else request.getfixturevalue("new_database")
    with small_school(tmp_path, url) as made:
        yield made


def go_to(revision):
    db.session.remove()
    step = upgrade if revision == "head" else downgrade
    step(directory=str(MIGRATIONS), revision=revision)


def test_a_class_of_the_first_version_keeps_all_and_is_not_asked_what_helps(school):
    id = school.classrooms[0]
    before = schools.get_classroom(id)
    go_to("0001")
    columns = {column["name"] for column in inspect(db.engine).get_columns("classroom")}
    assert "coping" not in columns
    assert db.session.scalar(text("SELECT count(*) FROM opening")) > 0
    go_to("head")
    assert is_current()
    assert schools.get_classroom(id) == before
    assert before.coping is None
    assert timetables.openings_of(id)
