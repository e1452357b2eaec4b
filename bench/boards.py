"""A board of schools of thirty classrooms each, with years behind it, on real files.

Its past is written in bulk, in order of time as the years would have written it. A clock that
stands still makes every run the same.
"""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import insert

from checkin import create_app
from checkin.config import Config, sqlite_url
from checkin.domain.access import Role
from checkin.domain.cards import CardSet
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment, week_of
from checkin.domain.school_years import Region
from checkin.services.housekeeping import prepare_storage
from checkin.services.passwords import use_hasher
from checkin.services.setting_up import NewClassroom, NewSchool, NewStaff, ordinary_week, set_up
from checkin.storage.database import db
from checkin.storage.open_rounds import open_rounds
from checkin.storage.rows import ReleasedRoundRow, ReleasedWeekRow

CLASSES_A_SCHOOL = 30
PUPILS = 14
NOW = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
FREE_WEEKS = {1, 8, 9, 18, 19, *range(28, 35), 43, 52, 53}  # leaves some 190 school days a year
PASSWORD = "a password of this measurement"


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Board:
    """The app in hand, its clock, and what was made."""

    app: Flask
    clock: Clock
    schools: tuple[int, ...]
    classrooms: tuple[int, ...]

    def care_team(self) -> FlaskClient:
        """Return a client that is signed in as the first school's care coordinator."""
        client = self.app.test_client()
        form = {"email": "ib0@school.example", "password": PASSWORD}
        answer = client.post("/sign-in", data=form, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 303, answer.status
        return client


@contextmanager
def a_board(classrooms: int, years: float = 0) -> Iterator[Board]:
    """Make a board of so many classrooms with so many years of released figures."""
    with tempfile.TemporaryDirectory(prefix="checkin-bench-") as folder:
        place, clock = Path(folder), Clock()
        app = create_app(
            Config(place, "a secret of 0123456789 abcdef measurements", sqlite_url(place)), clock
        )
        use_hasher(app, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        with app.app_context():
            prepare_storage()
            schools, rooms = _add_schools(classrooms)
            _add_years(schools, rooms, years)
            try:
                yield Board(app, clock, tuple(schools), tuple(rooms))
            finally:
                db.session.remove()
                db.engine.dispose()
                open_rounds().close()


def school_days(years: float) -> list[date]:
    """Return the school days of the last years, today left out."""
    today = NOW.date()
    days = (today - timedelta(days=n) for n in range(int(years * 365), 0, -1))
    return [d for d in days if d.weekday() < 5 and d.isocalendar().week not in FREE_WEEKS]


def _add_schools(classrooms: int) -> tuple[list[int], list[int]]:
    schools: list[int] = []
    rooms: list[int] = []
    for number, start in enumerate(range(0, classrooms, CLASSES_A_SCHOOL)):
        names = [f"Groep {n + 1}" for n in range(start, min(start + CLASSES_A_SCHOOL, classrooms))]
        made = set_up(_new_school(number, names), NOW)
        schools.append(made.school)
        rooms.extend(made.classrooms)
    return schools, rooms


def _new_school(number: int, names: list[str]) -> NewSchool:
    week = ordinary_week()
    return NewSchool(
        name=f"School {number + 1}",
        region=Region.MIDDEN,
        started_on=date(2021, 8, 30),
        classrooms=[NewClassroom(name, PUPILS, CardSet.EIGHT, week) for name in names],
        staff=[NewStaff("Inge", f"ib{number}@school.example", PASSWORD, (Role.IB,))],
    )


def _add_years(schools: list[int], rooms: list[int], years: float) -> None:
    chance = random.Random(7)
    owners = [(room, schools[n // CLASSES_A_SCHOOL]) for n, room in enumerate(rooms)]
    weeks: dict[str, None] = {}
    for day in school_days(years):
        weeks[week_of(day)] = None
        rows = [_round(*owner, day, m, chance) for m in Moment for owner in owners]
        db.session.execute(insert(ReleasedRoundRow), rows)
    this_week = week_of(NOW.date())
    for week in weeks:
        if week != this_week:
            db.session.execute(insert(ReleasedWeekRow), [_week(*o, week, chance) for o in owners])
    db.session.commit()


def add_a_day(board: Board) -> None:
    """Release both rounds of today in every classroom."""
    chance, today = random.Random(8), board.clock.now.date()
    owners = [
        (room, board.schools[n // CLASSES_A_SCHOOL]) for n, room in enumerate(board.classrooms)
    ]
    rows = [_round(*owner, today, moment, chance) for moment in Moment for owner in owners]
    db.session.execute(insert(ReleasedRoundRow), rows)
    db.session.commit()


def _round(
    room: int, school: int, day: date, moment: Moment, chance: random.Random
) -> dict[str, object]:
    heavy = min(12, int(chance.betavariate(4, 14) * 13))
    light = "few" if heavy < 4 else "some" if heavy < 8 else "many"
    return {
        "classroom_id": room,
        "day": day,
        "moment": moment.value,
        "school_id": school,
        "pupils": PUPILS,
        "answered": 12,
        "heavy": heavy,
        "light": light,
        "why": "",
        "sealed_at": NOW,
        "sealed_by": None,
    }


def _week(room: int, school: int, week: str, chance: random.Random) -> dict[str, object]:
    shares = {feeling.value: chance.choice(("<10%", "10%", "20%", "30%")) for feeling in Feeling}
    return {
        "classroom_id": room,
        "week": week,
        "school_id": school,
        "shares": shares,
        "coping": None,
    }
