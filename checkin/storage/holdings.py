"""What is in one person's hands, and putting it in another's."""

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select, update

from checkin.domain.decisions import FollowUp
from checkin.domain.talks import Step
from checkin.storage.database import db
from checkin.storage.rows import (
    ClassroomRow,
    CodeRow,
    DecisionRow,
    SubstitutionRow,
    TalkAdultRow,
    TalkRequestRow,
    TalkSettingRow,
    TalkStepRow,
    TeamMemberRow,
)

AS_IT_IS = {"synchronize_session": False}


def count_decisions(staff: int) -> int:
    """Count the decisions somebody is to carry out."""
    return db.session.scalar(select(func.count()).where(*_to_do(staff))) or 0


def hand_decisions(staff: int, to: int | None) -> None:
    """Let somebody else carry them out, or nobody yet."""
    _set(update(DecisionRow).where(*_to_do(staff)).values(who=to))


def count_talks(staff: int) -> int:
    """Count the wishes to talk that somebody was asked for and that are not closed."""
    return db.session.scalar(select(func.count()).where(*_asked(staff))) or 0


def hand_talks(staff: int, to: int) -> None:
    """Address them to somebody else."""
    _set(update(TalkRequestRow).where(*_asked(staff)).values(adult_id=to))


def stands_in_for(staff: int) -> list[int]:
    """Return for which talk adults somebody stands in."""
    query = select(TalkAdultRow.staff_id).where(TalkAdultRow.deputy_id == staff)
    return list(db.session.scalars(query.order_by(TalkAdultRow.staff_id)))


def set_deputy(adult: int, deputy: int | None) -> None:
    """Let somebody stand in for a talk adult."""
    db.session.get_one(TalkAdultRow, adult).deputy_id = deputy


def set_pain_to(school: int, adult: int | None) -> None:
    """Let somebody be told of pain."""
    row = db.session.get(TalkSettingRow, school)
    if row is not None:
        row.pain_to = adult


def leave_teams(staff: int) -> None:
    """Let somebody be in no team any more."""
    db.session.execute(delete(TeamMemberRow).where(TeamMemberRow.staff_id == staff))


def count_codes(staff: int, now: datetime) -> int:
    """Count the codes for tablets that somebody made and that still enrol one."""
    return db.session.scalar(select(func.count()).where(*_live_codes(staff, now))) or 0


def end_codes(staff: int, now: datetime) -> None:
    """Let these codes enrol no tablet any more."""
    _set(update(CodeRow).where(*_live_codes(staff, now)).values(used_at=now))


def stands_in_at(staff: int, today: date) -> list[str]:
    """Return the classes for which somebody stands in today or later, by name."""
    query = select(ClassroomRow.name).join(
        SubstitutionRow, SubstitutionRow.classroom_id == ClassroomRow.id
    )
    its = (SubstitutionRow.staff_id == staff, SubstitutionRow.last >= today)
    found = query.where(*its, SubstitutionRow.ended_at.is_(None)).distinct()
    return list(db.session.scalars(found.order_by(ClassroomRow.name)))


def end_standing_in(staff: int, by: int, now: datetime) -> None:
    """Let somebody stand in for no class any more."""
    its = (SubstitutionRow.staff_id == staff, SubstitutionRow.ended_at.is_(None))
    over = SubstitutionRow.last < now.date() - timedelta(days=1)
    _set(update(SubstitutionRow).where(*its, ~over).values(ended_by=by, ended_at=now))


def _set(change: object) -> None:
    db.session.execute(change, execution_options=AS_IT_IS)  # type: ignore[call-overload]
    db.session.expire_all()


def _to_do(staff: int) -> tuple[ColumnElement[bool], ...]:
    return (DecisionRow.who == staff, DecisionRow.follow_up == FollowUp.OPEN.value)


def _asked(staff: int) -> tuple[ColumnElement[bool], ...]:
    closed = select(TalkStepRow.request_id).where(TalkStepRow.step == Step.CLOSED.value)
    return (TalkRequestRow.adult_id == staff, TalkRequestRow.id.not_in(closed))


def _live_codes(staff: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (CodeRow.made_by == staff, CodeRow.used_at.is_(None), CodeRow.expires_at > now)
