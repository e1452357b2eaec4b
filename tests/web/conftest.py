"""A fixed cast: who works here, and a second school whose people must see nothing."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask

from checkin import create_app
from checkin.config import Config, sqlite_url
from checkin.domain.access import Role
from checkin.domain.calendar import Opening
from checkin.domain.cards import CardSet
from checkin.domain.rounds import Moment
from checkin.services import enrolling, passwords, signing_in
from checkin.storage import migrating, schools
from checkin.storage.database import db
from tests.compiled_once import compiled_once
from tests.web.page_checks import PageClient

MONDAY_MORNING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SECRET = "0123456789abcdefghijklmnopqrstuvwxyz"
PASSWORD = "a long password"
OPENINGS = {
    (weekday, moment): opening
    for weekday in range(1, 6)
    for moment, opening in (
        (Moment.CHECK_IN, Opening(8 * 60, 10 * 60)),
        (Moment.CHECK_OUT, Opening(14 * 60, 16 * 60)),
    )
}


@dataclass
class HeldClock:
    """A clock that stands still until it is told to go on."""

    instant: datetime = MONDAY_MORNING

    def __call__(self) -> datetime:
        return self.instant

    def pass_time(self, **span: float) -> None:
        self.instant += timedelta(**span)


@dataclass(frozen=True)
class Cast:
    """Ids of the people and places; names are the first part of the addresses."""

    school: int
    zon: int
    maan: int
    people: dict[str, int]
    tablet_token: str
    other_school: int
    elsewhere: int

    def email(self, name: str) -> str:
        return f"{name}@school.example"


SignIn = Callable[[str], PageClient]


@pytest.fixture(scope="session")
def built_school(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cast]:
    """Build the cast once; every test gets a copy."""
    folder = tmp_path_factory.mktemp("cast")
    app = make_app(folder, HeldClock())
    with app.app_context():
        migrating.migrate()
        cast = _build_cast()
        db.session.remove()
        db.engine.dispose()
    return folder, cast


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
def folder(built_school: tuple[Path, Cast], tmp_path: Path) -> Path:
    shutil.copytree(built_school[0], tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def cast(built_school: tuple[Path, Cast]) -> Cast:
    return built_school[1]


@pytest.fixture
def app(folder: Path, clock: HeldClock) -> Iterator[Flask]:
    app = make_app(folder, clock)
    yield app
    close(app)


@pytest.fixture
def https_app(folder: Path, clock: HeldClock) -> Iterator[Flask]:
    """The same school behind a proxy, where people reach it as https://checkin.school.example."""
    app = make_app(folder, clock, base_url="https://checkin.school.example")
    yield app
    close(app)


@pytest.fixture
def client(app: Flask) -> PageClient:
    """A browser where nobody is signed in."""
    return browser(app)


@pytest.fixture
def sign_in(app: Flask, cast: Cast) -> SignIn:
    """Return a function that gives a person's own browser, signed in."""

    def signed_in(name: str) -> PageClient:
        client = browser(app)
        form = {"email": cast.email(name), "password": PASSWORD}
        assert client.post("/sign-in", data=form).status_code == 303
        return client

    return signed_in


@pytest.fixture
def tablet(app: Flask, cast: Cast) -> PageClient:
    """The browser of the tablet of classroom Zon."""
    client = browser(app)
    client.set_cookie("checkin_tablet", cast.tablet_token)
    return client


def make_app(
    folder: Path, clock: HeldClock, base_url: str | None = None, is_demo: bool = False
) -> Flask:
    """Build an app in a folder, with a hasher that is cheap."""
    app = create_app(Config(folder, SECRET, sqlite_url(folder), base_url, is_demo), clock)
    app.test_client_class = PageClient
    app.jinja_env.bytecode_cache = compiled_once
    passwords.use_hasher(app, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    return app


def close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def browser(app: Flask) -> PageClient:
    client = app.test_client()
    assert isinstance(client, PageClient)
    return client


def _build_cast() -> Cast:
    school, other = schools.add_school("De Brug", "Midden"), schools.add_school("Elders", "Noord")
    zon, maan = _add_classroom(school, "Zon"), _add_classroom(school, "Maan")
    elsewhere = _add_classroom(other, "Ver")
    staff = (
        ("tess", school, Role.TEACHER, zon),
        ("omar", school, Role.TEACHER, maan),
        ("inge", school, Role.IB, None),
        ("hanna", school, Role.HEAD, None),
        ("adam", school, Role.ADMIN, None),
        ("fatma", other, Role.TEACHER, elsewhere),
        ("otto", other, Role.IB, None),
        ("anna", other, Role.ADMIN, None),
    )
    people = {
        name: signing_in.add_staff(
            where,
            f"{name}@school.example",
            name.title(),
            PASSWORD,
            [role],
            [classroom] if classroom else [],
        )
        for name, where, role, classroom in staff
    }
    token = enrolling.add_tablet(school, zon, MONDAY_MORNING)
    db.session.commit()
    return Cast(school, zon, maan, people, token, other, elsewhere)


def _add_classroom(school: int, name: str) -> int:
    started = date(2026, 8, 31)
    return schools.add_classroom(school, name, 14, CardSet.EIGHT, ["nl"], started, OPENINGS)
