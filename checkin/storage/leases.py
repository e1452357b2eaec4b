"""Who does a job when several processes could."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from checkin.storage.database import db
from checkin.storage.rows import LeaseRow


def take(name: str, holder: str, now: datetime, until: datetime) -> bool:
    """Take or renew a lease; False when somebody else holds it.

    One that lasts longer than anybody would ask for was taken by a clock that ran far ahead, and
    is void: without that nobody would do the job until that time.
    """
    void = until + (until - now)
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    db.session.execute(
        insert(LeaseRow).values(name=name, holder=holder, until=now).on_conflict_do_nothing()
    )
    taken = db.session.execute(
        update(LeaseRow)
        .where(
            LeaseRow.name == name,
            or_(LeaseRow.holder == holder, LeaseRow.until <= now, LeaseRow.until > void),
        )
        .values(holder=holder, until=until)
        .returning(LeaseRow.name)
    ).all()
    db.session.commit()
    return bool(taken)


def held_until(name: str) -> datetime | None:
    """Return until when somebody does a job, None when nobody ever did."""
    return db.session.scalar(select(LeaseRow.until).where(LeaseRow.name == name))
