"""The next structure of a school: drawn up in one draft, then put in force."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from checkin.domain.access import Person, Role, may_approve_structure, may_draft_structure
from checkin.domain.structure import (
    DEFAULT_STRUCTURE,
    Gap,
    GapKind,
    Section,
    Structure,
    as_document,
    missing,
)
from checkin.services.presence import today_of
from checkin.services.talking_settings import has_adults
from checkin.storage import audit, staff, structures
from checkin.storage.database import db
from checkin.storage.structures import AlreadyDrafted
from checkin.storage.structures import StructureVersion as StructureVersion

A_YEAR = timedelta(days=366)
MADE_FOR = {"ib": Role.IB, "directeur": Role.HEAD}
"""Roles of the default that accounts already have: a first draft begins with them filled in."""


class NoDraft(Exception):
    """There is no draft any more: somebody approved it or gave it up."""


class ChangedMeanwhile(Exception):
    """Somebody changed the same while it was being looked at; `theirs` is the draft now."""

    def __init__(self, theirs: StructureVersion) -> None:
        super().__init__("somebody changed it meanwhile")
        self.theirs = theirs


class NotADay(ValueError):
    """A day a structure cannot come into force on."""


def find_draft(school: int) -> StructureVersion | None:
    """Return the school's draft, or None."""
    return structures.find_draft(school)


def begin_draft(person: Person, now: datetime) -> StructureVersion:
    """Begin a draft from the newest version, or return the one there is."""
    _check_may_draft(person)
    school, today = person.school, today_of(person.school, now)
    newest = next(iter(structures.list_approved(school)), None)
    begun = newest.structure if newest else DEFAULT_STRUCTURE
    try:
        number = structures.add_draft(school, _with_accounts(begun, school), today, person.id, now)
        audit.add(school, now, person.id, "structure-drafted", f"structure {number}")
        db.session.commit()
    except AlreadyDrafted:
        pass  # somebody was a moment earlier: theirs is the draft
    return _get_draft(school)


def change_section(
    person: Person,
    section: Section,
    change: Callable[[Structure], Structure],
    seen: str,
    now: datetime,
) -> StructureVersion:
    """Change one section of the draft and return it.

    `seen` is the print of the section as it was when the change was begun: when somebody changed
    it since, ChangedMeanwhile is raised and nothing is stored. Raises NotWhole and NoDraft too.
    """
    _check_may_draft(person)
    while True:
        draft = _get_draft(person.school)
        changed = change(draft.structure)
        there, wanted = print_of(draft.structure, section), print_of(changed, section)
        if there == wanted:
            return draft
        if there != seen:
            raise ChangedMeanwhile(draft)
        if structures.change_draft(person.school, draft.edition, changed, person.id, now):
            db.session.commit()
            return _get_draft(person.school)
        db.session.rollback()  # another section was changed in this moment: take it along


def approve(person: Person, edition: int, valid_from: date, now: datetime) -> StructureVersion:
    """Put the draft in force from a day on; raises NotADay, NoDraft and ChangedMeanwhile.

    `edition` is that of the draft as it was read: nobody approves what they have not seen.
    """
    if not may_approve(person):
        raise PermissionError("a structure is approved by the head")
    today, draft = today_of(person.school, now), _get_draft(person.school)
    if not today <= valid_from <= today + A_YEAR:
        raise NotADay(valid_from.isoformat())
    if not structures.approve_draft(person.school, edition, valid_from, person.id, now):
        raise ChangedMeanwhile(draft)
    audit.add(person.school, now, person.id, "structure-approved", f"structure {draft.version}")
    db.session.commit()
    approved = structures.find_approved(person.school, draft.version)
    assert approved is not None  # noqa: S101  # it was approved a line ago
    return approved


def give_up_draft(person: Person, edition: int, now: datetime) -> None:
    """Give the draft up; raises NoDraft and ChangedMeanwhile."""
    _check_may_draft(person)
    draft = _get_draft(person.school)
    if not structures.remove_draft(person.school, edition):
        raise ChangedMeanwhile(draft)
    audit.add(person.school, now, person.id, "structure-given-up", f"structure {draft.version}")
    db.session.commit()


def may_approve(person: Person) -> bool:
    """Tell whether a person may put the draft in force."""
    return may_approve_structure(person, has_head(person.school))


def waits_for(person: Person) -> bool:
    """Tell whether a draft that was worked on waits for a head to read and approve it."""
    draft = structures.find_draft(person.school) if Role.HEAD in person.roles else None
    return draft is not None and draft.changed_at is not None


def has_head(school: int) -> bool:
    """Tell whether a head has an account."""
    return any(Role.HEAD in one.roles for one in staff.list_staff(school))


def gaps_of(school: int, structure: Structure, now: datetime) -> tuple[Gap, ...]:
    """Return what a structure of a school still lacks."""
    present = {one.id for one in staff.list_staff(school)}
    nobody_to_ask = () if has_adults(school) else (Gap(GapKind.NO_TALK_ADULTS),)
    return (*missing(structure, present, today_of(school, now)), *nobody_to_ask)


def names_of(school: int) -> Mapping[int, str]:
    """Return the names of everybody who works or worked at a school."""
    return staff.names_of(school)


def list_people(school: int) -> tuple[Person, ...]:
    """Return who can be given a role."""
    return staff.list_staff(school)


def print_of(structure: Structure, section: Section) -> str:
    """Return what tells whether a section is still the same."""
    part = json.dumps(as_document(structure)[section.value], sort_keys=True)
    return hashlib.sha256(part.encode()).hexdigest()[:32]


def _get_draft(school: int) -> StructureVersion:
    draft = structures.find_draft(school)
    if draft is None:
        raise NoDraft
    return draft


def _with_accounts(structure: Structure, school: int) -> Structure:
    """Fill in who has the account for it, where a role of the default has nobody yet."""
    people = staff.list_staff(school)
    roles = []
    for role in structure.roles:
        its = MADE_FOR.get(role.id)
        if its and not (role.holders or role.named):
            role = replace(role, holders=tuple(p.id for p in people if its in p.roles))
        roles.append(role)
    return replace(structure, roles=tuple(roles))


def _check_may_draft(person: Person) -> None:
    if not may_draft_structure(person):
        raise PermissionError("a structure is drawn up by the care team or the head")
