"""Passwords: kept as argon2id hashes only."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app

SHORTEST = 10


class _Passwords:
    """A hasher, and the hash that an address without an account is checked against."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self.hasher = hasher
        self.nobody = hasher.hash("nobody has this password")


def use_hasher(app: Flask, hasher: PasswordHasher) -> None:
    """Give an app another hasher than the library's default; only tests have a reason to."""
    app.extensions["passwords"] = _Passwords(hasher)


def make_hash(password: str) -> str:
    """Return the hash of a new password; ValueError when it is too short."""
    password = _tidy(password)
    if len(password) < SHORTEST:
        raise ValueError(f"a password needs at least {SHORTEST} characters")
    return _passwords().hasher.hash(password)


def verify(known: str | None, password: str) -> bool:
    """Tell whether a password fits a hash; None or '' costs the same work and never fits."""
    passwords = _passwords()
    try:
        passwords.hasher.verify(known or passwords.nobody, _tidy(password))
    except (VerificationError, InvalidHashError):
        return False
    return bool(known)


def renew(known: str, password: str) -> str | None:
    """Return a new hash of a right password when the hasher's parameters changed, else None."""
    hasher = _passwords().hasher
    return hasher.hash(_tidy(password)) if hasher.check_needs_rehash(known) else None


def _passwords() -> _Passwords:
    """Return the app's own, made at its first use."""
    if "passwords" not in current_app.extensions:
        use_hasher(current_app._get_current_object(), PasswordHasher())  # type: ignore[attr-defined]
    found = current_app.extensions["passwords"]
    assert isinstance(found, _Passwords)  # noqa: S101  # what `use_hasher` put there
    return found


def _tidy(password: str) -> str:
    """Write letters one way, so that a password typed on another keyboard still fits."""
    return unicodedata.normalize("NFKC", password)
