"""The code on the console that lets a school be set up in a browser, and what is typed there.

Several processes may serve one database, so the code is kept there, as a hash; the newest holds.
"""

import hashlib
import hmac
import secrets
from datetime import datetime
from typing import Any

from flask import current_app

from checkin.services import signing_in, slowing_down
from checkin.services.setting_up import is_set_up
from checkin.services.slowing_down import WaitFirst
from checkin.storage import first_start
from checkin.storage.database import db

__all__ = ["WaitFirst", "WrongCode"]

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 8

Answers = dict[str, Any]
"""By step, what stands in its fields."""


class WrongCode(Exception):
    """A code that is not the one the console showed last."""


def offer(now: datetime) -> str | None:
    """Make a code while there is no school, and return it; earlier ones are good no more."""
    db.session.rollback()
    first_start.hold()
    if is_set_up():
        db.session.rollback()
        return None
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    first_start.offer(_hash_code(code), now)
    db.session.commit()
    return f"{code[:4]}-{code[4:]}"


def is_offered() -> bool:
    """Tell whether a server made a code."""
    return first_start.find_code() is not None


def enter(code: str, token: str, now: datetime) -> str:
    """Let whoever gives the right code in; return what finds their answers from then on.

    `token` is the one they had: what they typed before the server's restart is there again.
    Raises WrongCode, and WaitFirst after many guesses.
    """
    signing_in.count_guess("setup", "code", now)
    good, given = first_start.find_code(), _hash_code(_tidy(code))
    if good is None or not hmac.compare_digest(good, given):
        raise WrongCode
    slowing_down.forgive("setup", "code")
    if token and first_start.find_answers(_hash_token(token)) is not None:
        first_start.renew(_hash_token(token), good)
    else:
        token = secrets.token_urlsafe(32)
        first_start.add_answers(_hash_token(token), good)
    db.session.commit()
    return token


def find_answers(token: str) -> Answers | None:
    """Return what was typed so far by whoever gave the code of now; None for everybody else."""
    found = first_start.find_answers(_hash_token(token)) if token else None
    if found is None or found[0] != first_start.find_code():
        return None
    return found[1]


def keep_answers(token: str, answers: Answers) -> None:
    """Keep what was typed."""
    first_start.keep_answers(_hash_token(token), answers)
    db.session.commit()


def _tidy(code: str) -> str:
    return "".join(c for c in code.upper() if c in LETTERS)


def _hash_code(code: str) -> bytes:
    """Hash with the server's secret: forty bits alone could be searched."""
    secret = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(secret, b"first start " + code.encode(), "sha256")


def _hash_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
