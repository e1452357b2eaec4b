"""What a certificate of a server is good for, and when its end is near."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

RENEWED_BEFORE = timedelta(days=30)
"""So long before its end an authority of the school's own signs the next one by itself."""
SOON, URGENT = timedelta(days=21), timedelta(days=7)
"""Who has to renew one by hand has a word of it this long before, and then is told it is wrong."""
AUTHORITY_SOON, AUTHORITY_URGENT = timedelta(days=180), timedelta(days=30)
"""Every tablet and computer has to trust another authority by then, one by one."""


class BadCertificate(Exception):
    """A certificate or its key cannot be served with; its text says why, in one sentence."""


class Nearness(Enum):
    """How near an end is."""

    FAR = auto()
    SOON = auto()
    URGENT = auto()
    PAST = auto()


@dataclass(frozen=True)
class Certificate:
    """Which names a certificate is for, and until when."""

    names: tuple[str, ...]
    ends: datetime

    def covers(self, host: str) -> bool:
        """Tell whether it is for a host; `*.` stands for one part of a name."""
        host = host.lower().rstrip(".")
        parent = "*." + host.partition(".")[2]
        return any(name.lower() in (host, parent) for name in self.names)


def nearness(ends: datetime, now: datetime) -> Nearness:
    """Tell how near the end of a server's certificate is."""
    return _nearness(ends - now, SOON, URGENT)


def nearness_of_authority(ends: datetime, now: datetime) -> Nearness:
    """Tell how near the end of an authority is."""
    return _nearness(ends - now, AUTHORITY_SOON, AUTHORITY_URGENT)


def _nearness(left: timedelta, soon: timedelta, urgent: timedelta) -> Nearness:
    if left <= timedelta():
        return Nearness.PAST
    if left < urgent:
        return Nearness.URGENT
    return Nearness.SOON if left < soon else Nearness.FAR
