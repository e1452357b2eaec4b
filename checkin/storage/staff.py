"""People with accounts, and the browsers they signed in with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from checkin.domain.access import Person, Role
from checkin.storage.database import db
from checkin.storage.rows import SessionRow, StaffRoleRow, StaffRow, TeachingRow


@dataclass(frozen=True)
class Account:
    """Whose password it is, as far as signing in needs to know."""

    id: int
    school: int
    password_hash: str
    has_left: bool


@dataclass(frozen=True)
class Session:
    """A signed-in browser."""

    staff: int
    started_at: datetime
    seen_at: datetime
    way: str = "password"


def add_staff(
    school: int,
    email: str,
    name: str,
    password_hash: str,
    roles: Iterable[Role],
    classrooms: Iterable[int],
) -> int:
    """Add a person and return the id."""
    row = StaffRow(school_id=school, email=email, name=name, password_hash=password_hash)
    row.roles = [StaffRoleRow(school_id=school, role=role.value) for role in roles]
    row.teaching = [TeachingRow(school_id=school, classroom_id=id) for id in classrooms]
    db.session.add(row)
    db.session.flush()
    return row.id


def list_staff(school: int) -> tuple[Person, ...]:
    """Return the people of a school who joined and have not left, by name."""
    query = select(StaffRow).where(
        StaffRow.school_id == school, StaffRow.left_at.is_(None), StaffRow.password_hash != ""
    )
    return tuple(_person(row) for row in db.session.scalars(query.order_by(StaffRow.name)))


def find_person(id: int) -> Person | None:
    """Return a person who joined and has not left, or None."""
    row = db.session.get(StaffRow, id)
    is_here = row is not None and row.left_at is None and row.password_hash != ""
    return _person(row) if row is not None and is_here else None


def find_anybody(id: int) -> Person | None:
    """Return a person who is invited, works here or left, or None."""
    row = db.session.get(StaffRow, id)
    return _person(row) if row is not None else None


def names_of(school: int) -> dict[int, str]:
    """Return the names of everybody who works or worked at a school."""
    query = select(StaffRow.id, StaffRow.name).where(StaffRow.school_id == school)
    return {row.id: row.name for row in db.session.execute(query)}


def find_account(email: str) -> Account | None:
    """Return the account of a lower-cased address, or None."""
    row = db.session.scalars(select(StaffRow).where(StaffRow.email == email)).one_or_none()
    if row is None:
        return None
    return Account(row.id, row.school_id, row.password_hash, row.left_at is not None)


def set_password_hash(id: int, password_hash: str) -> None:
    """Keep another hash of a person's password."""
    db.session.get_one(StaffRow, id).password_hash = password_hash


def set_locale(id: int, locale: str) -> None:
    """Keep a person's own choice of language."""
    db.session.get_one(StaffRow, id).locale = locale


def set_left(id: int, at: datetime) -> None:
    """Note that a person left, and end every session of theirs."""
    db.session.get_one(StaffRow, id).left_at = at
    db.session.execute(delete(SessionRow).where(SessionRow.staff_id == id))


def add_session(
    token_hash: bytes, account: Account | Person, at: datetime, way: str = "password"
) -> None:
    """Add a signed-in browser; `way` is how its person signed in."""
    db.session.add(
        SessionRow(
            token_hash=token_hash,
            school_id=account.school,
            staff_id=account.id,
            started_at=at,
            seen_at=at,
            way=way,
        )
    )
    db.session.get_one(StaffRow, account.id).signed_in_on = at.date()


def find_session(token_hash: bytes) -> Session | None:
    """Return a session by its token's hash, or None."""
    row = db.session.get(SessionRow, token_hash)
    return Session(row.staff_id, row.started_at, row.seen_at, row.way) if row else None


def touch_session(token_hash: bytes, at: datetime) -> None:
    """Note that a session was used."""
    db.session.execute(
        update(SessionRow).where(SessionRow.token_hash == token_hash).values(seen_at=at)
    )


def remove_session(token_hash: bytes) -> None:
    """End one session."""
    db.session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))


def remove_sessions(started_before: datetime, seen_before: datetime) -> int:
    """Forget the sessions that are over, and return how many."""
    is_over = or_(SessionRow.started_at < started_before, SessionRow.seen_at < seen_before)
    result = db.session.execute(delete(SessionRow).where(is_over))
    return int(result.rowcount)  # type: ignore[attr-defined]


def _person(row: StaffRow) -> Person:
    return Person(
        id=row.id,
        school=row.school_id,
        name=row.name,
        email=row.email,
        locale=row.locale,
        roles=frozenset(Role(r.role) for r in row.roles),
        classrooms=frozenset(t.classroom_id for t in row.teaching),
    )
