"""Giving a tablet the right to tap for one classroom, and taking it away."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from flask import current_app

from checkin.domain.school import Tablet
from checkin.services import slowing_down
from checkin.services.slowing_down import WaitFirst
from checkin.storage import tablets
from checkin.storage.database import db

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8
CODE_LASTS = timedelta(minutes=10)
MOST_TRIES = 5


class WrongCode(Exception):
    """A code that is unknown, used, too old or tried too often; which of these is not told."""


class GuessingTooFast(Exception):
    """Too many wrong codes in a row; `seconds` says how long to wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def make_code(school: int, classroom: int, made_by: int, now: datetime) -> str:
    """Make a code that enrols one tablet within ten minutes; only its hash is kept."""
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    tablets.add_code(school, classroom, _hash_code(code), made_by, now + CODE_LASTS)
    db.session.commit()
    return code


def enrol(code: str, now: datetime) -> str:
    """Turn a fresh code into a tablet and return its 256-bit token; raises WrongCode."""
    try:
        slowing_down.check("enrolment", "code", now)
        slowing_down.count("enrolment", "code", now)  # before it is tried: many at once gain none
        db.session.commit()
    except WaitFirst as wait:
        raise GuessingTooFast(wait.seconds) from None
    used = tablets.use_code(_hash_code(_tidy(code)), now, MOST_TRIES)
    if used is None:
        tablets.count_wrong_try(now, MOST_TRIES)
        db.session.commit()
        raise WrongCode
    slowing_down.forgive("enrolment", "code")
    token = add_tablet(*used, now)
    db.session.commit()
    return token


def enrol_here(school: int, classroom: int, now: datetime) -> str:
    """Give the device that asks the right to tap for a group, without a code; return its token."""
    token = add_tablet(school, classroom, now)
    db.session.commit()
    return token


def add_tablet(school: int, classroom: int, now: datetime) -> str:
    """Add a tablet with a name by number and return its token; the caller commits."""
    token = secrets.token_urlsafe(32)
    label = f"Tablet {len(tablets.list_tablets(school)) + 1}"
    tablets.add_tablet(school, classroom, label, _hash_token(token), now)
    return token


def find_tablet(token: str) -> Tablet | None:
    """Return the tablet of a token, or None when it is unknown or revoked."""
    tablet = tablets.find_by_token(_hash_token(token))
    return tablet if tablet is not None and not tablet.is_revoked else None


def was_revoked(token: str) -> bool:
    """Tell whether a token was a tablet's whose right to tap has been taken away."""
    tablet = tablets.find_by_token(_hash_token(token))
    return tablet is not None and tablet.is_revoked


def is_fresh(code: str, now: datetime) -> bool:
    """Tell whether a code would still enrol a tablet."""
    return tablets.is_live_code(_hash_code(_tidy(code)), now, MOST_TRIES)


def list_tablets(school: int) -> list[Tablet]:
    """Return every tablet of a school, revoked ones too."""
    return tablets.list_tablets(school)


def find_tablet_of(school: int, id: int) -> Tablet | None:
    """Return a tablet of a school by its number, or None."""
    tablet = tablets.find_tablet(id)
    return tablet if tablet is not None and tablet.school == school else None


def rename(id: int, label: str) -> None:
    """Give a tablet another name."""
    tablets.rename_tablet(id, label)
    db.session.commit()


def revoke(id: int, by: int, now: datetime) -> None:
    """Take a tablet's right to tap away."""
    tablets.revoke_tablet(id, by, now)
    db.session.commit()


def _tidy(code: str) -> str:
    return "".join(c for c in code.upper() if c.isalnum())


def _hash_code(code: str) -> bytes:
    """Hash a short code with the server's secret, so that a stolen database cannot be searched."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(secret, b"enrolment code " + code.encode(), "sha256")


def _hash_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
