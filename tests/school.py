"""A small school on real files, for every test that needs one."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from flask import Flask

from checkin import create_app
from checkin.config import Config, sqlite_url
from checkin.domain.access import Role
from checkin.domain.cards import CardSet
from checkin.domain.feelings import Feeling, find_feeling
from checkin.domain.rounds import Moment, Round
from checkin.domain.school import Tablet
from checkin.domain.school_years import Region
from checkin.domain.taps import Batch, Result, Tap
from checkin.services import enrolling, sealing, tapping
from checkin.services.housekeeping import prepare_storage
from checkin.services.passwords import use_hasher
from checkin.services.setting_up import NewClassroom, NewSchool, NewStaff, ordinary_week, set_up
from checkin.storage.database import db
from checkin.storage.open_rounds import open_rounds
from tests.compiled_once import compiled_once

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MONDAY = date(2026, 11, 23)
SECRET = "a secret of this test, 0123456789 abcdef"
PASSWORD = "a password of this test"


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    """Return an instant by the school's clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=AMSTERDAM).astimezone(UTC)


@dataclass
class HeldClock:
    """A clock that stands still until a test moves it."""

    now: datetime = field(default_factory=lambda: at(8, 30))

    def __call__(self) -> datetime:
        return self.now


@dataclass
class SmallSchool:
    """A school of two classes (14 and 12 pupils), a teacher each, an IB'er and an administrator."""

    app: Flask
    clock: HeldClock
    id: int
    classrooms: tuple[int, ...]
    token: str = ""

    @property
    def tablet(self) -> Tablet:
        """Return the tablet of the first classroom."""
        tablet = enrolling.find_tablet(self.token)
        assert tablet is not None
        return tablet

    def round(self, moment: Moment = Moment.CHECK_IN, day: date = MONDAY) -> Round:
        """Return a round of the first classroom."""
        return Round(self.classrooms[0], day, moment)

    def tap(self, *taps: Tap, waiting: int | None = 0) -> list[Result]:
        """Send taps from the tablet."""
        return tapping.store(self.tablet, Batch(taps, waiting), self.clock.now)

    def seal(self, round: Round | None = None) -> sealing.Sealing:
        """Seal a round by hand."""
        return sealing.seal_by_hand(round or self.round(), 1, self.clock.now)


def a_tap(
    feeling: Feeling | int = Feeling.HAPPY,
    moment: Moment = Moment.CHECK_IN,
    day: date = MONDAY,
    key: bytes | None = None,
) -> Tap:
    """Return a tap with a fresh key."""
    card = find_feeling(feeling) if isinstance(feeling, int) else feeling
    return Tap(key or secrets.token_bytes(16), day, moment, card, None)


def taps(heavy: int, others: int, **more: object) -> list[Tap]:
    """Return so many heavy taps and so many others."""
    both = [Feeling.SAD] * heavy + [Feeling.HAPPY] * others
    return [a_tap(feeling, **more) for feeling in both]  # type: ignore[arg-type]


def make_app(
    directory: Path,
    clock: Callable[[], datetime],
    url: str | None = None,
    open_rounds_url: str | None = None,
) -> Flask:
    """Build an app on real files, or on the databases at these addresses."""
    main = url or sqlite_url(directory)
    app = create_app(Config(directory, SECRET, main, open_rounds_url=open_rounds_url), clock)
    app.testing = True
    app.jinja_env.bytecode_cache = compiled_once
    use_hasher(app, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))  # quick, for tests
    return app


@contextmanager
def an_app(
    directory: Path,
    clock: Callable[[], datetime],
    url: str | None = None,
    open_rounds_url: str | None = None,
) -> Iterator[Flask]:
    """Build an app with its tables, stand in its context, and close every file after."""
    app = make_app(directory, clock, url, open_rounds_url)
    with app.app_context():
        try:
            prepare_storage()
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()
            open_rounds().close()


@dataclass(frozen=True)
class Built:
    """A school that is only copied; `here` forgets its files when the tests end."""

    here: TemporaryDirectory[str]
    id: int
    classrooms: tuple[int, ...]
    token: str

    @property
    def folder(self) -> Path:
        return Path(self.here.name)


def build(*urls: str) -> Built:
    """Build the school to copy: to make its tables takes longer than most tests."""
    here = TemporaryDirectory(prefix="checkin-school-")
    with _set_up(Path(here.name), *urls) as school:
        return Built(here, school.id, school.classrooms, school.token)


_built_once = cache(build)


@contextmanager
def small_school(
    directory: Path,
    url: str | None = None,
    open_rounds_url: str | None = None,
    built: Built | None = None,
) -> Iterator[SmallSchool]:
    """Set a small school up and stand in its app's context; at addresses `built` is there."""
    built = built or (None if url else _built_once())
    if built is None:
        with _set_up(directory, url, open_rounds_url) as school:
            yield school
        return
    clock = HeldClock()
    shutil.copytree(built.folder, directory, dirs_exist_ok=True)
    with an_app(directory, clock, url, open_rounds_url) as app:
        yield SmallSchool(app, clock, built.id, built.classrooms, built.token)


@contextmanager
def _set_up(
    directory: Path, url: str | None = None, open_rounds_url: str | None = None
) -> Iterator[SmallSchool]:
    clock = HeldClock()
    with an_app(directory, clock, url, open_rounds_url) as app:
        made = set_up(_new_school(), clock.now)
        school = SmallSchool(app, clock, made.school, made.classrooms)
        code = enrolling.make_code(made.school, made.classrooms[0], 1, clock.now)
        school.token = enrolling.enrol(code, clock.now)
        yield school


def next_day(day: date = MONDAY, days: int = 1) -> date:
    """Return a later day."""
    return day + timedelta(days=days)


def _new_school() -> NewSchool:
    return NewSchool(
        name="De Waterlelie",
        region=Region.MIDDEN,
        started_on=date(2026, 8, 31),
        classrooms=(
            NewClassroom("Zon", 14, CardSet.EIGHT, ordinary_week(), ("nl", "ar")),
            NewClassroom("Maan", 12, CardSet.SIX, ordinary_week(), ("nl", "uk")),
        ),
        staff=(
            NewStaff("Tess", "tess@school.example", PASSWORD, (Role.TEACHER,), (0,)),
            NewStaff("Omar", "omar@school.example", PASSWORD, (Role.TEACHER,), (1,)),
            NewStaff("Inge", "inge@school.example", PASSWORD, (Role.IB,)),
            NewStaff("Adam", "adam@school.example", PASSWORD, (Role.ADMIN,)),
        ),
    )
