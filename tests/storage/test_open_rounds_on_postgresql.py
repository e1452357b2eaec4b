"""Open rounds in PostgreSQL: out of reach of pages, durable, and gone when they are sealed."""

from contextlib import closing

import psycopg
import pytest
from sqlalchemy.exc import ProgrammingError

from checkin.config import UnsafeConfig, read_config
from checkin.domain.feelings import Feeling
from checkin.domain.release import WeekPicture, release_round
from checkin.domain.rounds import Moment
from checkin.domain.taps import Status
from checkin.services import sealing, tapping
from checkin.services.faults import StorageUnavailable
from checkin.services.housekeeping import check_storage
from checkin.storage import released
from checkin.storage.database import db
from checkin.storage.open_rounds import ClosedWeek, SealedRound, open_rounds, server
from tests import school as schools
from tests.postgresql import ROUNDS
from tests.school import HeldClock, a_tap, an_app, at, next_day, small_school, taps

TABLES = "SELECT relname FROM pg_class WHERE relnamespace = 'open_rounds'::regnamespace"
DAY, WEEK = "open_round_2026_11_23", "open_week_2026_w48"


@pytest.fixture
def school(tmp_path, database):
    with small_school(tmp_path, database.url, database.open_rounds_url) as made:
        yield made


def start(tmp_path, database, **other):
    urls = {"url": database.url, "open_rounds_url": database.open_rounds_url} | other
    with an_app(tmp_path, HeldClock(), **urls):
        pass


def tables_of(database, kind="r"):
    return {name for (name,) in database.ask(f"{TABLES} AND relkind = '{kind}'")}


# Out of reach of pages


def test_a_connection_that_serves_pages_can_read_none_of_it(school, database):
    school.tap(*taps(3, 4))
    assert DAY in tables_of(database)
    for table in tables_of(database) | tables_of(database, "p"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            db.session.execute(db.text(f"SELECT * FROM open_rounds.{table}"))
        db.session.rollback()


@pytest.mark.parametrize("role", [ROUNDS, "pg_read_all_data", "checkin"])
def test_a_connection_that_serves_pages_cannot_become_another_role(school, role):
    with pytest.raises(ProgrammingError, match="permission denied"):
        db.session.execute(db.text(f"SET ROLE {role}"))


@pytest.mark.parametrize(
    ("unsafe", "says"),
    [
        ("ALTER ROLE {role} SUPERUSER", "is a superuser"),
        ("ALTER ROLE {role} CREATEROLE", "may make roles"),
        ("ALTER ROLE {role} REPLICATION", "may copy the whole server"),
        ("GRANT pg_read_all_data TO {role}", "may read all data"),
        ("GRANT pg_read_server_files TO {role}", "may read the files"),
        ("GRANT pg_execute_server_program TO {role}", "may run programs"),
        ("GRANT checkin_rounds TO {role}", "owns the open rounds"),
        ("ALTER ROLE {role} NOINHERIT; GRANT checkin_rounds TO {role}", "owns the open rounds"),
        ("GRANT USAGE ON SCHEMA open_rounds TO {role}", "may use the schema"),
    ],
)
def test_it_does_not_start_when_pages_could_read_open_rounds(tmp_path, database, unsafe, says):
    role = f"nosy_{database.name}"
    database.ask(f"CREATE ROLE {role} LOGIN; GRANT USAGE, CREATE ON SCHEMA public TO {role}")
    start(tmp_path, database, url=database.as_role(role))
    database.ask(unsafe.format(role=role))
    with pytest.raises(StorageUnavailable, match=says):
        start(tmp_path, database, url=database.as_role(role))
    database.ask(f"DROP OWNED BY {role} CASCADE; DROP ROLE {role}")


def test_it_does_not_start_with_one_role_for_both(tmp_path, database):
    database.ask(f"GRANT USAGE, CREATE ON SCHEMA public TO {ROUNDS}")
    with pytest.raises(StorageUnavailable, match="owns the open rounds"):
        start(tmp_path, database, url=database.open_rounds_url)


def test_it_says_what_an_administrator_has_to_do(tmp_path, bare_database):
    bare_database.ask("GRANT USAGE, CREATE ON SCHEMA public TO checkin_pages")
    with pytest.raises(StorageUnavailable, match=r"docs/postgresql\.md"):
        start(tmp_path, bare_database)


@pytest.mark.parametrize(
    "urls",
    [
        {"CHECKIN_DATABASE_URL": "postgresql://pages@host/checkin"},
        {"CHECKIN_OPEN_ROUNDS_URL": "postgresql://rounds@host/checkin"},
        {
            "CHECKIN_DATABASE_URL": "postgresql://pages@host/checkin",
            "CHECKIN_OPEN_ROUNDS_URL": "sqlite:///somewhere",
        },
    ],
)
def test_the_two_addresses_belong_together(urls):
    with pytest.raises(UnsafeConfig, match="CHECKIN_OPEN_ROUNDS_URL"):
        read_config(urls | {"CHECKIN_SECRET_KEY": schools.SECRET})


# Durable, without time or order


def test_a_commit_is_on_disk(school):
    def promises(tx):
        return {name: tx._execute(f"SHOW {name}").fetchone()[0] for name in server.PROMISED}

    assert open_rounds().run(promises) == server.PROMISED


@pytest.mark.parametrize("name", server.PROMISED)
def test_a_server_that_promises_less_is_refused(tmp_path, database, monkeypatch, name):
    monkeypatch.setitem(server.PROMISED, name, "something else")
    with pytest.raises(StorageUnavailable, match=name):
        start(tmp_path, database)


def test_a_role_that_was_made_less_durable_is_so_no_more(tmp_path, database):
    database.ask(f"ALTER ROLE {ROUNDS} IN DATABASE {database.name} SET synchronous_commit = off")
    start(tmp_path, database)


def test_tables_are_logged_and_know_no_time_and_no_sequence(school, database):
    school.tap(*taps(3, 4))
    kinds = database.ask(
        TABLES.replace("SELECT relname", "SELECT DISTINCT relkind, relpersistence")
    )
    assert set(kinds) == {(kind, "p") for kind in "rpiI"}
    columns = database.ask(
        "SELECT DISTINCT data_type FROM information_schema.columns"
        " WHERE table_schema = 'open_rounds'"
    )
    assert set(columns) == {("integer",), ("text",), ("bytea",)}


# Gone when sealed


def test_each_day_has_its_table_until_its_rounds_are_sealed(school, database):
    school.tap(*taps(6, 6))
    assert DAY in tables_of(database)
    school.clock.now = at(14, 5)
    school.tap(*taps(6, 6, moment=Moment.CHECK_OUT), waiting=None)
    school.seal()
    sealing.seal_due(school.clock.now)
    assert DAY in tables_of(database)
    sealing.seal_due(at(8, 16, next_day()))
    assert DAY not in tables_of(database)
    assert released.find_round(school.round(Moment.CHECK_OUT)) is not None


def test_each_week_has_its_tables_until_it_is_pictured(school, database):
    school.tap(*taps(6, 6))
    weekly = {WEEK, "spent_key_2026_w48"}
    assert weekly <= tables_of(database)
    sealing.seal_due(at(23, 0, next_day(days=4)))
    assert weekly <= tables_of(database)
    sealing.seal_due(at(23, 0, next_day(days=7)))
    assert not weekly & tables_of(database)


def test_a_table_that_somebody_reads_is_dropped_later(school, database):
    school.tap(*taps(6, 6))
    with psycopg.connect(database.superuser_url) as dump:
        dump.execute(f"SELECT * FROM open_rounds.{DAY}")
        assert sealing.seal_due(at(23)).rounds == 1
        assert school.tap(a_tap())[0].status is Status.LATE
        assert DAY in tables_of(database)
    sealing.seal_due(at(23))
    assert DAY not in tables_of(database)


# Trouble


def test_a_lost_connection_is_made_anew(school, database):
    school.tap(a_tap())
    database.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OURS}")
    assert school.tap(a_tap())[0].status is Status.STORED


OURS = f"usename = '{ROUNDS}' AND datname = current_database()"


def test_a_connection_lost_in_the_middle_stores_nothing(school, database):
    tap = a_tap()

    def loses(transaction):
        transaction.spend(tap.key, school.id, school.classrooms[0], "2026-W48")
        database.ask(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {OURS}")

    with pytest.raises(StorageUnavailable):
        open_rounds().run(loses)
    assert school.tap(tap)[0].status is Status.STORED
    assert tapping.taps_so_far([school.round()]) == [1]


def test_who_cannot_have_a_turn_is_told_to_come_again(school, database, monkeypatch):
    monkeypatch.setattr(server, "SETTINGS", server.SETTINGS.replace("'5s'", "'200ms'"))
    open_rounds().close()
    with closing(psycopg.connect(database.open_rounds_url)) as other:
        other.execute(server.TURN)
        with pytest.raises(StorageUnavailable):
            school.tap(a_tap())
        with pytest.raises(StorageUnavailable):
            check_storage()
    assert school.tap(a_tap())[0].status is Status.STORED


def test_who_stops_in_the_middle_of_a_turn_loses_it(school, database):
    impatient = server.SETTINGS.replace("session_timeout = '10s'", "session_timeout = '300ms'")
    with closing(psycopg.connect(database.open_rounds_url, autocommit=True)) as stopped:
        stopped.execute(impatient)
        stopped.execute("BEGIN")
        stopped.execute(server.TURN)
        assert school.tap(a_tap())[0].status is Status.STORED


def test_a_process_with_another_secret_does_not_start(school, tmp_path, database, monkeypatch):
    school.tap(a_tap())
    monkeypatch.setattr(schools, "SECRET", "another secret, 0123456789 abcdef ghi")
    with pytest.raises(StorageUnavailable, match="another CHECKIN_SECRET_KEY"):
        start(tmp_path / "other", database)


def test_open_rounds_of_a_newer_version_are_left_alone(school, tmp_path, database):
    database.ask("UPDATE open_rounds.home SET version = 99")
    with pytest.raises(StorageUnavailable, match="newer version"):
        start(tmp_path / "other", database)


# Taps and seals that share a commit


@pytest.fixture
def transaction(school):
    yield open_rounds().home.begin()
    open_rounds().home.close()


def count(transaction, school, *rounds):
    for round in rounds:
        transaction.open_round(school.id, round, 0)
        transaction.count_in_round(round, heavy=True)


def test_a_seal_sees_the_taps_before_it(school, transaction):
    first, second = school.round(), school.round(Moment.CHECK_OUT)
    count(transaction, school, first, second)
    assert transaction.take_round(first) == (1, 1)
    assert transaction.unsealed() == [(school.id, second)]
    assert (transaction.taps_in(first), transaction.taps_in(second)) == (0, 1)


def test_the_clock_sees_the_taps_before_it(school, transaction):
    count(transaction, school, school.round())
    assert transaction.unsealed() == [(school.id, school.round())]
    week = (school.classrooms[0], "2026-W48")
    transaction.spend(bytes(16), school.id, *week)
    assert transaction.unclosed() == [(school.id, *week)]
    assert transaction.take_week(*week) is None
    transaction.forget_keys([week])
    assert transaction.unclosed() == []


def test_a_tap_sees_the_seal_before_it(school, transaction):
    round = school.round()
    assert not transaction.is_sealed(round)
    sealed = release_round(9, 3, 12)
    transaction.put_sealed(SealedRound(school.id, round, sealed, school.clock.now, None))
    assert transaction.is_sealed(round)


def test_a_week_that_closes_takes_the_keys_before_it_along(school, transaction):
    week = (school.classrooms[0], "2026-W48")
    transaction.open_week(school.id, *week, [0] * 15)
    transaction.count_in_week(*week, Feeling.SAD, None)
    transaction.spend(bytes(16), school.id, *week)
    assert transaction.take_week(*week).feelings["sad"] == 1
    transaction.forget_keys([week])
    assert not transaction.knows(bytes(16))
    assert transaction.unclosed() == []
    assert not transaction.is_week_closed(*week)
    transaction.put_closed(ClosedWeek(school.id, *week, WeekPicture(None, None)))
    assert transaction.is_week_closed(*week)
