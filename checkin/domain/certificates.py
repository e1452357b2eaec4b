"""What a certificate of a server is good for."""

from dataclasses import dataclass
from datetime import datetime


class BadCertificate(Exception):
    """A certificate or its key cannot be served with; its text says why, in one sentence."""


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
