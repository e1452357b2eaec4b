"""Staff sign in, stay signed in for a while, and sign out."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock

from checkin.domain.access import Person, Role
from checkin.services import passwords, slowing_down
from checkin.services.class_years import standing_in
from checkin.services.factors import duty, encrypting, keeping, steps
from checkin.services.factors.steps import Kind
from checkin.services.slowing_down import WaitFirst
from checkin.storage import audit, factors, staff
from checkin.storage.database import db

__all__ = ["SecondStepAsked", "WaitFirst", "WrongPassword"]

IDLE_LIMIT = timedelta(minutes=60)
ABSOLUTE_LIMIT = timedelta(hours=12)
TOUCHED_EVERY = timedelta(minutes=1)
FRESH = timedelta(minutes=10)

PASSWORD_ALONE = "password"  # noqa: S105  # a way to sign in
BOTH = "both"
PASSKEY = "passkey"
RECOVERY_CODE = "recovery-code"
ELSEWHERE = "elsewhere"
"""How somebody signed in, as a session keeps it."""

_counting = Lock()


class WrongPassword(Exception):
    """The address and the password do not belong together; which of them is wrong is not told."""


class SecondStepAsked(Exception):
    """A second factor is asked; `token` finds the half-done sign-in, which opens no page."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self.token = token


def sign_in(email: str, password: str, now: datetime) -> str:
    """Return a fresh 256-bit session token, after a password alone.

    Raises WrongPassword, WaitFirst after many guesses, or SecondStepAsked: for whoever has a second
    factor, be the password right or wrong, so that only both together tell. An address without an
    account costs the same work, waits alike and is asked alike, so that neither the answer nor its
    time tells which addresses exist.
    """
    email = tidy_email(email)
    count_guess("sign-in", email, now)
    account = staff.find_account(email)
    is_right = passwords.verify(account.password_hash if account else None, password)
    if account is not None and account.has_left:
        account = None
    if _is_asked_more(account, email):
        raise SecondStepAsked(_begin_second(account, email, is_right, now))
    if account is None or not is_right:
        raise WrongPassword
    slowing_down.forgive("sign-in", email)
    if renewed := passwords.renew(account.password_hash, password):
        staff.set_password_hash(account.id, renewed)
    return open_session(account.id, PASSWORD_ALONE, now)


def open_session(person: int, way: str, now: datetime) -> str:
    """Return a fresh 256-bit session token of somebody who was recognised, and keep how."""
    found = staff.find_person(person)
    if found is None:
        raise WrongPassword
    token = secrets.token_urlsafe(32)
    staff.add_session(_hash_token(token), found, now, way)
    duty.begin(found, now)
    db.session.commit()
    return token


def way_of(token: str) -> str | None:
    """Return how the person of a session signed in, or None."""
    session = staff.find_session(_hash_token(token))
    return session.way if session is not None else None


def is_fresh(token: str, now: datetime) -> bool:
    """Tell whether somebody signed in with this session a moment ago."""
    session = staff.find_session(_hash_token(token))
    return session is not None and now - session.started_at < FRESH


def ask_password(person: Person, password: str, now: datetime) -> bool:
    """Tell whether a signed-in person knows the own password; raises WaitFirst."""
    count_guess("sign-in", person.email, now)
    account = staff.find_account(person.email)
    is_right = passwords.verify(account.password_hash if account else None, password)
    if is_right:
        slowing_down.forgive("sign-in", person.email)
        db.session.commit()
    return is_right


def end_others(person: Person, token: str) -> int:
    """End the sessions of a person but the one of a token, and return how many."""
    ended = factors.end_sessions(person.id, but=_hash_token(token))
    db.session.commit()
    return ended


def find_person(token: str, now: datetime) -> Person | None:
    """Return who is signed in with a token, or None when it is unknown or over."""
    token_hash = _hash_token(token)
    session = staff.find_session(token_hash)
    if session is None or _is_over(session, now):
        return None
    if now - session.seen_at >= TOUCHED_EVERY:
        staff.touch_session(token_hash, now)
        db.session.commit()
    person = staff.find_person(session.staff)
    return standing_in.with_classes_of_today(person, now) if person is not None else None


def whose_session(token: str) -> int | None:
    """Return whose session a token is, also when it is over; it opens nothing."""
    session = staff.find_session(_hash_token(token))
    return session.staff if session is not None else None


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
    keeping.forget_of(person)
    if found is not None:
        audit.add(found.school, now, None, "left", f"staff {person}")
    db.session.commit()


def tidy_email(email: str) -> str:
    """Return an address as it is kept: without spaces around it, in lower case.

    A zero character is left out: PostgreSQL cannot even look for one.
    """
    return email.replace("\0", "").strip().lower()


def count_guess(what: str, subject: str, now: datetime) -> None:
    """Count a guess before it is tried, so that guessing many at once gains nothing."""
    with _counting:
        slowing_down.check(what, subject, now)
        slowing_down.count(what, subject, now)
        db.session.commit()


def _is_asked_more(account: staff.Account | None, email: str) -> bool:
    if account is not None:
        return factors.has_factor(account.id)
    return factors.anybody_has_one() and encrypting.is_decoy(email)


def _begin_second(account: staff.Account | None, email: str, is_right: bool, now: datetime) -> str:
    whose = (account.school, account.id) if account is not None else None
    return steps.begin(Kind.SECOND, keep_second(email, is_right), now, whose)


def _is_over(session: staff.Session, now: datetime) -> bool:
    return now - session.started_at >= ABSOLUTE_LIMIT or now - session.seen_at >= IDLE_LIMIT


def keep_second(email: str, is_right: bool) -> bytes:
    """Return what is kept between the two steps: whether the password was right, and whose."""
    return (b"1" if is_right else b"0") + hashlib.sha256(email.encode()).hexdigest().encode()


def _hash_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
