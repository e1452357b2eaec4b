"""The words that can be heard, and a school's own recordings of them."""

import hashlib
from dataclasses import dataclass
from datetime import date

from checkin.domain.words import ADULT_WORDS, COPING_WORDS, FEELING_WORDS, NEED_WORDS

SPOKEN_WORDS = (*FEELING_WORDS, *COPING_WORDS, *NEED_WORDS, *ADULT_WORDS)
"""What lies on a card; the other words of the screen are for whoever uses a screen reader."""


@dataclass(frozen=True)
class Recording:
    """A word as somebody of the school said it; `version` names its sound and its text."""

    language: str
    word: str
    version: str
    made_on: date

    def says(self, text: str) -> bool:
        """Tell whether this is still the word: one that was changed since sounds otherwise."""
        return self.version.endswith(f"-{_hash(spoken(text).encode())}")


def version_of(audio: bytes, text: str) -> str:
    """Return a name for a sound of a text: another sound or another text has another name."""
    return f"{_hash(audio)}-{_hash(spoken(text).encode())}"


def spoken(text: str) -> str:
    """Return what is said of a text: where a word may break is only for the eye."""
    return text.replace("\u00ad", "")


def _hash(found: bytes) -> str:
    return hashlib.sha256(found).hexdigest()[:16]
