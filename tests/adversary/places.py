"""A school with everybody in it, kept as files, so that an attack can begin again from the same."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from checkin.domain.access import Role
from checkin.domain.patterns import Observation, find_patterns
from checkin.domain.release import Light, Released, WeekPicture, Why
from checkin.domain.rounds import Moment, Round
from checkin.services import signing_in
from checkin.storage import flags, released
from checkin.storage.database import db
from tests.school import MONDAY, PASSWORD, HeldClock, SmallSchool, an_app, at, small_school

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}
LAST_WEEK = "2026-W47"
ALL = "alma"
"""Somebody in every role and every classroom, who may see all there is to see."""

Variant = Callable[[Flask], AbstractContextManager[object]]
"""A broken program, to see whether an attack notices: it breaks the app while it is entered."""


def the_product(_app: Flask) -> AbstractContextManager[object]:
    """Break nothing."""
    return nullcontext()


@dataclass(frozen=True)
class Place:
    """The files of a school, and the cookies of everybody who has to do with it."""

    folder: Path
    id: int
    classrooms: tuple[int, ...]
    token: str
    cookies: dict[str, dict[str, str]]

    @contextmanager
    def opened(self, clock: HeldClock | None = None) -> Iterator[SmallSchool]:
        """Start the program on these files, as after a restart."""
        clock = clock or HeldClock()
        with an_app(self.folder, clock) as app:
            yield SmallSchool(app, clock, self.id, self.classrooms, self.token)

    def seen_by(self, *names: str) -> "Place":
        """Let only these people look, which is quicker."""
        return replace(self, cookies={name: self.cookies[name] for name in names})

    def copied_to(self, folder: Path) -> "Place":
        """Copy the files, the noise in their counters with them."""
        shutil.copytree(self.folder, folder)
        return replace(self, folder=folder)


def signed_in(school: SmallSchool, name: str) -> FlaskClient:
    """Return the browser of somebody who signed in just now."""
    browser = school.app.test_client()
    browser.set_cookie("checkin_session", _sign_in(school, name))
    return browser


def build_place(folder: Path) -> Place:
    """Make a school where every role is filled, with a week behind it and a flag."""
    with small_school(folder) as school:
        both = school.classrooms
        for name, roles, classrooms in (
            ("hanna", [Role.HEAD], []),
            (ALL, list(Role), both),
        ):
            signing_in.add_staff(
                school.id, f"{name}@school.example", name, PASSWORD, roles, classrooms
            )
        _live_last_week(school)
        people = ("tess", "omar", "inge", "adam", "hanna", ALL)
        cookies = {"nobody": {}, "tablet": {"checkin_tablet": school.token}}
        cookies |= {name: {"checkin_session": _sign_in(school, name)} for name in people}
        return Place(folder, school.id, both, school.token, cookies)


def _live_last_week(school: SmallSchool) -> None:
    for classroom in school.classrooms:
        for n in range(3, 8):
            day = MONDAY - timedelta(days=n)
            for moment in Moment:
                was = Released(12, 14, 5, Light.SOME, Why.SHOWN)
                released.add_round(school.id, Round(classroom, day, moment), was, at(15), None)
        shares = {"happy": "40%", "sad": "20%", "pass": "<10%"}
        released.add_week(school.id, classroom, LAST_WEEK, WeekPicture(shares, None))
    _raise_a_flag(school)
    db.session.commit()


def _raise_a_flag(school: SmallSchool) -> None:
    """Raise what the rules say of a class that was calm for weeks and then was not."""
    days = [MONDAY - timedelta(days=n) for n in range(60, 0, -1)]
    rounds = [
        Observation(day, moment, 14, 14, 3 if n < 40 else 11)
        for n, day in enumerate(days)
        for moment in Moment
    ]
    noticed = find_patterns(rounds)[0]
    numbers = dict(noticed.numbers) | {"since": noticed.since.isoformat()}
    first = school.classrooms[0]
    flags.add_flag(school.id, first, noticed.pattern, MONDAY, noticed.strength, numbers, at(8))


def _sign_in(school: SmallSchool, name: str) -> str:
    return signing_in.sign_in(f"{name}@school.example", PASSWORD, school.clock())
