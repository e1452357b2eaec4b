"""Whether a new password is one that others would try first."""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum

LONGEST = 200
SHORTEST_REST = 8
"""So much of a password has to be its person's own, beside names and the commonest words."""
FEWEST_KINDS = 5
"""Different characters: 'aaaaaaaaaaaa' is long, and tried early."""

COMMON = (
    "0123456789",
    "1234567890",
    "0987654321",
    "123456789",
    "12345678",
    "1234567",
    "123456",
    "qwertyuiop",
    "qwerty",
    "azerty",
    "asdfghjkl",
    "zxcvbnm",
    "wachtwoord",
    "password",
    "passwort",
    "welkom",
    "welcome",
    "geheim",
    "school",
    "juffrouw",
    "meester",
    "leerkracht",
    "nederland",
    "amsterdam",
    "rotterdam",
    "feyenoord",
    "voetbal",
    "zomer",
    "winter",
    "lente",
    "herfst",
    "checkin",
    "admin",
    "beheerder",
    "letmein",
    "iloveyou",
    "ikhouvanjou",
    "abcdefgh",
    "abc123",
)
"""What is tried first, in Dutch schools too; a year or a mark behind it makes it no other word."""


class Weak(StrEnum):
    """Why a password cannot be."""

    SHORT = "short"
    LONG = "long"
    NAMED = "named"
    COMMON = "common"


def find_weakness(password: str, shortest: int, about: Iterable[str]) -> Weak | None:
    """Return why a password cannot be, or None; `about` are its person's names and address."""
    plain = unicodedata.normalize("NFKC", password)
    if len(plain) < shortest:
        return Weak.SHORT
    if len(plain) > LONGEST:
        return Weak.LONG
    folded = plain.casefold()
    own = _without(folded, {word for text in about for word in _words(text)})
    if own != folded and len(own) < SHORTEST_REST:
        return Weak.NAMED
    rest = min(len(_without(own, COMMON)), len(_without(folded, COMMON)))
    return Weak.COMMON if rest < SHORTEST_REST or len(set(folded)) < FEWEST_KINDS else None


def _words(text: str) -> list[str]:
    """Return the words of a name or an address that are long enough to stand for it."""
    found = re.split(r"[^\w]+|_", unicodedata.normalize("NFKC", text).casefold())
    return [word for word in found if len(word) >= 3]


def _without(text: str, words: Iterable[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "")
    return text
