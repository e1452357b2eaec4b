"""A school for programs that read the real clock: its rounds are open all day, and it is noon.

Noon, so that no test runs into midnight; every day of the last weeks is a school day, so that none
runs into a holiday.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flask import Flask

from checkin.domain.access import Role
from checkin.domain.calendar import MINUTES_A_DAY, Opening
from checkin.domain.cards import CardSet
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from checkin.domain.school_years import Region
from checkin.domain.taps import Tap
from checkin.services import enrolling, sealing, tapping
from checkin.services.setting_up import NewClassroom, NewSchool, NewStaff, set_up
from checkin.services.timetables import timetable_of
from checkin.storage import schools, timetables
from checkin.storage.database import db
from checkin.storage.rows import SchoolRow
from tests.school import PASSWORD, SECRET, an_app

TEACHER = "tess@school.example"
Urls = tuple[()] | tuple[str, str]
ALL_DAY = {
    (weekday, moment): Opening(0, MINUTES_A_DAY) for weekday in range(1, 8) for moment in Moment
}


@dataclass(frozen=True)
class RealSchool:
    """Where its files are, what day it is there, and how its tablets and its teacher come in."""

    folder: Path
    today: date
    classrooms: tuple[int, ...]
    tokens: tuple[str, ...]
    urls: Urls = ()

    @property
    def environment(self) -> dict[str, str]:
        """Return what `checkin` reads from its environment."""
        names = ("CHECKIN_DATABASE_URL", "CHECKIN_OPEN_ROUNDS_URL")
        files = {"CHECKIN_DIR": str(self.folder), "CHECKIN_SECRET_KEY": SECRET}
        return files | dict(zip(names, self.urls, strict=False))


def make_school(folder: Path, classrooms: int = 1, urls: Urls = ()) -> RealSchool:
    """Make a school of classes of twelve, one teacher for all, a tablet in each.

    It is in files, or at the two addresses of a PostgreSQL server.
    """
    with _its_app(folder, urls) as app:
        now = datetime.now(UTC)
        rooms = tuple(
            NewClassroom(f"Zaal {n}", 12, CardSet.EIGHT, ALL_DAY) for n in range(classrooms)
        )
        roles, all_of_them = (Role.TEACHER, Role.ADMIN), tuple(range(classrooms))
        staff = NewStaff("Tess", TEACHER, PASSWORD, roles, all_of_them)
        long_ago = now.date() - timedelta(days=90)
        made = set_up(NewSchool("De Klok", Region.MIDDEN, rooms, (staff,), False, long_ago), now)
        today = _make_it_noon(made.school, now)
        tokens = tuple(enrolling.add_tablet(made.school, c, now) for c in made.classrooms)
        db.session.commit()
        assert app.testing
        return RealSchool(folder, today, made.classrooms, tokens, urls)


def tap_in(
    school: RealSchool, rounds: Sequence[tuple[int, date, Moment]], seal_after: date | None = None
) -> None:
    """Let classes of twelve tap in rounds of now or of the past, a third of the cards heavy.

    With `seal_after` the clock seals what was due on the day after that day.
    """
    with _its_app(school.folder, school.urls):
        for id, day, moment in rounds:
            classroom = schools.get_classroom(id)
            timetable = timetable_of(classroom)
            cards = [Feeling.SAD if n % 3 == 0 else Feeling.CALM for n in range(12)]
            taps = [Tap(secrets.token_bytes(16), day, moment, card, None) for card in cards]
            during = timetable.opens(day, moment) + timedelta(hours=11)
            tapping.store_for(classroom, timetable, taps, during)
        if seal_after is not None:
            sealing.seal_due(timetable.opens(seal_after + timedelta(days=1), Moment.CHECK_OUT))


@contextmanager
def _its_app(folder: Path, urls: Urls) -> Iterator[Flask]:
    folder.mkdir(exist_ok=True)
    with an_app(folder, lambda: datetime.now(UTC), *urls) as app:
        yield app


def _make_it_noon(school: int, now: datetime) -> date:
    ahead = 12 - now.hour
    zone = f"Etc/GMT{-ahead:+d}"  # the sign of these names is the wrong way round, by tradition
    db.session.get_one(SchoolRow, school).zone = zone
    today = (now + timedelta(hours=ahead)).date()
    for n in range(-28, 2):
        timetables.add_extra_day(school, today + timedelta(days=n))
    return today
