"""Versions of a school's signalling structure."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from checkin.domain.structure import Structure, read_structure
from checkin.storage.database import db
from checkin.storage.rows import StructureRow


@dataclass(frozen=True)
class StructureVersion:
    """A structure with its version and from when it holds."""

    version: int
    valid_from: date
    structure: Structure


def add_version(
    school: int, structure: Structure, valid_from: date, approved_by: int | None
) -> int:
    """Add the next version and return its number."""
    query = select(func.max(StructureRow.version)).where(StructureRow.school_id == school)
    version = (db.session.scalar(query) or 0) + 1
    db.session.add(
        StructureRow(
            school_id=school,
            version=version,
            valid_from=valid_from,
            approved_by=approved_by,
            document=structure.as_document(),
        )
    )
    db.session.flush()
    return version


def in_force(school: int, day: date) -> StructureVersion | None:
    """Return the version that holds on a day, or None."""
    row = db.session.scalars(
        select(StructureRow)
        .where(StructureRow.school_id == school, StructureRow.valid_from <= day)
        .order_by(StructureRow.version.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    return StructureVersion(row.version, row.valid_from, read_structure(row.document))
