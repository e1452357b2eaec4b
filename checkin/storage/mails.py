"""The outbox: why to mail whom, and what came of it.

A mail is held by one process while it is tried. Before its text is handed to the mail server that
is noted and committed: whoever dies after that leaves a mail that perhaps went, and that nobody
sends again.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from checkin.domain.mails import Ended, Kind, Occasion, Trouble, Waiting
from checkin.storage.database import db
from checkin.storage.rows import FlagEventRow, MailRow

AS_IT_IS = {"synchronize_session": False}


def add(school: int, occasion: Occasion, made_at: datetime, not_before: datetime) -> bool:
    """Add a mail and tell whether it is new: one key mails a person once."""
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    values = {
        "school_id": school,
        "staff_id": occasion.staff,
        "kind": occasion.kind.value,
        "subject": occasion.subject,
        "key": occasion.key,
        "made_at": made_at,
        "not_before": not_before,
        "tries": 0,
        "trouble": "",
        "held_by": "",
        "ended": "",
    }
    new = insert(MailRow).values(**values).on_conflict_do_nothing().returning(MailRow.id)
    return db.session.execute(new).first() is not None


def flags_with_news(school: int, since: datetime) -> list[int]:
    """Return the flags of a school to which something happened since an instant."""
    query = select(FlagEventRow.flag_id).where(
        FlagEventRow.school_id == school, FlagEventRow.at > since
    )
    return list(db.session.scalars(query.distinct().order_by(FlagEventRow.flag_id)))


def hold_due(holder: str, now: datetime, until: datetime, most: int) -> list[Waiting]:
    """Hold what is due, so that no other process tries it; returns it, the oldest first."""
    some = select(MailRow.id).where(_is_due(now, until)).order_by(MailRow.id).limit(most)
    held = (
        update(MailRow)
        .where(_is_due(now, until), MailRow.id.in_(some))
        .values(held_by=holder, held_until=until)
        .returning(*_WAITING)
    )
    rows = db.session.execute(held, execution_options=AS_IT_IS).all()
    db.session.commit()
    return sorted((_waiting(*row) for row in rows), key=lambda waiting: waiting.id)


def note_handed(holder: str, ids: Sequence[int], at: datetime) -> bool:
    """Note that mails are being handed over now, for good; False when they are not ours to send."""
    handed = (
        update(MailRow)
        .where(
            MailRow.id.in_(ids),
            MailRow.held_by == holder,
            MailRow.handed_at.is_(None),
            MailRow.ended_at.is_(None),
        )
        .values(handed_at=at)
        .returning(MailRow.id)
    )
    is_ours = len(db.session.execute(handed, execution_options=AS_IT_IS).all()) == len(ids)
    if is_ours:
        db.session.commit()
    else:
        db.session.rollback()
    return is_ours


def end(ids: Collection[int], ended: Ended, at: datetime, trouble: str = "") -> None:
    """Note what became of mails, and commit: they are not tried again."""
    _set(ids, ended=ended.value, ended_at=at, trouble=trouble)


def try_later(ids: Collection[int], tries: int, trouble: Trouble, not_before: datetime) -> None:
    """Note that mails were not taken, and when to try again; commit."""
    _set(
        ids,
        tries=tries,
        trouble=trouble.value,
        not_before=not_before,
        held_by="",
        held_until=None,
        handed_at=None,
    )


def wait(ids: Collection[int], until: datetime) -> None:
    """Let mails wait, which is no failed try; commit."""
    _set(ids, held_by="", held_until=None, not_before=until)


def let_go(ids: Collection[int]) -> None:
    """Let go of mails that were held and not tried; commit."""
    _set(ids, held_by="", held_until=None)


def end_handed(now: datetime) -> int:
    """End what was handed over by a process that died over it, and commit; returns how many."""
    lost = (
        update(MailRow)
        .where(
            MailRow.handed_at.is_not(None), MailRow.ended_at.is_(None), MailRow.held_until <= now
        )
        .values(ended=Ended.PERHAPS.value, ended_at=now)
        .returning(MailRow.id)
    )
    found = db.session.execute(lost, execution_options=AS_IT_IS).all()
    db.session.commit()
    return len(found)


def remove_ended(before: datetime) -> int:
    """Delete the mails that ended before an instant, and return how many; the caller commits."""
    gone = db.session.execute(delete(MailRow).where(MailRow.ended_at < before))
    return int(gone.rowcount)  # type: ignore[attr-defined]


_WAITING = (
    MailRow.id,
    MailRow.school_id,
    MailRow.staff_id,
    MailRow.kind,
    MailRow.subject,
    MailRow.made_at,
    MailRow.tries,
)


def _waiting(
    id: int, school: int, staff: int, kind: str, subject: str, made_at: datetime, tries: int
) -> Waiting:
    return Waiting(id, school, staff, Kind(kind), subject, made_at, tries)


def _is_due(now: datetime, until: datetime) -> ColumnElement[bool]:
    far = until + (until - now)  # nobody holds for so long: that clock was wrong
    return and_(
        MailRow.ended_at.is_(None),
        MailRow.handed_at.is_(None),
        MailRow.not_before <= now,
        or_(MailRow.held_until.is_(None), MailRow.held_until <= now, MailRow.held_until > far),
    )


def _set(ids: Collection[int], **values: object) -> None:
    rows = update(MailRow).where(MailRow.id.in_(ids)).values(**values)
    db.session.execute(rows, execution_options=AS_IT_IS)
    db.session.commit()
