"""Decisions of weekly reviews, and what came of them."""

from datetime import date, datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from checkin.domain.decisions import Decision, DecisionKind, FollowUp
from checkin.storage.database import db
from checkin.storage.rows import ClassroomRow, DecisionRow, FlagRow, StaffRow


def add(
    school: int,
    key: str,
    week: str,
    kind: DecisionKind,
    by: int,
    at: datetime,
    flag: int | None = None,
    classroom: int | None = None,
    who: int | None = None,
    due_on: date | None = None,
    note: str = "",
    carried_from: int | None = None,
) -> bool:
    """Add a decision and tell whether it is new: the same key a second time changes nothing."""
    known = select(DecisionRow.id).where(DecisionRow.school_id == school, DecisionRow.key == key)
    if db.session.scalar(known) is not None:
        return False
    db.session.add(
        DecisionRow(
            school_id=school,
            key=key,
            week=week,
            flag_id=flag,
            classroom_id=classroom,
            kind=kind.value,
            who=who,
            due_on=due_on,
            note=note,
            made_by=by,
            made_at=at,
            follow_up=FollowUp.OPEN.value,
            carried_from=carried_from,
        )
    )
    db.session.flush()
    return True


def find(id: int) -> Decision | None:
    """Return a decision, or None."""
    return next(iter(_read(_query().where(DecisionRow.id == id))), None)


def of_week(school: int, week: str) -> list[Decision]:
    """Return the decisions of one review, in the order they were made."""
    return _read(_query().where(DecisionRow.school_id == school, DecisionRow.week == week))


def to_follow(school: int, week: str, since: datetime) -> list[Decision]:
    """Return those of other weeks whose end is not known, or was told since an instant."""
    return _read(
        _query().where(
            DecisionRow.school_id == school,
            DecisionRow.week != week,
            or_(DecisionRow.follow_up == FollowUp.OPEN.value, DecisionRow.followed_at >= since),
        )
    )


def followed_between(school: int, week: str, since: datetime, until: datetime) -> list[Decision]:
    """Return those of other weeks of which was told in a span what came of them."""
    return _read(
        _query().where(
            DecisionRow.school_id == school,
            DecisionRow.week != week,
            DecisionRow.followed_at >= since,
            DecisionRow.followed_at < until,
        )
    )


def of_flag(flag: int) -> list[Decision]:
    """Return the decisions about a flag, in the order they were made."""
    return _read(_query().where(DecisionRow.flag_id == flag))


def follow(id: int, follow_up: FollowUp, by: int, at: datetime) -> None:
    """Note what came of a decision."""
    row = db.session.get_one(DecisionRow, id)
    row.follow_up, row.followed_by, row.followed_at = follow_up.value, by, at


_Who, _By, _Followed = aliased(StaffRow), aliased(StaffRow), aliased(StaffRow)
_Rows = Select[DecisionRow, str, date | None, str, str, str, str]


def _query() -> _Rows:
    return (
        select(
            DecisionRow,
            ClassroomRow.name,
            ClassroomRow.closed_on,
            FlagRow.pattern,
            _Who.name,
            _By.name,
            _Followed.name,
        )
        .outerjoin(ClassroomRow, ClassroomRow.id == DecisionRow.classroom_id)
        .outerjoin(FlagRow, FlagRow.id == DecisionRow.flag_id)
        .outerjoin(_Who, _Who.id == DecisionRow.who)
        .outerjoin(_By, _By.id == DecisionRow.made_by)
        .outerjoin(_Followed, _Followed.id == DecisionRow.followed_by)
        .order_by(DecisionRow.id)
        .execution_options(populate_existing=True)
    )


def _read(query: _Rows) -> list[Decision]:
    return [_decision(*found) for found in db.session.execute(query)]


def _decision(
    row: DecisionRow,
    classroom: str | None,
    ended_on: date | None,
    pattern: str | None,
    who: str | None,
    by: str | None,
    followed: str | None,
) -> Decision:
    return Decision(
        row.id,
        row.school_id,
        row.week,
        row.flag_id,
        row.classroom_id,
        classroom or "",
        pattern or "",
        DecisionKind(row.kind),
        row.who,
        who or "",
        row.due_on,
        row.note,
        by or "",
        row.made_at,
        FollowUp(row.follow_up),
        followed or "",
        row.followed_at,
        row.carried_from,
        ended_on,
    )
