"""When nothing can be stored it says so, asks to come again, and then has lost nothing."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event
from werkzeug.test import TestResponse

from checkin.storage.database import db
from checkin.storage.open_rounds import file, open_rounds
from tests.faults.conftest import SmallDisk, disk  # noqa: F401  # a fixture
from tests.web.conftest import PASSWORD, Cast, HeldClock, SignIn, browser, close, make_app
from tests.web.living import ENGLISH, JSON, tap, words_in
from tests.web.page_checks import PageClient
from tests.web.sending import DAY, DUTCH, a_tap, error_of, send, tapped, told


@contextmanager
def school_on(place: Path, built_school: tuple[Path, Cast], clock: HeldClock) -> Iterator[Flask]:
    """Run the school from another place."""
    shutil.copytree(built_school[0], place, dirs_exist_ok=True)
    app = make_app(place, clock)
    yield app
    with app.app_context():
        open_rounds().close()
    close(app)


def its_tablet(app: Flask, cast: Cast) -> PageClient:
    tablet = browser(app)
    tablet.set_cookie("checkin_tablet", cast.tablet_token)
    return tablet


def its_teacher(app: Flask, cast: Cast) -> PageClient:
    teacher = browser(app)
    form = {"email": cast.email("tess"), "password": PASSWORD}
    assert teacher.post("/sign-in", data=form).status_code == 303
    return teacher


def asks_to_come_again(answer: TestResponse) -> None:
    error_of(answer, 503)
    assert int(answer.headers["Retry-After"]) > 0


def says_that_nothing_can_be_stored(client: PageClient, path: str) -> None:
    """A person is told in their own language, and by the page's own title."""
    for headers, said in ((ENGLISH, "Nothing can be stored"), (DUTCH, "opgeslagen")):
        answer = client.post(path, headers=headers)
        assert answer.status_code == 503
        assert said in words_in(answer)


def test_a_full_disk_is_told_and_then_everything_is_stored_once(
    built_school: tuple[Path, Cast],
    clock: HeldClock,
    disk: SmallDisk,  # noqa: F811
) -> None:
    cast = built_school[1]
    with school_on(disk.place, built_school, clock) as app:
        tablet, tess = its_tablet(app, cast), its_teacher(app, cast)
        tap(tablet, "1" * 9)
        disk.fill()
        stored, waiting = 9, [a_tap(10_000 + n) for n in range(100)]
        for start in range(1, 4000, 100):  # what is left of the last page goes first
            answer = send(tablet, *(a_tap(1_000_000 + start + n) for n in range(100)))
            if answer.status_code != 200:
                break
            stored += 100
        asks_to_come_again(answer)
        asks_to_come_again(send(tablet, *waiting))
        asks_to_come_again(browser(app).get("/healthz"))
        disk.empty()
        assert tapped(tess, cast) == stored
        assert [s for s, _ in told(send(tablet, *waiting))] == ["stored"] * 100
        assert [s for s, _ in told(send(tablet, *waiting))] == ["known"] * 100
        assert tapped(tess, cast) == stored + 100


def test_a_read_only_folder_is_told_and_keeps_what_it_had(
    built_school: tuple[Path, Cast],
    clock: HeldClock,
    disk: SmallDisk,  # noqa: F811
) -> None:
    cast, path = built_school[1], "/classrooms/{}/rounds/{}/check-in/seal"
    with school_on(disk.place, built_school, clock) as app:
        tablet, tess = its_tablet(app, cast), its_teacher(app, cast)
        tap(tablet, "1" * 9)
        _let_go_of_files(app)
        disk.make_read_only()
        asks_to_come_again(send(tablet, a_tap(500)))
        says_that_nothing_can_be_stored(tess, path.format(cast.zon, DAY))
        asks_to_come_again(browser(app).get("/healthz"))
        _let_go_of_files(app)
        disk.make_read_only(False)
        assert tapped(tess, cast) == 9
        assert told(send(tablet, a_tap(500))) == [("stored", "")]
        assert tess.post(path.format(cast.zon, DAY), headers=JSON).json["answered"] == 10


@pytest.mark.parametrize("which", ["open-rounds.sqlite3", "checkin.sqlite3"])
def test_a_locked_database_is_told_and_nothing_is_lost(
    app: Flask,
    folder: Path,
    tablet: PageClient,
    sign_in: SignIn,
    cast: Cast,
    monkeypatch: pytest.MonkeyPatch,
    which: str,
) -> None:
    tess = sign_in("tess")
    assert tap(tablet, "1" * 9, waiting=1) == ["stored"] * 9
    _lose_patience(app, monkeypatch)
    seal = f"/classrooms/{cast.zon}/rounds/{DAY}/check-in/seal"
    with closing(sqlite3.connect(folder / which, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        asks_to_come_again(send(tablet, a_tap(500)))
        says_that_nothing_can_be_stored(tess, seal)
        asks_to_come_again(browser(app).get("/healthz"))
        other.execute("ROLLBACK")
    (again,) = told(send(tablet, a_tap(500)))
    assert again[0] in ("stored", "known", "late")
    assert told(send(tablet, a_tap(500))) == [("known", "")]
    done = tess.post(seal, headers=JSON).json
    assert done["answered"] + (again[0] == "late") == 10


def _let_go_of_files(app: Flask) -> None:
    with app.app_context():
        open_rounds().close()
    close(app)


def _lose_patience(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a lock for a fifth of a second instead of five."""
    monkeypatch.setattr(file, "BUSY_SECONDS", 0.2)
    _let_go_of_files(app)
    with app.app_context():
        event.listen(
            db.engine, "connect", lambda c, _: c.execute("PRAGMA busy_timeout = 200"), insert=False
        )
