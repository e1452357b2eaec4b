"""Invitations, and the people who have not joined yet or have left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, select, update

from checkin.domain.access import Role
from checkin.domain.joining import Invitation, Purpose, Way
from checkin.storage.database import db
from checkin.storage.rows import (
    InvitationRow,
    MailRow,
    SchoolRow,
    StaffRoleRow,
    StaffRow,
    TeachingRow,
)

AS_IT_IS = {"synchronize_session": False}


@dataclass(frozen=True)
class Member:
    """A person of a school, whether they joined, are invited or left."""

    id: int
    school: int
    name: str
    email: str
    roles: frozenset[Role]
    classrooms: frozenset[int]
    has_joined: bool
    left_at: datetime | None
    signed_in_on: date | None


def add(new: Invitation, secret_hash: bytes | None) -> int:
    """Add an invitation and return its id."""
    row = InvitationRow(
        school_id=new.school,
        staff_id=new.staff,
        purpose=new.purpose.value,
        way=new.way.value,
        secret_hash=secret_hash,
        made_by=new.made_by,
        made_at=new.made_at,
        expires_at=new.expires_at,
    )
    db.session.add(row)
    db.session.flush()
    return row.id


def set_secret(id: int, secret_hash: bytes) -> None:
    """Let an invitation be used with this secret, and with no earlier one."""
    db.session.get_one(InvitationRow, id).secret_hash = secret_hash


def find(id: int) -> Invitation | None:
    """Return an invitation, or None."""
    row = db.session.get(InvitationRow, id)
    return _invitation(row) if row is not None else None


def find_by_secret(secret_hash: bytes) -> Invitation | None:
    """Return the invitation of a secret, be it used, withdrawn or too old, or None."""
    query = select(InvitationRow).where(InvitationRow.secret_hash == secret_hash)
    row = db.session.scalars(query).one_or_none()
    return _invitation(row) if row is not None else None


def use(secret_hash: bytes, now: datetime) -> Invitation | None:
    """Spend an invitation if it is live and return it, else None.

    One statement, so that of two people with the same secret one is too late.
    """
    spent = (
        update(InvitationRow)
        .where(InvitationRow.secret_hash == secret_hash, *_is_live(now))
        .values(used_at=now)
        .returning(InvitationRow.id)
    )
    id = db.session.execute(spent, execution_options=AS_IT_IS).scalar_one_or_none()
    if id is None:
        return None
    return _invitation(db.session.get_one(InvitationRow, id, populate_existing=True))


def withdraw_of(staff: int, now: datetime) -> int:
    """Withdraw every waiting invitation of a person, and return how many."""
    return _withdraw(InvitationRow.staff_id == staff, now)


def withdraw_made_by(staff: int, now: datetime) -> int:
    """Withdraw every waiting invitation that a person made, and return how many."""
    return _withdraw(InvitationRow.made_by == staff, now)


def list_waiting(school: int) -> list[Invitation]:
    """Return the invitations of a school that were neither used nor withdrawn, oldest first."""
    query = select(InvitationRow).where(InvitationRow.school_id == school, *_WAITS)
    return [_invitation(row) for row in db.session.scalars(query.order_by(InvitationRow.id))]


def hold(school: int) -> None:
    """Let who else changes the staff or classes of a school wait for the commit, and look anew."""
    as_it_is = update(SchoolRow).where(SchoolRow.id == school).values(name=SchoolRow.name)
    db.session.execute(as_it_is, execution_options=AS_IT_IS)
    db.session.expire_all()


def list_members(school: int) -> list[Member]:
    """Return everybody of a school by name: who works there, is invited or left."""
    query = select(StaffRow).where(StaffRow.school_id == school)
    return [_member(row) for row in db.session.scalars(query.order_by(StaffRow.name, StaffRow.id))]


def find_member(id: int) -> Member | None:
    """Return somebody, joined or not, or None."""
    row = db.session.get(StaffRow, id)
    return _member(row) if row is not None else None


def set_name(id: int, name: str) -> None:
    """Give somebody another name."""
    db.session.get_one(StaffRow, id).name = name


def set_roles(id: int, roles: Iterable[Role], classrooms: Iterable[int]) -> None:
    """Let a person have these roles and these classes, and no others."""
    row, roles, classrooms = db.session.get_one(StaffRow, id), set(roles), set(classrooms)
    kept_roles = [one for one in row.roles if one.role in roles]
    new_roles = roles - {Role(one.role) for one in kept_roles}
    row.roles = kept_roles + [
        StaffRoleRow(school_id=row.school_id, role=role.value) for role in sorted(new_roles)
    ]
    kept = [one for one in row.teaching if one.classroom_id in classrooms]
    new = classrooms - {one.classroom_id for one in kept}
    row.teaching = kept + [
        TeachingRow(school_id=row.school_id, classroom_id=room) for room in sorted(new)
    ]
    db.session.flush()


def come_back(id: int) -> None:
    """Let somebody who left be there again."""
    db.session.get_one(StaffRow, id).left_at = None


def remove_who_never_joined(id: int) -> None:
    """Delete an account that nobody ever chose a password for, with its invitations and mails."""
    for row in (MailRow, InvitationRow, StaffRoleRow, TeachingRow):
        db.session.execute(delete(row).where(row.staff_id == id))
    db.session.expire_all()
    db.session.execute(delete(StaffRow).where(StaffRow.id == id, StaffRow.password_hash == ""))


def list_old(before: datetime) -> list[Invitation]:
    """Return the invitations that expired before an instant, used or not."""
    query = select(InvitationRow).where(InvitationRow.expires_at < before)
    return [_invitation(row) for row in db.session.scalars(query)]


def remove(id: int) -> None:
    """Delete an invitation."""
    db.session.execute(delete(InvitationRow).where(InvitationRow.id == id))


_WAITS = (InvitationRow.used_at.is_(None), InvitationRow.withdrawn_at.is_(None))


def _is_live(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (*_WAITS, InvitationRow.expires_at > now)


def _withdraw(whose: ColumnElement[bool], now: datetime) -> int:
    waiting = (
        update(InvitationRow)
        .where(whose, *_WAITS)
        .values(withdrawn_at=now)
        .returning(InvitationRow.id)
    )
    found = db.session.execute(waiting, execution_options=AS_IT_IS).all()
    db.session.expire_all()
    return len(found)


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(
        row.id,
        row.school_id,
        row.staff_id,
        Purpose(row.purpose),
        Way(row.way),
        row.made_by,
        row.made_at,
        row.expires_at,
        row.used_at,
        row.withdrawn_at,
    )


def _member(row: StaffRow) -> Member:
    return Member(
        row.id,
        row.school_id,
        row.name,
        row.email,
        frozenset(Role(one.role) for one in row.roles),
        frozenset(one.classroom_id for one in row.teaching),
        row.password_hash != "",
        row.left_at,
        row.signed_in_on,
    )
