"""How many lights of each kind the classrooms of a school had."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, select

from checkin.domain.release import Light
from checkin.domain.school import Kind
from checkin.domain.school_weeks import LIGHTS
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow, ReleasedRoundRow


def lights_of_school(
    school: int, first: date, last: date, before: datetime
) -> dict[int, dict[Light, int]]:
    """Count the lights of some days, both ends included, sealed before an instant, by classroom.

    Asks classroom by classroom, each by the key of its rounds: years of other days cost nothing.
    """
    query = (
        select(ClassroomRow.id, *(_count(light) for light in LIGHTS))
        .join(ReleasedRoundRow, ReleasedRoundRow.classroom_id == ClassroomRow.id)
        .where(
            ClassroomRow.school_id == school,
            ClassroomRow.kind == Kind.CLASS.value,
            ReleasedRoundRow.day.between(first, last),
            ReleasedRoundRow.sealed_at < before,
        )
        .group_by(ClassroomRow.id)
    )
    return {
        classroom: dict(zip(LIGHTS, counts, strict=True))
        for classroom, *counts in db.session.execute(query)
    }


def _count(light: Light) -> ColumnElement[int]:
    return func.sum(case((ReleasedRoundRow.light == light.value, 1), else_=0))
