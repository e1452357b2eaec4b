"""Whether it runs, for the head and administrators: facts about the work, none about the mood."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import version

from checkin.config import Config
from checkin.domain.calendar import SchoolCalendar
from checkin.domain.school import Kind, Tablet
from checkin.services import mailing, sealing
from checkin.services.backing_up_judging import Judged, judge
from checkin.services.certificate_standing import Standing, standing_of
from checkin.services.running_since import Since, since
from checkin.services.timetables import calendar_of
from checkin.storage import leases, running, schools, tablets
from checkin.storage.mail_settings import Going

SILENT_SCHOOL_DAYS = 5
A_WHILE = timedelta(minutes=10)
"""A server seals within seconds; what waits longer is wrong, to the doctor too."""
MB = 1024 * 1024
TOO_LITTLE_ROOM, LITTLE_ROOM = 100 * MB, 1024 * MB
LOOKED_BACK = 60
"""Days; a summer holiday is no silence."""


@dataclass(frozen=True)
class Heard:
    """The tablets of the classes: all, heard today, and those that are silent or never came."""

    all: int
    today: int
    silent: tuple[str, ...]
    is_school_day: bool


@dataclass(frozen=True)
class Running:
    """What there is to say of a school's server."""

    is_alive: bool
    overdue: int
    overdue_long: int
    last_sealed_at: datetime | None
    since_sealed: Since | None
    last_day_looked_at: date | None
    since_looked: Since | None
    tablets: Heard
    mail: Going | None
    backups: Judged
    certificate: Standing | None
    disk_free: int
    disk_size: int
    version: str


def look(school: int, config: Config, now: datetime) -> Running:
    """Look how the work goes."""
    until = leases.held_until("housekeeping")
    disk = shutil.disk_usage(config.directory)
    sealed_at, looked_at = running.last_sealed_at(school), running.last_day_looked_at(school)
    sealed_on = calendar_of(school).today(sealed_at) if sealed_at else None
    return Running(
        is_alive=until is not None and until > now,
        overdue=sealing.overdue(now),
        overdue_long=sealing.overdue(now - A_WHILE),
        last_sealed_at=sealed_at,
        since_sealed=since(school, sealed_on, now) if sealed_on else None,
        last_day_looked_at=looked_at,
        since_looked=since(school, looked_at, now) if looked_at else None,
        tablets=_hear(school, now),
        mail=mailing.going_of(school, now) if mailing.is_set_up() else None,
        backups=judge(config, now),
        certificate=standing_of(config, now),
        disk_free=disk.free,
        disk_size=disk.total,
        version=version("checkin"),
    )


def _hear(school: int, now: datetime) -> Heard:
    """Ask the classes' tablets alone: of a colleague's own device nothing is noted."""
    classes = {c.id: c for c in schools.list_classrooms(school) if c.kind is Kind.CLASS}
    found = [
        tablet
        for tablet in tablets.list_tablets(school)
        if tablet.classroom in classes and not tablet.is_revoked
    ]
    calendar = calendar_of(school)
    today = calendar.today(now)
    since = _some_school_days_before(calendar, today)
    names = (f"{classes[t.classroom].name}: {t.label}" for t in _silent(found, since))
    return Heard(
        all=len(found),
        today=sum(tablet.seen.heard_on == today for tablet in found),
        silent=tuple(sorted(names)),
        is_school_day=calendar.is_school_day(today),
    )


def _silent(found: Sequence[Tablet], since: date) -> list[Tablet]:
    return [t for t in found if t.seen.heard_on is None or t.seen.heard_on < since]


def _some_school_days_before(calendar: SchoolCalendar, today: date) -> date:
    """Return the day since when a tablet in use would have been heard."""
    days = (today - timedelta(days=n) for n in range(1, LOOKED_BACK))
    school_days = [day for day in days if calendar.is_school_day(day)]
    return (school_days[SILENT_SCHOOL_DAYS - 1 :] or [date.min])[0]
