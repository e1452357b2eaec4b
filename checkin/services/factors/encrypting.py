"""What a stolen database must not give away: encrypted with a key made of the server's secret."""

import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

_NONCE = 12
_KEY = 32


def encrypt(value: bytes, whose: str) -> bytes:
    """Encrypt a value; it can be read again as the same person's alone."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(_key("authenticator secrets")).encrypt(nonce, value, whose.encode())


def decrypt(value: bytes, whose: str) -> bytes | None:
    """Return what was encrypted; None when it is another's, or of another secret of the server."""
    nonce, rest = value[:_NONCE], value[_NONCE:]
    try:
        return AESGCM(_key("authenticator secrets")).decrypt(nonce, rest, whose.encode())
    except (InvalidTag, ValueError):
        return None


def handle_of(staff: int) -> bytes:
    """Return what a passkey knows a person by: it says nothing of the person."""
    return hmac.digest(_key("passkey handles"), str(staff).encode(), "sha256")


def is_decoy(email: str) -> bool:
    """Tell whether an address without an account is to look as if it had a second factor.

    One in two does, always the same: whoever does not know the server's secret cannot tell them
    from the addresses that have one.
    """
    return hmac.digest(_key("decoys"), email.encode(), "sha256")[0] % 2 == 0


def _key(purpose: str) -> bytes:
    secret = current_app.config["SECRET_KEY"].encode()
    return HKDF(SHA256(), _KEY, salt=None, info=f"checkin {purpose}".encode()).derive(secret)
