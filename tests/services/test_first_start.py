"""The first school is made once, by whoever comes first; the code for it is never kept as it is."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask

from checkin.domain.access import Role
from checkin.domain.cards import CardSet
from checkin.domain.school_years import Region
from checkin.services import setting_up, setting_up_code
from checkin.services.setting_up import (
    AlreadySetUp,
    NewClassroom,
    NewSchool,
    NewStaff,
    NotValid,
    ordinary_week,
)
from checkin.storage import schools
from checkin.storage.database import db
from tests.school import PASSWORD, HeldClock, an_app, at

ZON = NewClassroom("Zon", 12, CardSet.SIX, ordinary_week())
ADAM = NewStaff("Adam", "adam@school.example", PASSWORD, (Role.ADMIN,))
SCHOOL = NewSchool("De Waterlelie", Region.NOORD, (ZON,), (ADAM,))
AT_ONCE = 4


@pytest.fixture(params=["file", "server"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    urls = ()
    if request.param == "server":
        database = request.getfixturevalue("database")
        urls = (database.url, database.open_rounds_url)
    with an_app(tmp_path, HeldClock(), *urls) as app:
        yield app


def at_once(app: Flask, with_code: bool) -> list[str]:
    """Let several set up a school of their own at the same moment; return who made one."""
    start = Barrier(AT_ONCE)

    def make(number: int) -> str:
        with app.app_context():
            try:
                setting_up.is_set_up()  # as a page does before
                own = replace(ADAM, email=f"adam{number}@school.example")
                start.wait(timeout=30)
                new = replace(SCHOOL, name=f"School {number}", staff=(own,))
                setting_up.set_up_first(new, at(9))
                return f"School {number}"
            except AlreadySetUp:
                return ""
            finally:
                db.session.remove()

    if with_code:
        setting_up_code.offer(at(8))
    db.session.remove()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [name for name in pool.map(make, range(AT_ONCE)) if name]


@pytest.mark.parametrize("with_code", [True, False])
def test_of_several_at_once_one_makes_a_school(app: Flask, with_code: bool) -> None:
    made = at_once(app, with_code)
    assert [school.name for school in schools.list_schools()] == made
    assert len(made) == 1


def test_what_cannot_be_leaves_the_code_good(app: Flask) -> None:
    code = setting_up_code.offer(at(8))
    with pytest.raises(NotValid):
        setting_up.set_up_first(replace(SCHOOL, name=" "), at(9))
    assert setting_up_code.enter(code, "", at(9))


def test_there_is_no_code_once_there_is_a_school(app: Flask) -> None:
    code = setting_up_code.offer(at(8))
    setting_up.set_up_first(SCHOOL, at(9))
    assert setting_up_code.offer(at(10)) is None
    with pytest.raises(setting_up_code.WrongCode):
        setting_up_code.enter(code, "", at(10))
    assert db.session.execute(db.text("SELECT count(*) FROM first_start")).scalar() == 0


def test_the_code_is_kept_as_a_hash_that_needs_the_secret(app: Flask) -> None:
    code = setting_up_code.offer(at(8)).replace("-", "")
    (kept,) = db.session.execute(db.text("SELECT code_hash FROM first_start")).scalars()
    assert code.encode() not in bytes(kept)
    assert bytes(kept) != hashlib.sha256(code.encode()).digest()


def test_every_start_makes_another_code(app: Flask) -> None:
    codes = {setting_up_code.offer(at(8)) for _ in range(5)}
    assert len(codes) == 5
    assert db.session.execute(db.text("SELECT count(*) FROM first_start")).scalar() == 1
