"""What is half done: a short record on the server, found by a token; it opens no page."""

import hashlib
import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from checkin.domain.access import Person
from checkin.storage import sign_in_steps
from checkin.storage.database import db
from checkin.storage.sign_in_steps import Step

__all__ = ["Kind", "Step"]

MOST_TRIES = 5


class Kind(StrEnum):
    """What is half done."""

    SECOND = "second"
    """A password was given; the second factor is asked."""
    PASSKEY = "passkey"
    """A challenge for any passkey."""
    NEW_APP = "new-app"
    NEW_PASSKEY = "new-passkey"
    ELSEWHERE = "elsewhere"
    """Somebody went to sign in elsewhere, and has not come back yet."""


_LASTS = {
    Kind.SECOND: timedelta(minutes=5),
    Kind.PASSKEY: timedelta(minutes=5),
    Kind.NEW_APP: timedelta(minutes=15),
    Kind.NEW_PASSKEY: timedelta(minutes=5),
    Kind.ELSEWHERE: timedelta(minutes=10),
}


def begin(kind: Kind, kept: bytes, now: datetime, whose: tuple[int, int] | None = None) -> str:
    """Keep something half done and return its token; `whose` is a school and a person."""
    token = secrets.token_urlsafe(32)
    _put(token, kind, kept, now, whose)
    return token


def begin_of(kind: Kind, session: str, person: Person, kept: bytes, now: datetime) -> None:
    """Keep something half done by who is signed in; the session's own token finds it."""
    _put(session, kind, kept, now, (person.school, person.id))


def find(kind: Kind, token: str, now: datetime) -> Step | None:
    """Return what is half done, None when it is over or was tried too often."""
    step = sign_in_steps.find(_hash(kind, token), kind, now)
    return step if step is not None and step.tries < MOST_TRIES else None


def find_of(kind: Kind, session: str, person: Person, now: datetime) -> Step | None:
    """Return what a signed-in person has half done, or None."""
    step = find(kind, session, now)
    return step if step is not None and step.staff == person.id else None


def take(kind: Kind, token: str, now: datetime) -> Step | None:
    """End what is half done and return it: only one of two at once gets it."""
    step = find(kind, token, now)
    gone = step is not None and sign_in_steps.drop(_hash(kind, token))
    db.session.commit()
    return step if gone else None


def count_try(kind: Kind, token: str) -> None:
    """Count a try; after some it is over."""
    sign_in_steps.count_try(_hash(kind, token))
    db.session.commit()


def end(kind: Kind, token: str) -> bool:
    """End it; False when somebody was sooner. The caller commits."""
    return sign_in_steps.drop(_hash(kind, token))


def forget(now: datetime) -> int:
    """Forget what is over, and return how many; the caller commits."""
    return sign_in_steps.drop_over(now)


def _put(token: str, kind: Kind, kept: bytes, now: datetime, whose: tuple[int, int] | None) -> None:
    school, staff = whose or (None, None)
    forget(now)
    sign_in_steps.put(_hash(kind, token), kind, kept, now + _LASTS[kind], school, staff)
    db.session.commit()


def _hash(kind: Kind, token: str) -> bytes:
    return hashlib.sha256(f"{kind} {token}".encode()).digest()
