"""What people ticked on the list of the first day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select

from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow, FirstDayTickRow, ReleasedRoundRow, StaffRow


@dataclass(frozen=True)
class Tick:
    """That something is done, who said so and when; `classroom` is None for the whole school."""

    thing: str
    classroom: int | None
    by: str
    on: date


def list_ticks(school: int) -> list[Tick]:
    """Return the ticks of a school, with the names of whoever set them."""
    query = (
        select(FirstDayTickRow, StaffRow.name)
        .join(StaffRow, StaffRow.id == FirstDayTickRow.ticked_by)
        .where(FirstDayTickRow.school_id == school)
        .order_by(FirstDayTickRow.id.desc())
    )
    return [
        Tick(row.thing, row.classroom_id, name, row.ticked_on)
        for row, name in db.session.execute(query).all()
    ]


def add_tick(school: int, thing: str, classroom: int | None, by: int, on: date) -> None:
    """Note that something is done."""
    db.session.add(
        FirstDayTickRow(
            school_id=school, classroom_id=classroom, thing=thing, ticked_by=by, ticked_on=on
        )
    )


def remove_tick(school: int, thing: str, classroom: int | None) -> bool:
    """Take a tick back, and tell whether there was one."""
    gone = db.session.execute(
        delete(FirstDayTickRow).where(
            FirstDayTickRow.school_id == school,
            FirstDayTickRow.thing == thing,
            FirstDayTickRow.classroom_id.is_(None)
            if classroom is None
            else FirstDayTickRow.classroom_id == classroom,
        ),
        execution_options={"synchronize_session": False},
    )
    return int(gone.rowcount) > 0  # type: ignore[attr-defined]


def first_rounds(school: int) -> dict[int, date]:
    """Return on which day each classroom first had a round that was held, shown or not."""
    first = (
        select(ReleasedRoundRow.day)
        .where(ReleasedRoundRow.classroom_id == ClassroomRow.id, ReleasedRoundRow.answered > 0)
        .order_by(ReleasedRoundRow.day)
        .limit(1)
        .correlate(ClassroomRow)
        .scalar_subquery()
    )
    query = select(ClassroomRow.id, first).where(ClassroomRow.school_id == school)
    return {id: day for id, day in db.session.execute(query).all() if day is not None}
