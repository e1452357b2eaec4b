"""The clock: of this machine, against those it is compared with, and the zones."""

import ctypes
import ctypes.util
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from checkin.config import Config
from checkin.services.doctor import findings
from checkin.services.doctor.findings import Finding, well, wrong
from checkin.storage import health, schools

NOT_SYNCHRONISED = 5
"""What Linux answers about its clock when nobody sets it right (TIME_ERROR)."""
FAR = timedelta(minutes=1)
LATELY = timedelta(minutes=5)
WHY = "Rounds open and are sealed by this clock; passwords, codes and certificates end by it."
NTP = (
    "let the machine set its clock: on Debian, apt install systemd-timesyncd, then wait a minute."
    " Is it there already, look at: timedatectl timesync-status. Does the network let port 123 out?"
    " Else name a server of your own in /etc/systemd/timesyncd.conf"
)


def look_at_machine() -> Iterator[Finding]:
    """Look whether the machine's clock is set right by others; Linux alone can tell."""
    state = _state_of_clock()
    if state == NOT_SYNCHRONISED:
        yield findings.look("clock", "this machine's clock is not synchronised", WHY, NTP)
    elif state is not None and state >= 0:
        yield well("clock", "this machine's clock is synchronised")


def look(_config: Config, _now: datetime) -> Iterator[Finding]:
    """Look at the clock of the machine and at what it knows of summer time."""
    yield from look_at_machine()
    summer, winter = (_offset("Europe/Amsterdam", month) for month in (7, 1))
    if (summer, winter) != (timedelta(hours=2), timedelta(hours=1)):
        why = "Rounds would open an hour early or late."
        yield wrong("zone", "the zone data of this machine are missing", why, "make setup")


def look_at_database(_config: Config, now: datetime) -> Iterator[Finding]:
    """Look at the clock against the database's, and what was sealed last."""
    last, theirs = health.last_sealed(), health.clock_of_database()
    if last is not None and last > now + LATELY:
        what = f"a round was sealed at {last:%Y-%m-%d %H:%M} UTC, which is still to come"
        yield wrong("clock", what, "The clock was wrong then, or is now. " + WHY, NTP)
    if theirs is not None and abs(theirs - now) > FAR:
        seconds = abs(theirs - now).total_seconds()
        what = f"this machine and the database server differ by {seconds:.0f} seconds"
        yield wrong("clock", what, WHY, NTP)
    for school in schools.list_schools():
        if _offset(school.zone, 1) is None:
            what = f"nothing is known of the zone '{school.zone}' of {school.name}"
            yield wrong("zone", what, "Its rounds cannot open.", "make setup")


def _offset(zone: str, month: int) -> timedelta | None:
    try:
        return datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        return None


def _state_of_clock() -> int | None:
    """Return what Linux says of its clock; None where it cannot be asked."""
    name = ctypes.util.find_library("c")
    library = ctypes.CDLL(name) if name else None
    ask = getattr(library, "adjtimex", None)
    if ask is None:
        return None
    return int(ask(ctypes.create_string_buffer(512)))  # all zero: asks, and changes nothing
