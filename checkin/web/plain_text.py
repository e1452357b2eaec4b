"""Typed text without signs that nobody sees and that turn what stands beside them around."""

import unicodedata

LINES = "\t\n\r"
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides and isolates; the marks for one letter's side (U+200E, U+200F) may stay."""


def plain(text: str) -> str:
    """Return text without control characters and without signs that turn its direction."""
    return "".join(sign for sign in text if _stays(sign))


def plain_name(text: str) -> str:
    """Return a name in one line, without any sign that nobody sees: those for a side of a word too.

    They come along when a name is copied, and would be refused as no letters.
    """
    seen = (sign for sign in plain(text) if unicodedata.category(sign) != "Cf")
    return " ".join("".join(seen).split())


def _stays(sign: str) -> bool:
    return sign in LINES or (sign not in TURNING and unicodedata.category(sign) != "Cc")
