"""Counters shut in boxes, for a database that keeps history.

PostgreSQL leaves the old version of a row where it was. Two versions of a counter would tell what
was tapped between them, so it never sees one: what it stores is shut with a key that is not in it.
Every box has the same length and looks like chance, also when nothing in it changed.
"""

import secrets
import struct
from collections.abc import Sequence
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from checkin.storage.database import StorageUnavailable

NONCE = 12
MADE_BY_OTHERS = (
    "the open rounds were made with another CHECKIN_SECRET_KEY; every server process needs the same"
)


class Boxes:
    """Shuts and opens counters; each school day and each week has a key of its own."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._cipher = lru_cache(maxsize=64)(self._derive)

    def shut(self, counters: Sequence[int], period: str, name: str) -> bytes:
        """Return a box that only opens under the same period and name."""
        nonce = secrets.token_bytes(NONCE)
        inside = struct.pack(f">{len(counters)}q", *counters)
        return nonce + self._cipher(period).encrypt(nonce, inside, name.encode())

    def open(self, box: bytes, period: str, name: str) -> list[int]:
        """Return the counters in a box; raise StorageUnavailable when the secret is another."""
        try:
            inside = self._cipher(period).decrypt(box[:NONCE], box[NONCE:], name.encode())
        except InvalidTag as error:
            raise StorageUnavailable(MADE_BY_OTHERS) from error
        return list(struct.unpack(f">{len(inside) // 8}q", inside))

    def _derive(self, period: str) -> AESGCM:
        info = f"checkin open rounds {period}".encode()
        return AESGCM(HKDF(SHA256(), length=32, salt=None, info=info).derive(self._secret))
