"""Staff sign in, stay signed in for a while, and sign out."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock

from checkin.domain.access import Person, Role
from checkin.services import passwords, slowing_down
from checkin.services.slowing_down import WaitFirst
from checkin.storage import audit, staff
from checkin.storage.database import db

__all__ = ["WaitFirst", "WrongPassword"]

IDLE_LIMIT = timedelta(minutes=60)
ABSOLUTE_LIMIT = timedelta(hours=12)
TOUCHED_EVERY = timedelta(minutes=1)

_counting = Lock()


class WrongPassword(Exception):
    """The address and the password do not belong together; which of them is wrong is not told."""


def sign_in(email: str, password: str, now: datetime) -> str:
    """Return a fresh 256-bit session token; raises WrongPassword, or WaitFirst after many guesses.

    An address without an account costs the same work and waits alike, so that neither the answer
    nor its time tells which addresses exist.
    """
    email = tidy_email(email)
    _count_guess(email, now)
    account = staff.find_account(email)
    is_right = passwords.verify(account.password_hash if account else None, password)
    if account is None or account.has_left or not is_right:
        raise WrongPassword
    slowing_down.forgive("sign-in", email)
    if renewed := passwords.renew(account.password_hash, password):
        staff.set_password_hash(account.id, renewed)
    token = secrets.token_urlsafe(32)
    staff.add_session(_hash_token(token), account, now)
    db.session.commit()
    return token


def find_person(token: str, now: datetime) -> Person | None:
    """Return who is signed in with a token, or None when it is unknown or over."""
    token_hash = _hash_token(token)
    session = staff.find_session(token_hash)
    if session is None or _is_over(session, now):
        return None
    if now - session.seen_at >= TOUCHED_EVERY:
        staff.touch_session(token_hash, now)
        db.session.commit()
    return staff.find_person(session.staff)


def sign_out(token: str) -> None:
    """End a session; an unknown one changes nothing."""
    staff.remove_session(_hash_token(token))
    db.session.commit()


def add_staff(
    school: int,
    email: str,
    name: str,
    password: str,
    roles: Iterable[Role],
    classrooms: Iterable[int] = (),
) -> int:
    """Add a person and return the id; ValueError says in words what is not right."""
    id = prepare_staff(school, email, name, password, roles, classrooms)
    db.session.commit()
    return id


def prepare_staff(
    school: int,
    email: str,
    name: str,
    password: str,
    roles: Iterable[Role],
    classrooms: Iterable[int] = (),
) -> int:
    """Add a person as `add_staff` does, within what the caller commits as one."""
    email, name = tidy_email(email), name.strip()
    if "@" not in email[1:-1] or any(c.isspace() for c in email):
        raise ValueError("that is not an e-mail address")
    if not name:
        raise ValueError("a person needs a name")
    if staff.find_account(email) is not None:
        raise ValueError("somebody has this e-mail address already")
    password_hash = passwords.make_hash(password)
    return staff.add_staff(school, email, name, password_hash, set(roles), set(classrooms))


def list_staff(school: int) -> tuple[Person, ...]:
    """Return the people of a school who have not left, by name."""
    return staff.list_staff(school)


def set_locale(person: int, locale: str) -> None:
    """Keep a person's own choice of language."""
    staff.set_locale(person, locale)
    db.session.commit()


def leave(person: int, now: datetime) -> None:
    """Let a person go: no more signing in, and every session ends."""
    found = staff.find_person(person)
    staff.set_left(person, now)
    if found is not None:
        audit.add(found.school, now, None, "left", f"staff {person}")
    db.session.commit()


def forget_sessions(now: datetime) -> int:
    """Forget the sessions that are over, and return how many."""
    forgotten = staff.remove_sessions(now - ABSOLUTE_LIMIT, now - IDLE_LIMIT)
    db.session.commit()
    return forgotten


def tidy_email(email: str) -> str:
    """Return an address as it is kept: without spaces around it, in lower case.

    A zero character is left out: PostgreSQL cannot even look for one.
    """
    return email.replace("\0", "").strip().lower()


def _count_guess(email: str, now: datetime) -> None:
    """Count a guess before it is tried, so that guessing many at once gains nothing."""
    with _counting:
        slowing_down.check("sign-in", email, now)
        slowing_down.count("sign-in", email, now)
        db.session.commit()


def _is_over(session: staff.Session, now: datetime) -> bool:
    return now - session.started_at >= ABSOLUTE_LIMIT or now - session.seen_at >= IDLE_LIMIT


def _hash_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
