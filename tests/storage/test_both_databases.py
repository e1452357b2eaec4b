"""A school day on SQLite and on PostgreSQL: the database is a setting, not a rewrite."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from checkin.domain.access import Role
from checkin.domain.flags import FlagState, Outcome
from checkin.domain.release import Light
from checkin.domain.rounds import Moment
from checkin.domain.taps import Status
from checkin.services import caring, enrolling, reviewing, sealing, signing_in
from checkin.services.demonstrating import open_demo
from checkin.services.housekeeping import Housekeeper
from checkin.storage import leases, released
from checkin.storage.database import Base, db, is_current
from tests.school import PASSWORD, HeldClock, a_tap, an_app, at, next_day, small_school, taps


@pytest.fixture(params=["sqlite", "postgresql"])
def urls(request):
    """The addresses of an empty main database and its open rounds; none are SQLite files."""
    if request.param == "sqlite":
        return ()
    database = request.getfixturevalue("database")
    return (database.url, database.open_rounds_url)


@pytest.fixture
def school(tmp_path, urls):
    with small_school(tmp_path, *urls) as made:
        yield made


def test_a_school_day_goes_the_same_way(school):
    results = school.tap(*taps(14, 0), waiting=0)
    assert {result.status for result in results} == {Status.STORED}
    assert school.seal().round.light is not Light.FEW  # the noise is real: -11 once in 80,000
    assert school.tap(a_tap())[0].status is Status.LATE
    assert school.seal().is_new is False
    school.clock.now = at(14, 10)
    school.tap(*taps(0, 14, moment=Moment.CHECK_OUT), waiting=0)
    Housekeeper("one").tick(at(8, 16, next_day()))
    assert released.find_round(school.round(Moment.CHECK_OUT)).light is not Light.MANY


def test_the_tables_are_those_the_program_knows(school):
    assert is_current()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, Base.metadata) == []


def test_every_table_carries_its_school(school):
    inspector = inspect(db.engine)
    for table in set(inspector.get_table_names()) - {"school", "alembic_version"}:
        assert "school_id" in {column["name"] for column in inspector.get_columns(table)}, table


def test_instants_come_back_as_they_went_in(school):
    token = signing_in.sign_in("tess@school.example", PASSWORD, school.clock.now)
    assert signing_in.find_person(token, school.clock.now).name == "Tess"
    code = enrolling.make_code(school.id, school.classrooms[1], 1, at(9, 0))
    with pytest.raises(enrolling.WrongCode):
        enrolling.enrol(code, at(9, 11))


def test_of_two_processes_one_keeps_house(school):
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)
    until = datetime(2026, 11, 23, 8, 2, tzinfo=UTC)
    later = datetime(2026, 11, 23, 8, 3, tzinfo=UTC)
    assert leases.take("house", "one", now, until)
    assert not leases.take("house", "two", now, until)
    assert leases.take("house", "one", now, until)
    assert leases.take("house", "two", later, later)


def test_a_flag_is_raised_once_and_worked_through(tmp_path, urls):
    with an_app(tmp_path, HeldClock(), *urls):
        now = at(12)
        open_demo(now, "http://127.0.0.1", {})
        assert reviewing.look_for_patterns(now) == 0
        flag = next(f for f in caring.list_flags(1) if not f.is_closed)
        ib = next(p for p in signing_in.list_staff(1) if Role.IB in p.roles)
        caring.acknowledge(flag, ib.id, "Gezien.", now)
        closed = caring.close(caring.find_flag(flag.id, ib), Outcome.TALKED, ib.id, "", now)
        assert closed.state is FlagState.CLOSED
        assert [event.by for event in closed.events][-2:] == [ib.name] * 2
        sealing.seal_due(now)
