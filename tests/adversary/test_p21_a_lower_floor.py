"""P21: somebody lowers the floor, so that a light says something about a few children.

The attack: by every place a setting could come from (the environment, the file of `setup`, the
database with its constraint taken away) set the floor to 3; let six tap, all of them sad; seal.

The promise: the floor is seven or more. A lower one is not obeyed and not waited for: the program
refuses to start, and a round that is sealed under it shows nothing.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from checkin.domain import release
from checkin.domain.feelings import Feeling
from checkin.domain.release import UnsafeFloor
from checkin.services import housekeeping, sealing
from checkin.storage import released, schools
from checkin.storage.database import db
from tests.adversary.places import SAME_SITE, Place, Variant, signed_in, the_product
from tests.school import MONDAY, SECRET, SmallSchool, a_tap

FILE = "checkin.sqlite3"


def what_a_lower_floor_shows(
    place: Place, floor: int = 3, variant: Variant = the_product
) -> list[str]:
    """Lower the floor in a running school, let six sad children tap, seal; return what is seen."""
    with place.opened() as school, variant(school.app):
        school.tap(*(a_tap(Feeling.SAD) for _ in range(6)))
        lower_the_floor(place.folder / FILE, floor)
        db.session.expire_all()
        assert schools.get_school(school.id).floor == floor
        _seal_if_it_will(school)
        kept = released.find_round(school.round())
    if kept is None or kept.light is release.Light.WITHHELD:
        return []
    return [f"{kept.light} of {kept.released.answered}"]


def lower_the_floor(file: Path, floor: int) -> None:
    """Write a floor into the database as an administrator of it can, its constraint off."""
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE school SET floor = ?", (floor,))
    connection.close()


def _seal_if_it_will(school: SmallSchool) -> None:
    try:
        school.seal()
    except UnsafeFloor:
        db.session.rollback()


def run(place: Place, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command on the files of a place."""
    told = {"CHECKIN_DIR": str(place.folder), "CHECKIN_SECRET_KEY": SECRET, **environment}
    return subprocess.run(
        [sys.executable, "-m", "checkin", *command],
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("floor", [0, 3, 6, -7])
def test_a_lower_floor_shows_nothing(place: Place, floor: int) -> None:
    assert what_a_lower_floor_shows(place, floor) == []


@pytest.mark.parametrize("command", ["serve", "seal", "review"])
def test_the_program_refuses_to_start_under_it(place: Place, command: str) -> None:
    lower_the_floor(place.folder / FILE, 6)
    ended = run(place, command)
    assert ended.returncode != 0
    assert "never be below 7" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
def test_a_teacher_who_seals_under_it_is_told_and_loses_nothing(place: Place, accept: str) -> None:
    with place.opened() as school:
        school.tap(*(a_tap(Feeling.SAD) for _ in range(9)))
        lower_the_floor(place.folder / FILE, 3)
        db.session.expire_all()
        browser = signed_in(school, "tess")
        address = f"/classrooms/{school.classrooms[0]}/rounds/{MONDAY}/check-in/seal"
        asked = {**SAME_SITE, "Accept": accept, "Accept-Language": "en"}
        answer = browser.post(address, headers=asked)
        assert answer.status_code == 409
        assert "lower than 7" in answer.text
        lower_the_floor(place.folder / FILE, 7)
        db.session.expire_all()
        assert school.seal().round.released.answered == 9


def test_a_higher_floor_is_obeyed(place: Place) -> None:
    lower_the_floor(place.folder / FILE, 9)
    assert run(place, "seal").returncode == 0


def test_the_database_itself_refuses_it(place: Place) -> None:
    with sqlite3.connect(place.folder / FILE) as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("UPDATE school SET floor = 6")


@pytest.mark.parametrize("name", ["CHECKIN_FLOOR", "FLOOR", "CHECKIN_RELEASE_FLOOR"])
def test_no_environment_lowers_it(place: Place, name: str) -> None:
    with place.opened() as school:
        school.tap(*(a_tap(Feeling.SAD) for _ in range(6)))
        school.clock.now = school.clock.now.replace(year=2026, month=11, day=24)
    assert run(place, "seal", **{name: "3"}).returncode == 0
    with place.opened() as school:
        kept = released.find_round(school.round())
        assert kept is None or kept.light is release.Light.WITHHELD


# The canaries.


@contextmanager
def obeys(app: Flask) -> Iterator[None]:
    """A release rule that takes the floor it is given."""

    def release_round(m: int, heavy: int, pupils: int, floor: int) -> release.Released:
        light = release.light_of(m, heavy) if m >= floor else release.Light.WITHHELD
        return release.Released(m, pupils, heavy, light, release.Why.SHOWN)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "release_round", release_round)
        yield


@contextmanager
def has_a_floor_of_three(app: Flask) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release, "FLOOR", 3)
        yield


@pytest.mark.parametrize("canary", [obeys, has_a_floor_of_three])
def test_it_catches(canary: Variant, place: Place) -> None:
    assert what_a_lower_floor_shows(place, 3, canary) != []


def test_it_catches_a_start_that_does_not_look(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    with place.opened():
        lower_the_floor(place.folder / FILE, 6)
        with pytest.raises(UnsafeFloor):
            housekeeping.prepare_storage()
        monkeypatch.setattr(housekeeping, "FLOOR", 0)
        housekeeping.prepare_storage()
