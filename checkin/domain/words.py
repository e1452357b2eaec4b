"""The few words a pupil may see, in every language the product speaks."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """A language of the pupil's screen: BCP 47 code, own name, writing direction."""

    code: str
    name: str
    direction: str = "ltr"
    reviewed: bool = False


LANGUAGES = (
    Language("nl", "Nederlands", reviewed=True),
    Language("en", "English", reviewed=True),
    Language("ar", "العربية", "rtl"),
    Language("uk", "Українська"),
    Language("ti", "ትግርኛ"),
)
"""A new language is one line here and one catalogue, `translations/<code>/.../pupils.po`."""

PUPIL_WORDS = (
    "happy",
    "sad",
    "angry",
    "scared",
    "calm",
    "tired",
    "excited",
    "worried",
    "not today",
)
"""The message ids of the `pupils` catalogues; a card's word is its feeling's value."""


def find_language(code: str) -> Language | None:
    """Return a language by its code, or None."""
    return next((language for language in LANGUAGES if language.code == code), None)
