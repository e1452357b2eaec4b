"""The roles of the care structure in the hands of others, in versions of their own."""

from datetime import datetime
from itertools import dropwhile

from checkin.domain.access import Person
from checkin.domain.structure.handing_over import Choices, HeldRole, handed_over, roles_held
from checkin.services import structure_versions
from checkin.services.presence import today_of
from checkin.services.structure_versions import Standing
from checkin.storage import audit, structures
from checkin.storage.structures import StructureVersion


def held_roles(school: int, staff: int, now: datetime) -> tuple[HeldRole, ...]:
    """Return the roles of a person: in the structure in force, in those to come, in the draft."""
    found: dict[str, HeldRole] = {}
    for version in _concerned(school, now):
        for held in roles_held(version.structure, staff):
            found.setdefault(held.key, held)
    return tuple(found.values())


def hand_over(by: Person, staff: int, choices: Choices, now: datetime) -> None:
    """Give a person's roles to others from today on; the caller commits.

    An approved version is never changed: one that holds or is to come gets a successor that
    differs in these people alone. Of two versions the later number holds, so what comes after it
    is laid on top of it again, and the draft on top of all.
    """
    if not held_roles(by.school, staff, now):
        return
    school, draft = by.school, structures.find_draft(by.school)
    approved = _approved(school, now)
    renewed = list(dropwhile(lambda one: not any(roles_held(one.structure, staff)), approved))
    if draft is not None:
        structures.remove_draft(school, draft.edition)
    today = today_of(school, now)
    for one in renewed:
        structure = handed_over(one.structure, staff, choices)
        number = structures.add_version(school, structure, max(one.valid_from, today), by.id, now)
        audit.add(school, now, by.id, "structure-handed-over", f"structure {number}")
    if draft is not None:
        again = handed_over(draft.structure, staff, choices)
        made_by, made_at = draft.made_by or by.id, draft.made_at or now
        structures.add_draft(school, again, draft.valid_from, made_by, made_at)


def _concerned(school: int, now: datetime) -> list[StructureVersion]:
    draft = structures.find_draft(school)
    return [*_approved(school, now), *([draft] if draft is not None else [])]


def _approved(school: int, now: datetime) -> list[StructureVersion]:
    """Return the version in force and those to come, in the order in which they begin."""
    standing = (Standing.IN_FORCE, Standing.COMING)
    known = structure_versions.history(school, now)
    return [one.version for one in reversed(known) if one.standing in standing]
