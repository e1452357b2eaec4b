"""From rows to flags: names are looked up within the schools of the rows."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select

from checkin.domain.flags import Flag, FlagEvent, FlagState, KeptBack, Outcome, Step
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow, FlagEventRow, FlagRow, StaffRow


def flags_of_rows(rows: Sequence[FlagRow]) -> list[Flag]:
    """Return flags with the names of their classrooms and of who did what."""
    schools = {row.school_id for row in rows}
    if not schools:
        return []
    people = select(StaffRow.id, StaffRow.name).where(StaffRow.school_id.in_(schools))
    names = dict(db.session.execute(people).all())
    rooms = select(ClassroomRow.id, ClassroomRow.name, ClassroomRow.closed_on).where(
        ClassroomRow.school_id.in_(schools)
    )
    classrooms = {id: (name, ended) for id, name, ended in db.session.execute(rooms)}
    return [_flag(row, names, classrooms) for row in rows]


def _flag(
    row: FlagRow, names: Mapping[int, str], classrooms: Mapping[int, tuple[str, date | None]]
) -> Flag:
    name, ended_on = classrooms[row.classroom_id]
    return Flag(
        id=row.id,
        school=row.school_id,
        classroom=row.classroom_id,
        classroom_name=name,
        pattern=row.pattern,
        raised_on=row.raised_on,
        last_seen_on=row.last_seen_on,
        strength=row.strength,
        numbers=row.numbers,
        state=FlagState(row.state),
        assigned_to=row.assigned_to,
        assigned_name=names.get(row.assigned_to) if row.assigned_to else None,
        events=tuple(_event(event, names) for event in row.events),
        reached_on=row.reached_on,
        kept_back=KeptBack(row.kept_back) if row.kept_back else None,
        at_step=row.at_step,
        classroom_ended_on=ended_on,
    )


def _event(row: FlagEventRow, names: Mapping[int, str]) -> FlagEvent:
    return FlagEvent(
        Step(row.step),
        row.at,
        names.get(row.staff_id) if row.staff_id else None,
        Outcome(row.outcome) if row.outcome else None,
        row.note,
        names.get(row.given_to) if row.given_to else None,
        row.staff_id,
        row.given_to,
        row.role,
        row.role_label,
        row.at_step,
    )
