"""How people come in: an invitation lets one person choose a password, once, within a week."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LASTS = timedelta(days=7)


class Purpose(StrEnum):
    """What the password is for."""

    JOIN = "join"
    PASSWORD = "password"  # noqa: S105  # a word for what is asked


class Way(StrEnum):
    """How the secret reaches the person."""

    MAIL = "mail"
    PAPER = "paper"


@dataclass(frozen=True)
class Invitation:
    """A leave to choose a password; `made_by` is None where the person asked without signing in."""

    id: int
    school: int
    staff: int
    purpose: Purpose
    way: Way
    made_by: int | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_waiting(self) -> bool:
        """Tell whether it was neither used nor withdrawn; it may have expired."""
        return self.used_at is None and self.withdrawn_at is None

    def is_live(self, now: datetime) -> bool:
        """Tell whether it still lets its person in."""
        return self.is_waiting and now < self.expires_at
