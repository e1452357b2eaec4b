"""How a school and its people want their mail, and how it goes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from checkin.domain.mails import Ended, Quiet
from checkin.storage.database import db
from checkin.storage.rows import MailChoiceRow, MailRow, MailSettingRow

AS_IT_IS = {"synchronize_session": False}


@dataclass(frozen=True)
class Going:
    """How the mail of a school goes: `stuck` were refused at least once and are tried again."""

    stuck: int
    since: datetime | None
    trouble: str
    given_up: int
    given_up_trouble: str
    perhaps: int
    last_sent: datetime | None


def quiet_of(school: int) -> Quiet:
    """Return when a school gets no mail."""
    query = select(MailSettingRow.quiet_begins, MailSettingRow.quiet_ends)
    row = db.session.execute(query.where(MailSettingRow.school_id == school)).one_or_none()
    return Quiet(*row) if row is not None else Quiet()


def keep_quiet(school: int, quiet: Quiet) -> None:
    """Keep when a school gets no mail; the caller commits."""
    _begin(school)
    _set(school, quiet_begins=quiet.begins, quiet_ends=quiet.ends)


def looked_at(school: int) -> datetime | None:
    """Return up to when was looked for reasons to mail; None before the first time."""
    query = select(MailSettingRow.looked_at).where(MailSettingRow.school_id == school)
    return db.session.scalar(query)


def keep_looked_at(school: int, at: datetime) -> None:
    """Keep up to when was looked; the caller commits."""
    _begin(school)
    _set(school, looked_at=at)


def wants_digest(staff: int) -> bool:
    """Tell whether a person wants the weekly overview."""
    return db.session.get(MailChoiceRow, staff) is None


def keep_choice(school: int, staff: int, wants_digest: bool) -> None:
    """Keep whether a person wants the weekly overview; the caller commits."""
    db.session.execute(delete(MailChoiceRow).where(MailChoiceRow.staff_id == staff))
    if not wants_digest:
        db.session.add(MailChoiceRow(staff_id=staff, school_id=school))


def going_of(school: int, since: datetime) -> Going:
    """Return how the mail of a school goes, of what ended since an instant."""
    stuck = (MailRow.school_id == school, MailRow.ended_at.is_(None), MailRow.tries > 0)
    waiting = db.session.execute(
        select(func.count(), func.min(MailRow.made_at)).where(*stuck)
    ).one()
    latest = select(MailRow.trouble).where(*stuck).order_by(MailRow.tries.desc(), MailRow.id)
    up = (*_ended(school, Ended.GIVEN_UP), MailRow.ended_at >= since)
    given_up = select(MailRow.trouble).where(*up).order_by(MailRow.ended_at.desc()).limit(1)
    last = select(func.max(MailRow.ended_at)).where(*_ended(school, Ended.SENT))
    perhaps = (*_ended(school, Ended.PERHAPS), MailRow.ended_at >= since)
    return Going(
        stuck=waiting[0],
        since=waiting[1],
        trouble=db.session.scalar(latest.limit(1)) or "",
        given_up=db.session.scalar(select(func.count()).where(*up)) or 0,
        given_up_trouble=db.session.scalar(given_up) or "",
        perhaps=db.session.scalar(select(func.count()).where(*perhaps)) or 0,
        last_sent=db.session.scalar(last),
    )


def _ended(school: int, ended: Ended) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (MailRow.school_id == school, MailRow.ended == ended.value)


def _begin(school: int) -> None:
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    usual = Quiet()
    db.session.execute(
        insert(MailSettingRow)
        .values(school_id=school, quiet_begins=usual.begins, quiet_ends=usual.ends)
        .on_conflict_do_nothing()
    )


def _set(school: int, **values: object) -> None:
    row = update(MailSettingRow).where(MailSettingRow.school_id == school).values(**values)
    db.session.execute(row, execution_options=AS_IT_IS)
