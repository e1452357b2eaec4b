"""Talk requests: wishes of pupils, and what adults did with them."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import aliased

from checkin.domain.talks import Done, Kind, Moment, Part, Step, TalkRequest
from checkin.storage.database import db
from checkin.storage.rows import (
    ClassroomRow,
    StaffRow,
    TalkRequestRow,
    TalkStepRow,
)

Requests = TalkRequestRow


def add_request(request: TalkRequest) -> bool:
    """Add a wish and tell whether it is new: the same key is the same wish."""
    values = {
        "id": request.id,
        "school_id": request.school,
        "classroom_id": request.classroom,
        "adult_id": request.adult,
        "kind": request.kind.value,
        "symbol": request.symbol,
        "asked_on": request.asked.day,
        "asked_in": request.asked.part.value,
    }
    new = _insert(TalkRequestRow, values).returning(TalkRequestRow.id)
    return db.session.execute(new).first() is not None


def count_asked(classroom: int, day: date) -> int:
    """Count the wishes of a class on a day."""
    query = select(func.count()).where(Requests.classroom_id == classroom, Requests.asked_on == day)
    return db.session.scalar(query) or 0


def find_request(id: str) -> TalkRequest | None:
    """Return a wish, or None."""
    return next(iter(_requests(Requests.id == id)), None)


def list_requests(school: int) -> list[TalkRequest]:
    """Return every wish of a school, the oldest first."""
    return _requests(Requests.school_id == school)


def requests_of(classroom: int, symbol: str, since: date) -> list[TalkRequest]:
    """Return the wishes under one symbol of a class."""
    return _requests(
        Requests.classroom_id == classroom,
        Requests.symbol == symbol,
        Requests.asked_on >= since,
    )


def add_step(request: TalkRequest, step: Step, when: Moment, by: int, note: str = "") -> None:
    """Add a step to a wish; of two adults who press at once the first is kept."""
    values = {
        "request_id": request.id,
        "step": step.value,
        "school_id": request.school,
        "staff_id": by,
        "done_on": when.day,
        "done_in": when.part.value,
        "note": note,
    }
    db.session.execute(_insert(TalkStepRow, values))
    db.session.expire(db.session.get_one(TalkRequestRow, request.id))


def closed_before(school: int, day: date) -> list[str]:
    """Return the wishes that were closed before a day."""
    query = select(TalkStepRow.request_id).where(
        TalkStepRow.school_id == school,
        TalkStepRow.step == Step.CLOSED.value,
        TalkStepRow.done_on < day,
    )
    return list(db.session.scalars(query))


def remove_requests(ids: list[str]) -> None:
    """Delete wishes with all that was done with them."""
    db.session.execute(delete(TalkStepRow).where(TalkStepRow.request_id.in_(ids)))
    db.session.execute(delete(TalkRequestRow).where(TalkRequestRow.id.in_(ids)))


def _insert(
    row: type[TalkRequestRow] | type[TalkStepRow], values: Mapping[str, object]
) -> sqlite.Insert | postgresql.Insert:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    return insert(row).values(**values).on_conflict_do_nothing()


def _requests(*where: ColumnElement[bool]) -> list[TalkRequest]:
    adult = aliased(StaffRow)
    query = (
        select(TalkRequestRow, adult.name, ClassroomRow.name)
        .join(adult, adult.id == Requests.adult_id)
        .join(ClassroomRow, ClassroomRow.id == Requests.classroom_id)
        .where(*where)
        .order_by(Requests.asked_on, Requests.asked_in.desc(), Requests.id)
    )
    found = [(row, name, room) for row, name, room in db.session.execute(query)]
    names = _names({step.staff_id for row, *_ in found for step in row.steps})
    return [_request(row, name, room, names) for row, name, room in found]


def _names(people: set[int]) -> Mapping[int, str]:
    if not people:
        return {}
    query = select(StaffRow.id, StaffRow.name).where(StaffRow.id.in_(people))
    return dict(db.session.execute(query).all())


def _request(
    row: TalkRequestRow, adult: str, classroom: str, names: Mapping[int, str]
) -> TalkRequest:
    steps = sorted(row.steps, key=lambda step: list(Step).index(Step(step.step)))
    return TalkRequest(
        id=row.id,
        school=row.school_id,
        classroom=row.classroom_id,
        classroom_name=classroom,
        adult=row.adult_id,
        adult_name=adult,
        kind=Kind(row.kind),
        symbol=row.symbol,
        asked=Moment(row.asked_on, Part(row.asked_in)),
        steps=tuple(_done(step, names) for step in steps),
    )


def _done(row: TalkStepRow, names: Mapping[int, str]) -> Done:
    when = Moment(row.done_on, Part(row.done_in))
    return Done(Step(row.step), when, row.staff_id, names.get(row.staff_id, ""), row.note)
