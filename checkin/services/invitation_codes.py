"""The secrets that let people in once: a code to print, a token to mail. Kept as hashes alone."""

import hmac
import secrets

from flask import current_app

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
CODE_LENGTH = 16
"""Eighty bits: too many to guess, few enough to type."""
PLACE = 4
"""So many letters say at which code is guessed: guessing at one slows nobody with another."""


def make_code() -> str:
    """Return a code to print."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def make_token() -> str:
    """Return a token of 256 bits to mail."""
    return secrets.token_urlsafe(32)


def tidy(secret: str) -> str:
    """Return a code as it was made, however it was typed; a token as it is."""
    letters = "".join(c for c in secret.upper() if c in LETTERS)
    is_typed = sum(c.isalnum() for c in secret) <= CODE_LENGTH
    return letters if is_typed else secret.strip()


def is_code(secret: str) -> bool:
    """Tell whether a tidy secret is a code, which could be guessed at; a token cannot."""
    return len(secret) <= CODE_LENGTH


def hash_of(secret: str) -> bytes:
    """Hash with the server's secret, so that a stolen database cannot be searched for codes."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.digest(key, b"invitation " + secret.encode(), "sha256")
