"""How classes change from one day to the next: what was planned, done and undone."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import select, update

from checkin.domain.class_changes import Change, ChangeKind, Move, Part
from checkin.storage.database import db
from checkin.storage.rows import (
    ClassChangePartRow,
    ClassChangeRow,
    ClassroomRow,
    TabletMoveRow,
    TabletRow,
)


def add_change(
    school: int,
    kind: ChangeKind,
    day: date,
    parts: Iterable[Part],
    moves: Iterable[Move],
    by: int,
    at: datetime,
) -> int:
    """Keep what is to happen on a day and return its id."""
    row = ClassChangeRow(school_id=school, kind=kind.value, day=day, planned_by=by, planned_at=at)
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        ClassChangePartRow(
            school_id=school,
            change_id=row.id,
            from_id=part.before,
            to_id=part.after,
            pupils=part.pupils,
            pupils_before=part.counted,
        )
        for part in parts
    )
    add_moves(row.id, school, moves)
    return row.id


def find_change(id: int) -> Change | None:
    """Return a change, or None."""
    row = db.session.get(ClassChangeRow, id)
    return _change(row) if row is not None else None


def list_changes(school: int) -> list[Change]:
    """Return the changes of a school that were not undone, the latest first."""
    query = select(ClassChangeRow).where(
        ClassChangeRow.school_id == school, ClassChangeRow.undone_at.is_(None)
    )
    order = query.order_by(ClassChangeRow.day.desc(), ClassChangeRow.id.desc())
    return [_change(row) for row in db.session.scalars(order)]


def list_waiting() -> list[Change]:
    """Return the changes of every school that are still to come, in order of time."""
    query = select(ClassChangeRow).where(
        ClassChangeRow.done_at.is_(None), ClassChangeRow.undone_at.is_(None)
    )
    order = query.order_by(ClassChangeRow.day, ClassChangeRow.id)
    return [_change(row) for row in db.session.scalars(order)]


def hold(id: int) -> Change:
    """Return a change as it is now, held until the commit."""
    as_it_is = update(ClassChangeRow).where(ClassChangeRow.id == id)
    db.session.execute(
        as_it_is.values(kind=ClassChangeRow.kind),
        execution_options={"synchronize_session": False},
    )
    return _change(db.session.get_one(ClassChangeRow, id, populate_existing=True))


def note_done(id: int, at: datetime) -> None:
    """Note that a change has happened."""
    db.session.get_one(ClassChangeRow, id).done_at = at


def note_undone(id: int, by: int, at: datetime) -> None:
    """Note that a change was called off, or undone."""
    row = db.session.get_one(ClassChangeRow, id)
    row.undone_by, row.undone_at = by, at


def say_pupils(id: int, classroom: int, pupils: int, counted: Mapping[int, int]) -> None:
    """Note another number for a class of a change, said when the old ones have so many."""
    for part in _parts(id):
        if part.to_id == classroom and part.from_id is not None:
            part.pupils, part.pupils_before = pupils, counted[part.from_id]
    db.session.flush()


def resize(id: int, sizes: Mapping[int, int], day: date) -> None:
    """Give the classes that go on their number of pupils; what was usual begins anew."""
    for part in _parts(id):
        if part.from_id is None or part.from_id != part.to_id or part.pupils is None:
            continue
        room = db.session.get_one(ClassroomRow, part.from_id)
        part.pupils_before, part.cards_since_before = room.pupils, room.cards_since
        part.pupils = room.pupils = sizes[part.from_id]
        room.cards_since = day


def size_back(id: int) -> None:
    """Give the classes that went on what they had before, but for what was changed since."""
    for part in _parts(id):
        if part.from_id is None or part.from_id != part.to_id or part.pupils_before is None:
            continue
        room = db.session.get_one(ClassroomRow, part.from_id)
        room.cards_since = part.cards_since_before
        if room.pupils == part.pupils:
            room.pupils = part.pupils_before


def add_moves(id: int, school: int, moves: Iterable[Move]) -> None:
    """Let more tablets go with a change."""
    db.session.add_all(
        TabletMoveRow(
            change_id=id,
            tablet_id=move.tablet,
            school_id=school,
            from_id=move.before,
            to_id=move.after,
            day=move.day,
        )
        for move in moves
    )
    db.session.flush()


def move_tablets(id: int, by: int, at: datetime) -> None:
    """Let the tablets of a change tap for their new classroom, or for none."""
    for move in _moves(id):
        tablet = db.session.get_one(TabletRow, move.tablet_id)
        if tablet.revoked_at is not None or tablet.classroom_id != move.from_id:
            continue  # it was taken back since, or given away by hand
        if move.to_id is None:
            tablet.revoked_at, tablet.revoked_by = at, by
        else:
            tablet.classroom_id = move.to_id
        move.moved_at = at


def move_tablets_back(id: int, at: datetime) -> None:
    """Let the tablets of a change tap for the classroom they came from."""
    for move in _moves(id):
        tablet = db.session.get_one(TabletRow, move.tablet_id)
        if move.moved_at is None:
            continue
        if move.to_id is None and tablet.revoked_at == move.moved_at:
            tablet.revoked_at, tablet.revoked_by = None, None
        elif tablet.classroom_id == move.to_id:
            tablet.classroom_id = move.from_id
        move.undone_at = at


def moves_of(tablet: int) -> list[Move]:
    """Return where a tablet went, but for what was undone."""
    query = select(TabletMoveRow).where(
        TabletMoveRow.tablet_id == tablet,
        TabletMoveRow.moved_at.is_not(None),
        TabletMoveRow.undone_at.is_(None),
    )
    return [_move(row) for row in db.session.scalars(query)]


def _parts(change: int) -> list[ClassChangePartRow]:
    query = select(ClassChangePartRow).where(ClassChangePartRow.change_id == change)
    return list(db.session.scalars(query.order_by(ClassChangePartRow.id)))


def _moves(change: int) -> list[TabletMoveRow]:
    query = select(TabletMoveRow).where(TabletMoveRow.change_id == change)
    return list(db.session.scalars(query.order_by(TabletMoveRow.tablet_id)))


def _part(row: ClassChangePartRow) -> Part:
    return Part(row.from_id, row.to_id, row.pupils, row.pupils_before)


def _move(row: TabletMoveRow) -> Move:
    return Move(row.tablet_id, row.from_id, row.to_id, row.day)


def _change(row: ClassChangeRow) -> Change:
    return Change(
        id=row.id,
        school=row.school_id,
        kind=ChangeKind(row.kind),
        day=row.day,
        planned_at=row.planned_at,
        planned_by=row.planned_by,
        done_at=row.done_at,
        undone_at=row.undone_at,
        parts=tuple(_part(one) for one in _parts(row.id)),
        moves=tuple(map(_move, _moves(row.id))),
    )
