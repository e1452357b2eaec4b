"""What counts once counts once on either database, also when two ask at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from checkin.services.factors import codes, steps
from checkin.services.factors.steps import Kind
from checkin.storage import factor_duties, factors, outside_identities, sign_in_steps, staff
from checkin.storage.database import db
from tests.school import MONDAY, SmallSchool, small_school

WHO = 1


@pytest.fixture(params=["sqlite", "postgresql"])
def school(request, tmp_path):
    urls = ()
    if request.param == "postgresql":
        database = request.getfixturevalue("database")
        urls = (database.url, database.open_rounds_url)
    with small_school(tmp_path, *urls) as made:
        yield made


def together(school: SmallSchool, ask: Callable[[], bool], times: int = 4) -> list[bool]:
    """Ask so many times at once, each in a transaction of its own."""
    start = Barrier(times)

    def once(_: int) -> bool:
        with school.app.app_context():
            start.wait(timeout=60)
            answer = ask()
            db.session.commit()
            return answer

    db.session.commit()
    with ThreadPoolExecutor(times) as threads:
        return sorted(threads.map(once, range(times)))


def test_a_code_of_an_app_is_taken_by_one(school):
    factors.add_authenticator(school.id, WHO, "Phone", b"encrypted", 5, MONDAY)
    db.session.commit()
    id = factors.authenticators_of(WHO)[0].id
    assert together(school, lambda: factors.spend_step(id, 6, MONDAY)) == [False] * 3 + [True]
    assert not factors.spend_step(id, 5, MONDAY)
    assert factors.spend_step(id, 7, MONDAY)
    assert factors.authenticators_of(WHO)[0].used_on == MONDAY


def test_a_recovery_code_is_taken_by_one(school):
    person = staff.find_person(WHO)
    made = codes.make(person, school.clock.now)
    taken = together(school, lambda: codes.spend(WHO, made[0], MONDAY))
    assert taken == [False] * 3 + [True]
    assert factors.codes_left(WHO) == 9


def test_a_count_of_a_passkey_is_taken_by_one(school):
    assert factors.add_passkey(school.id, WHO, "Laptop", b"id", b"key", 3, MONDAY)
    id = factors.passkeys_of(WHO)[0].id
    assert together(school, lambda: factors.spend_count(id, 4, MONDAY)) == [False] * 3 + [True]
    assert not factors.spend_count(id, 4, MONDAY)
    assert not factors.spend_count(id, 0, MONDAY)
    factors.stop_passkey(id, MONDAY)
    assert not factors.spend_count(id, 9, MONDAY)
    assert factors.has_factor(WHO)  # a password alone is not enough again


def test_a_passkey_that_does_not_count_goes_on(school):
    factors.add_passkey(school.id, WHO, "Phone", b"id", b"key", 0, MONDAY)
    id = factors.passkeys_of(WHO)[0].id
    assert factors.spend_count(id, 0, MONDAY)
    assert factors.spend_count(id, 0, MONDAY)


def test_a_passkey_is_one_person_s(school):
    assert factors.add_passkey(school.id, WHO, "Mine", b"id", b"key", 0, MONDAY)
    assert not factors.add_passkey(school.id, WHO + 1, "Mine too", b"id", b"key", 0, MONDAY)
    assert factors.find_passkey(b"id").staff == WHO


def test_nobody_else_renames_or_removes_one(school):
    factors.add_passkey(school.id, WHO, "Mine", b"id", b"key", 0, MONDAY)
    id = factors.passkeys_of(WHO)[0].id
    assert not factors.rename("passkey", WHO + 1, id, "Theirs")
    assert not factors.remove("passkey", WHO + 1, id)
    assert factors.passkeys_of(WHO)[0].label == "Mine"
    assert factors.remove("passkey", WHO, id)


def test_what_is_half_done_is_taken_by_one(school):
    token = steps.begin(Kind.PASSKEY, b"challenge", school.clock.now)
    now = school.clock.now
    taken = together(school, lambda: steps.take(Kind.PASSKEY, token, now) is not None)
    assert taken == [False] * 3 + [True]


def test_what_is_half_done_is_of_one_kind_and_over_soon(school):
    now = school.clock.now
    token = steps.begin(Kind.SECOND, b"1", now, (school.id, WHO))
    assert steps.find(Kind.PASSKEY, token, now) is None
    assert steps.find(Kind.SECOND, token, now + timedelta(minutes=5)) is None
    assert steps.find(Kind.SECOND, token, now).staff == WHO
    assert sign_in_steps.drop_over(now + timedelta(minutes=5)) == 1


def test_the_two_weeks_begin_once(school):
    now = school.clock.now
    for days in (0, 3):
        factor_duties.begin(school.id, WHO, now + timedelta(days=days))
        db.session.commit()
    assert factor_duties.since(WHO) == now
    assert factor_duties.all_of(school.id) == {WHO: now}


def test_somebody_elsewhere_is_one_person_here(school):
    now = school.clock.now
    assert outside_identities.bind(school.id, WHO, "https://one", "a", now)
    assert not outside_identities.bind(school.id, WHO + 1, "https://one", "a", now)
    assert not outside_identities.bind(school.id, WHO, "https://one", "b", now)
    assert outside_identities.bind(school.id, WHO, "https://two", "a", now)
    assert outside_identities.find("https://one", "a") == WHO
    outside_identities.unbind(WHO)
    assert outside_identities.find("https://one", "a") is None
