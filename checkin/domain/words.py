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
    Language("ar", "العربية", "rtl"),
    Language("uk", "Українська"),
    Language("ti", "ትግርኛ"),
    Language("tr", "Türkçe"),
    Language("pl", "Polski"),
    Language("fa", "فارسی", "rtl"),
    Language("so", "Soomaali"),
    Language("ku", "Kurmancî"),
    Language("ckb", "سۆرانی", "rtl"),
    Language("bg", "Български"),
    Language("en", "English", reviewed=True),
    Language("ru", "Русский"),
    Language("es", "Español"),
    Language("ro", "Română"),
    Language("ps", "پښتو", "rtl"),
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
    "talk",
    "imagine",
    "move",
    "rest",
    "think",
    "strength",
)
"""The message ids of the `pupils` catalogues; a card's word is its feeling's or coping's value."""


def find_language(code: str) -> Language | None:
    """Return a language by its code, or None."""
    return next((language for language in LANGUAGES if language.code == code), None)
