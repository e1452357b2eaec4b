"""When there is school: opening times, pauses, free days and extra days.

Each change counts up the version of the school's timetable, so that no process goes by an old one.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, delete, select

from checkin.domain.calendar import DayOff, Opening, Span
from checkin.domain.calendar_days import Day, OtherDay, kind_named
from checkin.domain.rounds import Moment
from checkin.domain.school import Pause
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow, DayRow, OpeningRow, SchoolRow


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
    """Add spans without school, as the shipped tables have them."""
    add_days(school, [Day(span.kind, span) for span in spans], None, None)


def add_extra_day(school: int, day: date) -> None:
    """Make a day a school day that would not be one."""
    add_days(school, [Day(OtherDay.EXTRA, Span(day, day, DayOff.HOLIDAY))], None, None)


def add_days(school: int, days: Iterable[Day], by: int | None, at: datetime | None) -> list[int]:
    """Add days to a school's calendar and return their ids."""
    rows = [
        DayRow(
            school_id=school,
            first=day.span.first,
            last=day.span.last,
            kind=day.kind.value,
            label=day.span.label,
            to_check=day.span.to_check,
            closes=day.closes,
            added_by=by,
            added_at=at,
        )
        for day in days
    ]
    db.session.add_all(rows)
    _touch_timetable(school)
    return [row.id for row in rows]


def days_of(school: int) -> list[Day]:
    """Return what is in a school's calendar, in order of time."""
    return [_day(row) for row in db.session.scalars(_DAYS.where(_IS_KEPT), {"school": school})]


def removed_days_of(school: int, since: datetime) -> list[Day]:
    """Return what was taken out of a school's calendar since an instant, the last first."""
    query = _DAYS.where(DayRow.removed_at >= since).order_by(None)
    rows = db.session.scalars(query.order_by(DayRow.removed_at.desc()), {"school": school})
    return [_day(row) for row in rows]


def find_day(school: int, id: int) -> Day | None:
    """Return a row of a school's calendar, removed or not, or None."""
    row = db.session.get(DayRow, id)
    return _day(row) if row is not None and row.school_id == school else None


def remove_day(id: int, by: int, at: datetime) -> None:
    """Take a row out of the calendar; it is kept for who wants it back."""
    row = db.session.get_one(DayRow, id)
    row.removed_by, row.removed_at = by, at
    _touch_timetable(row.school_id)


def put_back_day(id: int) -> None:
    """Put a row that was taken out back into the calendar."""
    row = db.session.get_one(DayRow, id)
    row.removed_by, row.removed_at = None, None
    _touch_timetable(row.school_id)


def note_checked(id: int) -> None:
    """Note that somebody compared a span with the school's own papers."""
    db.session.get_one(DayRow, id).to_check = False


def forget_removed(before: datetime) -> int:
    """Forget the rows that were taken out before an instant, and return how many."""
    result = db.session.execute(delete(DayRow).where(DayRow.removed_at < before))
    return int(result.rowcount)  # type: ignore[attr-defined]


def touch(school: int) -> None:
    """Let every process read the timetable of a school anew."""
    _touch_timetable(school)


_DAYS = (
    select(DayRow).where(DayRow.school_id == bindparam("school")).order_by(DayRow.first, DayRow.id)
)
_IS_KEPT = DayRow.removed_at.is_(None)


def _touch_timetable(school: int) -> None:
    db.session.get_one(SchoolRow, school).timetable_version += 1
    db.session.flush()


def _day(row: DayRow) -> Day:
    kind = kind_named(row.kind)
    off = kind if isinstance(kind, DayOff) else DayOff.HOLIDAY
    span = Span(row.first, row.last, off, row.label, row.to_check)
    return Day(kind, span, row.closes, row.id, row.added_by, row.added_at, row.removed_at)
