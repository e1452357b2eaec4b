"""The versions of a school's structure: which one holds, which held before, which is to come."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checkin.services.presence import today_of
from checkin.storage import structures
from checkin.storage.structures import StructureVersion


class Standing(StrEnum):
    """Where an approved version stands today."""

    COMING = "coming"
    IN_FORCE = "in-force"
    PAST = "past"
    NEVER_HELD = "never-held"
    """A later version came into force before it could."""


@dataclass(frozen=True)
class Stored:
    """An approved version with where it stands."""

    version: StructureVersion
    standing: Standing


def in_force(school: int, now: datetime) -> StructureVersion | None:
    """Return the structure in force."""
    return structures.in_force(school, today_of(school, now))


def history(school: int, now: datetime) -> tuple[Stored, ...]:
    """Return every approved version with where it stands, the newest first."""
    today, known = today_of(school, now), structures.list_approved(school)
    holds = next((one.version for one in known if one.valid_from <= today), 0)
    found, soonest = [], date.max
    for one in known:
        found.append(Stored(one, _standing(one, today, holds, soonest)))
        soonest = min(soonest, one.valid_from)
    return tuple(found)


def _standing(one: StructureVersion, today: date, holds: int, soonest: date) -> Standing:
    """`soonest` is when the first of the later versions begins."""
    if one.version == holds:
        return Standing.IN_FORCE
    is_to_come = one.valid_from > today
    if soonest < one.valid_from or (is_to_come and soonest == one.valid_from):
        return Standing.NEVER_HELD
    return Standing.COMING if is_to_come else Standing.PAST
