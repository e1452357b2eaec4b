"""When there is school: opening times, pauses, free days and extra days.

Each change counts up the version of the school's timetable, so that no process goes by an old one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from checkin.domain.calendar import DayOff, Opening, Span
from checkin.domain.rounds import Moment
from checkin.domain.school import Pause
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow, DayRow, OpeningRow, SchoolRow

EXTRA = "extra"


def openings_of(classroom: int) -> dict[tuple[int, Moment], Opening]:
    """Return the opening times of a classroom."""
    return openings_in([classroom])[classroom]


def openings_in(classrooms: Sequence[int]) -> dict[int, dict[tuple[int, Moment], Opening]]:
    """Return the opening times of several classrooms."""
    times = OpeningRow.__table__.c
    found: dict[int, dict[tuple[int, Moment], Opening]] = {id: {} for id in classrooms}
    for row in db.session.execute(select(*times).where(times.classroom_id.in_(classrooms))):
        found[row.classroom_id][row.weekday, Moment(row.moment)] = Opening(row.opens, row.closes)
    return found


def set_openings(id: int, openings: Mapping[tuple[int, Moment], Opening]) -> None:
    """Change when the rounds of a classroom are."""
    row = db.session.get_one(ClassroomRow, id)
    kept = {(old.weekday, Moment(old.moment)): old for old in row.openings}
    row.openings = [
        kept.get((weekday, moment))
        or OpeningRow(school_id=row.school_id, weekday=weekday, moment=moment.value)
        for weekday, moment in openings
    ]
    for opening in row.openings:
        its = openings[opening.weekday, Moment(opening.moment)]
        opening.opens, opening.closes = its.opens, its.closes
    _touch_timetable(row.school_id)


def set_pause(id: int, pause: Pause | None) -> None:
    """Change on which days a classroom pauses; its earlier pause is not kept."""
    row = db.session.get_one(ClassroomRow, id)
    row.pause_first = pause.first if pause else None
    row.pause_last = pause.last if pause else None
    _touch_timetable(row.school_id)


def add_days_off(school: int, spans: Iterable[Span]) -> None:
    """Add spans without school."""
    for span in spans:
        db.session.add(
            DayRow(
                school_id=school,
                first=span.first,
                last=span.last,
                kind=span.kind.value,
                label=span.label,
                to_check=span.to_check,
            )
        )
    _touch_timetable(school)


def add_extra_day(school: int, day: date) -> None:
    """Make a day a school day that would not be one."""
    db.session.add(DayRow(school_id=school, first=day, last=day, kind=EXTRA))
    _touch_timetable(school)


def days_of(school: int) -> list[tuple[str, Span]]:
    """Return kind and span of every calendar row, in order of time."""
    rows = db.session.scalars(
        select(DayRow).where(DayRow.school_id == school).order_by(DayRow.first, DayRow.id)
    )
    return [(row.kind, _span(row)) for row in rows]


def _touch_timetable(school: int) -> None:
    db.session.get_one(SchoolRow, school).timetable_version += 1
    db.session.flush()


def _span(row: DayRow) -> Span:
    kind = DayOff.HOLIDAY if row.kind == EXTRA else DayOff(row.kind)
    return Span(row.first, row.last, kind, row.label, row.to_check)
