"""The few words a pupil may see or hear, in every language the product speaks."""

from dataclasses import dataclass

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling


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

DUTCH = "nl"

FEELING_WORDS = (
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
COPING_WORDS = ("talk", "imagine", "move", "rest", "think", "strength")
NEED_WORDS = ("pain", "talk-request")
ADULT_WORDS = ("teacher", "care-coordinator", "caretaker", "confidant", "nurse", "someone")
SYMBOL_WORDS = (
    *("bird", "butterfly", "elephant", "fish", "fox", "giraffe", "rabbit", "snail", "turtle"),
    *("whale", "apple", "flower", "leaf", "mountain", "tree", "ball", "bicycle", "chair", "cup"),
    *("drum", "key", "kite", "lamp", "umbrella"),
)
"""The class symbols; a pupil who asks for a talk may show one."""
TALK_WORDS = (
    "my symbol",
    "no symbol",
    "was it seen",
    "waits",
    "seen",
    "come to me",
    "nothing here",
)
"""What is said on the way of a talk request."""
SAYINGS = (
    "hello",
    "goodbye",
    "languages",
    "listen",
    "what helps",
    "back",
    "thank you",
    "nobody sees",
    "later",
    "grown-up",
    "breathe",
)
"""What else a screen reader says; a card's word is its feeling's, coping's or picture's name."""

PUPIL_WORDS = (
    *(*FEELING_WORDS, *COPING_WORDS, *NEED_WORDS, *ADULT_WORDS),
    *(*SYMBOL_WORDS, *TALK_WORDS, *SAYINGS),
)
"""The message ids of the `pupils` catalogues."""


def find_language(code: str) -> Language | None:
    """Return a language that comes with the program by its code, or None."""
    return next((language for language in LANGUAGES if language.code == code), None)


def id_of(card: Feeling | Coping | str) -> str:
    """Return the message id of a card; a need, an adult or a saying is its own id."""
    return "not today" if card is Feeling.PASS else str(card)
