"""Wishes lie in no order, with no time, in tables that know nothing of taps; on both databases."""

import secrets

import pytest
from sqlalchemy import inspect, text

from checkin.domain.talks import Kind, Moment, Part, Step, TalkRequest
from checkin.storage import talks
from checkin.storage.database import db
from tests.school import MONDAY, SmallSchool, small_school

MANY = 200


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request, tmp_path):
    url = None if request.param == "sqlite" else request.getfixturevalue("new_database")
    with small_school(tmp_path, url) as made:
        yield made


def a_request(school: SmallSchool, id: str, symbol: str = "fox") -> TalkRequest:
    asked = Moment(MONDAY, Part.MORNING)
    return TalkRequest(id, school.id, school.classrooms[0], "", 1, "", Kind.TALK, symbol, asked)


def test_a_wish_comes_back_as_it_went_in(school: SmallSchool) -> None:
    assert talks.add_request(a_request(school, "a" * 32))
    assert not talks.add_request(a_request(school, "a" * 32, "bird"))
    talks.add_step(a_request(school, "a" * 32), Step.SEEN, Moment(MONDAY, Part.AFTERNOON), 1, "n")
    db.session.commit()
    (found,) = talks.list_requests(school.id)
    assert (found.symbol, found.classroom_name, found.adult_name) == ("fox", "Zon", "Tess")
    assert [(done.step, done.by_name, done.note) for done in found.steps] == [
        (Step.SEEN, "Tess", "n")
    ]
    assert talks.find_request("b" * 32) is None
    assert talks.list_requests(school.id + 1) == []


def test_forgotten_is_gone_with_all_its_steps(school: SmallSchool) -> None:
    for id in ("a" * 32, "b" * 32):
        talks.add_request(a_request(school, id))
        talks.add_step(a_request(school, id), Step.CLOSED, Moment(MONDAY, Part.MORNING), 1)
    talks.remove_requests(["a" * 32])
    db.session.commit()
    assert [one.id for one in talks.list_requests(school.id)] == ["b" * 32]
    assert db.session.scalar(text("SELECT count(*) FROM talk_step")) == 1


def test_no_column_has_a_number_that_counts_up_or_a_time_of_day(school: SmallSchool) -> None:
    for table in ("talk_request", "talk_step"):
        columns = {c["name"]: str(c["type"]).upper() for c in inspect(db.engine).get_columns(table)}
        assert not {"id", "number"} & {n for n, type in columns.items() if "INT" in type}
        assert not [type for type in columns.values() if "TIME" in type]
        assert not {"tablet_id", "feeling", "round", "moment", "key"} & columns.keys()


def test_wishes_lie_in_no_order_of_arrival(tmp_path) -> None:
    with small_school(tmp_path) as school:
        ids = [secrets.token_hex(16) for _ in range(MANY)]
        for id in ids:
            talks.add_request(a_request(school, id))
        db.session.commit()
        made = "SELECT sql FROM sqlite_master WHERE name = 'talk_request'"
        assert "WITHOUT ROWID" in db.session.scalar(text(made))
        found = list(db.session.scalars(text("SELECT id FROM talk_request")))
        assert found == sorted(ids) != ids
