"""Sign-ins that are half done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update

from checkin.storage.database import db
from checkin.storage.rows import SignInStepRow

AS_IT_IS = {"synchronize_session": False}


@dataclass(frozen=True)
class Step:
    """Something half done, and what was kept of it."""

    staff: int | None
    kept: bytes
    tries: int


def put(
    token_hash: bytes,
    kind: str,
    kept: bytes,
    expires_at: datetime,
    school: int | None = None,
    staff: int | None = None,
) -> None:
    """Keep a step in the place of an earlier one."""
    drop(token_hash)
    db.session.add(
        SignInStepRow(
            token_hash=token_hash,
            school_id=school,
            staff_id=staff,
            kind=kind,
            kept=kept,
            tries=0,
            expires_at=expires_at,
        )
    )


def find(token_hash: bytes, kind: str, now: datetime) -> Step | None:
    """Return a step that is not over, or None."""
    row = SignInStepRow
    query = select(row.staff_id, row.kept, row.tries).where(
        row.token_hash == token_hash, row.kind == kind, row.expires_at > now
    )
    found = db.session.execute(query).one_or_none()
    return Step(*found) if found is not None else None


def count_try(token_hash: bytes) -> None:
    """Count a try at a step."""
    row = SignInStepRow
    counted = update(row).where(row.token_hash == token_hash).values(tries=row.tries + 1)
    db.session.execute(counted, execution_options=AS_IT_IS)


def drop(token_hash: bytes) -> bool:
    """End a step; False when it was not there any more."""
    row = SignInStepRow
    gone = db.session.execute(
        delete(row).where(row.token_hash == token_hash), execution_options=AS_IT_IS
    )
    return bool(gone.rowcount)  # type: ignore[attr-defined]


def drop_over(now: datetime) -> int:
    """Forget the steps that are over, and return how many."""
    gone = db.session.execute(
        delete(SignInStepRow).where(SignInStepRow.expires_at <= now), execution_options=AS_IT_IS
    )
    return int(gone.rowcount)  # type: ignore[attr-defined]


def drop_of(staff: int) -> None:
    """End every step of a person."""
    db.session.execute(
        delete(SignInStepRow).where(SignInStepRow.staff_id == staff), execution_options=AS_IT_IS
    )
