"""Who of the staff is in which team, as far as they see what was released of it."""

from collections.abc import Iterable

from sqlalchemy import delete, select

from checkin.storage.database import db
from checkin.storage.rows import TeamMemberRow


def set_members(team: int, school: int, staff: Iterable[int]) -> None:
    """Let these people be the members of a team who see its trend, and nobody else."""
    db.session.execute(delete(TeamMemberRow).where(TeamMemberRow.classroom_id == team))
    rows = [TeamMemberRow(classroom_id=team, staff_id=id, school_id=school) for id in staff]
    db.session.add_all(rows)
    db.session.flush()


def members_of(team: int) -> frozenset[int]:
    """Return who of the staff sees a team."""
    query = select(TeamMemberRow.staff_id).where(TeamMemberRow.classroom_id == team)
    return frozenset(db.session.scalars(query))


def teams_of(staff: int) -> frozenset[int]:
    """Return the teams a person is in."""
    query = select(TeamMemberRow.classroom_id).where(TeamMemberRow.staff_id == staff)
    return frozenset(db.session.scalars(query))
