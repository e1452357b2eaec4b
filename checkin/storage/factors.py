"""Second factors of people: apps that show codes, passkeys, recovery codes."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError

from checkin.storage.database import db
from checkin.storage.rows import AuthenticatorRow, PasskeyRow, RecoveryCodeRow, SessionRow

AS_IT_IS = {"synchronize_session": False}


@dataclass(frozen=True)
class Authenticator:
    """An app that shows codes; `secret` is encrypted."""

    id: int
    school: int
    staff: int
    label: str
    secret: bytes
    last_step: int
    added_on: date
    used_on: date | None


@dataclass(frozen=True)
class Passkey:
    """A passkey, as far as the server knows it."""

    id: int
    school: int
    staff: int
    label: str
    credential: bytes
    public_key: bytes
    counter: int
    added_on: date
    used_on: date | None
    stopped_on: date | None


def add_authenticator(
    school: int, staff: int, label: str, secret: bytes, step: int, on: date
) -> None:
    """Add an app; `step` is the time step of the code that proved it, which is spent with that."""
    db.session.add(
        AuthenticatorRow(
            school_id=school,
            staff_id=staff,
            label=label,
            secret=secret,
            last_step=step,
            added_on=on,
        )
    )


def add_passkey(
    school: int,
    staff: int,
    label: str,
    credential: bytes,
    public_key: bytes,
    counter: int,
    on: date,
) -> bool:
    """Add a passkey; False when somebody has it already."""
    row = PasskeyRow(
        school_id=school,
        staff_id=staff,
        label=label,
        credential=credential,
        public_key=public_key,
        counter=counter,
        added_on=on,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True


def authenticators_of(staff: int) -> list[Authenticator]:
    """Return a person's apps, in the order they were added."""
    query = select(AuthenticatorRow).where(AuthenticatorRow.staff_id == staff)
    return [_authenticator(row) for row in db.session.scalars(query.order_by(AuthenticatorRow.id))]


def passkeys_of(staff: int) -> list[Passkey]:
    """Return a person's passkeys, in the order they were added."""
    query = select(PasskeyRow).where(PasskeyRow.staff_id == staff)
    return [_passkey(row) for row in db.session.scalars(query.order_by(PasskeyRow.id))]


def find_passkey(credential: bytes) -> Passkey | None:
    """Return the passkey of a credential, or None."""
    query = select(PasskeyRow).where(PasskeyRow.credential == credential)
    row = db.session.scalars(query).one_or_none()
    return _passkey(row) if row is not None else None


def spend_step(id: int, step: int, on: date) -> bool:
    """Take a time step of an app; False when it, or a later one, was taken before."""
    row = AuthenticatorRow
    taken = update(row).where(row.id == id, row.last_step < step)
    return _changed(taken.values(last_step=step, used_on=on))


def spend_count(id: int, counter: int, on: date) -> bool:
    """Take a passkey's next count; False when it did not rise, or the passkey was stopped.

    Many passkeys do not count at all and always say nought.
    """
    row = PasskeyRow
    rises = (row.counter < counter) | ((row.counter == 0) & (counter == 0))
    taken = update(row).where(row.id == id, row.stopped_on.is_(None), rises)
    return _changed(taken.values(counter=counter, used_on=on))


def stop_passkey(id: int, on: date) -> None:
    """Let a passkey open nothing any more."""
    _changed(update(PasskeyRow).where(PasskeyRow.id == id).values(stopped_on=on))


def rename(kind: str, staff: int, id: int, label: str) -> bool:
    """Give a factor of a person another name; False when there is none such."""
    row = _ROWS[kind]
    return _changed(update(row).where(row.id == id, row.staff_id == staff).values(label=label))


def remove(kind: str, staff: int, id: int) -> bool:
    """Remove a factor of a person; False when there is none such."""
    row = _ROWS[kind]
    return _changed(delete(row).where(row.id == id, row.staff_id == staff))


def remove_all(staff: int) -> None:
    """Remove every factor and recovery code of a person."""
    for row in (AuthenticatorRow, PasskeyRow, RecoveryCodeRow):
        _changed(delete(row).where(row.staff_id == staff))


def set_codes(school: int, staff: int, hashes: Iterable[bytes]) -> None:
    """Replace a person's recovery codes."""
    _changed(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff))
    db.session.add_all(
        RecoveryCodeRow(code_hash=hash, school_id=school, staff_id=staff) for hash in hashes
    )


def spend_code(staff: int, code_hash: bytes, on: date) -> bool:
    """Use a recovery code up; False when it is not one of the person's, or was used."""
    row = RecoveryCodeRow
    fresh = (row.code_hash == code_hash, row.staff_id == staff, row.used_on.is_(None))
    return _changed(update(row).where(*fresh).values(used_on=on))


def holds_codes(staff: int, hashes: Collection[bytes]) -> bool:
    """Tell whether these are a person's recovery codes now, used or not."""
    query = select(RecoveryCodeRow.code_hash).where(RecoveryCodeRow.staff_id == staff)
    return set(db.session.scalars(query)) == set(hashes)


def codes_left(staff: int) -> int:
    """Return how many recovery codes a person can still use."""
    row = RecoveryCodeRow
    query = select(func.count()).where(row.staff_id == staff, row.used_on.is_(None))
    return db.session.scalar(query) or 0


def has_factor(staff: int) -> bool:
    """Tell whether a person has a second factor."""
    return bool(holders_among([staff]))


def holders_among(staff: Iterable[int]) -> frozenset[int]:
    """Return who of these people has a second factor.

    One that was stopped counts: it must not make a password alone enough.
    """
    ids = list(staff)
    passkeys = select(PasskeyRow.staff_id).where(PasskeyRow.staff_id.in_(ids))
    apps = select(AuthenticatorRow.staff_id).where(AuthenticatorRow.staff_id.in_(ids))
    return frozenset(db.session.scalars(passkeys.union(apps)))


def anybody_has_one() -> bool:
    """Tell whether anybody at all has a second factor."""
    rows = (AuthenticatorRow, PasskeyRow)
    return any(db.session.scalar(select(row.id).limit(1)) is not None for row in rows)


def end_sessions(staff: int, but: bytes | None = None) -> int:
    """End a person's sessions, but for one by its token's hash, and return how many."""
    ended = delete(SessionRow).where(SessionRow.staff_id == staff)
    if but is not None:
        ended = ended.where(SessionRow.token_hash != but)
    result = db.session.execute(ended, execution_options=AS_IT_IS)
    return int(result.rowcount)  # type: ignore[attr-defined]


def _changed(statement: object) -> bool:
    result = db.session.execute(statement, execution_options=AS_IT_IS)  # type: ignore[call-overload]
    return bool(result.rowcount)


def _authenticator(row: AuthenticatorRow) -> Authenticator:
    return Authenticator(
        id=row.id,
        school=row.school_id,
        staff=row.staff_id,
        label=row.label,
        secret=row.secret,
        last_step=row.last_step,
        added_on=row.added_on,
        used_on=row.used_on,
    )


def _passkey(row: PasskeyRow) -> Passkey:
    return Passkey(
        id=row.id,
        school=row.school_id,
        staff=row.staff_id,
        label=row.label,
        credential=row.credential,
        public_key=row.public_key,
        counter=row.counter,
        added_on=row.added_on,
        used_on=row.used_on,
        stopped_on=row.stopped_on,
    )


_ROWS: dict[str, type[AuthenticatorRow] | type[PasskeyRow]] = {
    "app": AuthenticatorRow,
    "passkey": PasskeyRow,
}
