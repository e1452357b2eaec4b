"""Versions of a school's signalling structure; only its draft can be changed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from checkin.domain.structure import Structure, as_document, read_structure
from checkin.storage.database import db
from checkin.storage.rows import StructureRow


class VersionState(StrEnum):
    """Whether a version may still be changed; what is approved holds from its day on."""

    DRAFT = "draft"
    APPROVED = "approved"


class AlreadyDrafted(Exception):
    """The school has a draft: there is one at a time."""


@dataclass(frozen=True)
class StructureVersion:
    """A structure with its version, and from when it holds.

    `edition` counts the changes of a draft. Of a draft, `valid_from` is the day it was begun.
    """

    version: int
    valid_from: date
    structure: Structure
    state: VersionState = VersionState.APPROVED
    edition: int = 0
    made_by: int | None = None
    made_at: datetime | None = None
    changed_by: int | None = None
    changed_at: datetime | None = None
    approved_by: int | None = None
    approved_at: datetime | None = None


def add_version(
    school: int,
    structure: Structure,
    valid_from: date,
    approved_by: int | None,
    approved_at: datetime | None = None,
) -> int:
    """Add the next version, approved, and return its number."""
    version = _next_number(school)
    db.session.add(
        StructureRow(
            school_id=school,
            version=version,
            state=VersionState.APPROVED.value,
            valid_from=valid_from,
            made_by=approved_by,
            made_at=approved_at,
            approved_by=approved_by,
            approved_at=approved_at,
            document=as_document(structure),
        )
    )
    db.session.flush()
    return version


def in_force(school: int, day: date) -> StructureVersion | None:
    """Return the version that holds on a day, or None."""
    query = _approved(school).where(StructureRow.valid_from <= day)
    row = db.session.scalars(query.order_by(StructureRow.version.desc()).limit(1)).one_or_none()
    return _version(row) if row is not None else None


def list_approved(school: int) -> list[StructureVersion]:
    """Return every approved version, the newest first."""
    rows = db.session.scalars(_approved(school).order_by(StructureRow.version.desc()))
    return [_version(row) for row in rows]


def find_approved(school: int, version: int) -> StructureVersion | None:
    """Return an approved version by its number, or None."""
    row = db.session.scalars(_approved(school).where(StructureRow.version == version)).one_or_none()
    return _version(row) if row is not None else None


def find_draft(school: int) -> StructureVersion | None:
    """Return the school's draft as it is stored now, or None."""
    query = select(StructureRow).where(*_is_draft(school)).execution_options(populate_existing=True)
    row = db.session.scalars(query).one_or_none()
    return _version(row) if row is not None else None


def add_draft(school: int, structure: Structure, day: date, by: int, at: datetime) -> int:
    """Begin a draft and return its number; raises AlreadyDrafted, and then rolls back."""
    row = StructureRow(
        school_id=school,
        version=_next_number(school),
        state=VersionState.DRAFT.value,
        valid_from=day,
        made_by=by,
        made_at=at,
        document=as_document(structure),
    )
    db.session.add(row)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise AlreadyDrafted from error
    return row.version


def change_draft(school: int, edition: int, structure: Structure, by: int, at: datetime) -> bool:
    """Replace the draft if it is still of this edition, and tell whether it was."""
    change = update(StructureRow).where(*_is_draft(school), StructureRow.edition == edition)
    result = db.session.execute(
        change.values(
            document=as_document(structure), edition=edition + 1, changed_by=by, changed_at=at
        )
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


def approve_draft(school: int, edition: int, valid_from: date, by: int, at: datetime) -> bool:
    """Approve the draft if it is still of this edition, and tell whether it was."""
    change = update(StructureRow).where(*_is_draft(school), StructureRow.edition == edition)
    result = db.session.execute(
        change.values(
            state=VersionState.APPROVED.value,
            valid_from=valid_from,
            approved_by=by,
            approved_at=at,
        )
    )
    return bool(result.rowcount)  # type: ignore[attr-defined]


def remove_draft(school: int, edition: int) -> bool:
    """Give the draft up if it is still of this edition, and tell whether it was."""
    its = delete(StructureRow).where(*_is_draft(school), StructureRow.edition == edition)
    return bool(db.session.execute(its).rowcount)  # type: ignore[attr-defined]


def _approved(school: int) -> Select[StructureRow]:
    return select(StructureRow).where(
        StructureRow.school_id == school, StructureRow.state == VersionState.APPROVED.value
    )


def _is_draft(school: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return StructureRow.school_id == school, StructureRow.state == VersionState.DRAFT.value


def _next_number(school: int) -> int:
    query = select(func.max(StructureRow.version)).where(StructureRow.school_id == school)
    return (db.session.scalar(query) or 0) + 1


def _version(row: StructureRow) -> StructureVersion:
    return StructureVersion(
        version=row.version,
        valid_from=row.valid_from,
        structure=read_structure(row.document),
        state=VersionState(row.state),
        edition=row.edition,
        made_by=row.made_by,
        made_at=row.made_at,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        approved_by=row.approved_by,
        approved_at=row.approved_at,
    )
