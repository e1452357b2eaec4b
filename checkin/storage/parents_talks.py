"""Talks with parents or guardian, a flag each; rows are only ever added."""

from datetime import datetime

from sqlalchemy import select

from checkin.domain.parents import Consent, Help, ParentsTalk, TalkedWith
from checkin.storage.database import db
from checkin.storage.rows import ParentsTalkRow, StaffRow


def add(school: int, flag: int, talk: ParentsTalk, by: int, at: datetime) -> None:
    """Add a talk; the caller commits."""
    db.session.add(
        ParentsTalkRow(
            school_id=school,
            flag_id=flag,
            talked_on=talk.talked_on,
            talked_with=talk.talked_with.value,
            help=talk.help.value,
            language=talk.language,
            consent=talk.consent.value,
            consent_on=talk.consent_on,
            own_consent=talk.own_consent.value,
            noted_by=by,
            noted_at=at,
        )
    )


def talks_of(flag: int) -> tuple[ParentsTalk, ...]:
    """Return the talks about a flag, the last noted first."""
    query = (
        select(ParentsTalkRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == ParentsTalkRow.noted_by)
        .where(ParentsTalkRow.flag_id == flag)
        .order_by(ParentsTalkRow.id.desc())
    )
    return tuple(_talk(row, name) for row, name in db.session.execute(query))


def _talk(row: ParentsTalkRow, name: str | None) -> ParentsTalk:
    return ParentsTalk(
        row.talked_on,
        TalkedWith(row.talked_with),
        Help(row.help),
        row.language,
        Consent(row.consent),
        row.consent_on,
        Consent(row.own_consent),
        name,
    )
