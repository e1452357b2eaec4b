"""Everybody of a school: who works there, who is invited, and who left."""

from dataclasses import dataclass
from datetime import datetime

from checkin.domain.access import Person
from checkin.domain.joining import Invitation
from checkin.storage import joining, staff
from checkin.storage.joining import Member


@dataclass(frozen=True)
class Listed:
    """A person with the invitation that waits for them; `asked_by` is who made it."""

    member: Member
    waiting: Invitation | None
    is_live: bool
    asked_by: str

    @property
    def is_here(self) -> bool:
        """Tell whether they joined and have not left."""
        return self.member.has_joined and self.member.left_at is None

    @property
    def is_invited(self) -> bool:
        """Tell whether they are still to join, or to come back."""
        return not self.is_here and (self.member.left_at is None or self.waiting is not None)


def list_members(school: int, now: datetime) -> list[Listed]:
    """Return everybody of a school, by name."""
    waiting = {one.staff: one for one in joining.list_waiting(school)}
    names = staff.names_of(school)
    return [_listed(one, waiting.get(one.id), names, now) for one in joining.list_members(school)]


def find_listed(person: Person, id: int, now: datetime) -> Listed | None:
    """Return somebody of a person's school with what waits for them, or None."""
    return next((one for one in list_members(person.school, now) if one.member.id == id), None)


def _listed(
    member: Member, waiting: Invitation | None, names: dict[int, str], now: datetime
) -> Listed:
    by = names.get(waiting.made_by, "") if waiting and waiting.made_by else ""
    return Listed(member, waiting, waiting is not None and waiting.is_live(now), by)
