"""Whether the school is served: rounds are sealed, somebody keeps house, tablets are heard."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from checkin.config import Config
from checkin.domain.calendar import SchoolCalendar
from checkin.domain.school import Tablet
from checkin.services import sealing
from checkin.services.doctor.findings import Finding, look, well, wrong
from checkin.services.running import A_WHILE
from checkin.services.timetables import calendar_of
from checkin.storage import health, schools, tablets

SILENT_DAYS = 3
"""So many school days a tablet may say nothing."""
FAR = 60
NO_LIGHT = "Teachers see no light for them, and nothing of those days is looked at."
BY_ITSELF = "Nothing is sealed, mailed or forgotten by itself, and no tablet can send its taps."


def look_at_rounds(_config: Config, now: datetime) -> Iterator[Finding]:
    """Look whether there are rounds that should have been sealed."""
    count = sealing.overdue(now - A_WHILE)
    if count:
        what = f"{count} rounds or weeks are due and not sealed"
        yield wrong("rounds", what, NO_LIGHT, "start 'checkin serve', or: checkin seal")
    else:
        yield well("rounds", "none is due")


def look_at_server(_config: Config, now: datetime) -> Iterator[Finding]:
    """Look whether some process keeps house."""
    until = health.held_until("housekeeping")
    if until is None:
        yield wrong("server", "no server was ever started here", BY_ITSELF, "checkin serve")
    elif until < now:
        what = f"no server keeps house since {until:%Y-%m-%d %H:%M} UTC"
        yield wrong("server", what, BY_ITSELF, "checkin serve")
    else:
        yield well("server", "one is running and keeps house")


def look_at_tablets(_config: Config, now: datetime) -> Iterator[Finding]:
    """Look for tablets of classes that were not heard for days."""
    for school in schools.list_schools():
        calendar = calendar_of(school.id)
        since = days_ago(calendar, calendar.today(now), SILENT_DAYS)
        names = {room.id: room.name for room in schools.list_classrooms(school.id)}
        live = [t for t in tablets.list_tablets(school.id) if _is_used(t, names)]
        silent = [t for t in live if (t.seen.heard_on or date.min) < since]
        if silent:
            told = ", ".join(f"{t.label or t.id} of {names[t.classroom]}" for t in silent[:8])
            yield look(
                "tablets",
                f"not heard for {SILENT_DAYS} school days: {told}",
                "Its class cannot tap, or taps wait on it.",
                "switch it on, look whether it has network, or revoke it under Tablets",
            )
        else:
            yield well("tablets", f"{len(live)} at {school.name}, none of them silent")


def days_ago(calendar: SchoolCalendar, today: date, count: int) -> date:
    """Return the day since which there were so many school days, today left out."""
    day, found = today, 0
    while found < count and today - day < timedelta(days=FAR):
        day -= timedelta(days=1)
        found += calendar.is_school_day(day)
    return day


def _is_used(tablet: Tablet, names: dict[int, str]) -> bool:
    return not tablet.is_revoked and tablet.classroom in names
