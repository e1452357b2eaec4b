"""Since when people are to have a second factor, and whether a school wants it at once."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from checkin.storage.database import db
from checkin.storage.rows import FactorDutyRow, FactorRuleRow

AS_IT_IS = {"synchronize_session": False}


def begin(school: int, staff: int, since: datetime) -> None:
    """Note when a person first signed in who is to have a second factor; a first note stays."""
    new = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    row = new(FactorDutyRow).values(school_id=school, staff_id=staff, since=since)
    db.session.execute(row.on_conflict_do_nothing())


def since(staff: int) -> datetime | None:
    """Return when a person first signed in who is to have a second factor, or None."""
    return db.session.scalar(select(FactorDutyRow.since).where(FactorDutyRow.staff_id == staff))


def all_of(school: int) -> dict[int, datetime]:
    """Return the same of everybody at a school."""
    duty = FactorDutyRow
    query = select(duty.staff_id, duty.since).where(duty.school_id == school)
    return {row.staff_id: row.since for row in db.session.execute(query)}


def asked_at_once(school: int) -> bool:
    """Tell whether a school wants second factors at once."""
    return db.session.get(FactorRuleRow, school) is not None


def ask_at_once(school: int, by: int, at: datetime) -> None:
    """Note that an administrator wants second factors at once."""
    if not asked_at_once(school):
        db.session.add(FactorRuleRow(school_id=school, set_by=by, set_at=at))


def ask_in_time(school: int) -> None:
    """Give people their two weeks again."""
    db.session.execute(
        delete(FactorRuleRow).where(FactorRuleRow.school_id == school), execution_options=AS_IT_IS
    )
    db.session.expire_all()
