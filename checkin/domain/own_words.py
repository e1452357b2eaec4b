"""What a school may call a card or a language: short, plain, in any script."""

import re
import unicodedata
from enum import StrEnum

MOST_LETTERS = 24
"""More does not fit under a picture; marks on a letter, such as vowels, do not count."""

MOST_LANGUAGES = 20
MOST_CHARACTERS = 3 * MOST_LETTERS
JOINERS = "\u00ad\u200c\u200d"  # where a word may break, and how its letters join
BETWEEN_LETTERS = " '’ʼʻ‘-‐‑·./,!?¡¿؟،፣።"
NO_LANGUAGE = frozenset({"mis", "mul", "und", "zxx"})

_CODE = re.compile(
    r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<region>[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
)


class Wrong(StrEnum):
    """Why a word, a name or a code cannot be taken."""

    TOO_LONG = "too long"
    NO_LETTER = "no letter"
    ODD_SIGN = "odd sign"
    NO_CODE = "no code"
    TAKEN = "taken"
    TOO_MANY = "too many"
    NO_DIRECTION = "no direction"


class NotTaken(ValueError):
    """A word, a name or a code that cannot be; `sign` is what was odd in it."""

    def __init__(self, wrong: Wrong, sign: str = "") -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.sign = sign


def read_word(text: str) -> str:
    """Return a word as it is kept (NFC, single spaces), '' for none; raises NotTaken."""
    word = unicodedata.normalize("NFC", " ".join(text.split()))
    if not word.strip(JOINERS + " "):
        return ""
    odd = next((sign for sign in word if not _is_fine(sign)), None)
    if odd is not None:
        raise NotTaken(Wrong.ODD_SIGN, odd if odd.isprintable() else "")
    if len(word) > MOST_CHARACTERS or letters_in(word) > MOST_LETTERS:
        raise NotTaken(Wrong.TOO_LONG)
    if not any(_kind(sign) == "L" for sign in word):
        raise NotTaken(Wrong.NO_LETTER)
    return word


def read_name(text: str) -> str:
    """Return the name of a language as it is kept; raises NotTaken, also when there is none."""
    name = read_word(text)
    if not name:
        raise NotTaken(Wrong.NO_LETTER)
    return name


def read_code(text: str) -> str:
    """Return a BCP 47 code as it is usually written, such as 'ar-SY'; raises NotTaken."""
    found = _CODE.fullmatch(text.strip().replace("_", "-").lower())
    if found is None or len(found[0]) > MOST_LETTERS or found["language"] in NO_LANGUAGE:
        raise NotTaken(Wrong.NO_CODE)
    script, region = found["script"] or "", found["region"] or ""
    parts = (found["language"], script.title(), region.upper(), found["variants"][1:])
    return "-".join(part for part in parts if part)


def read_direction(text: str) -> str:
    """Return a writing direction; raises NotTaken."""
    if text not in ("ltr", "rtl"):
        raise NotTaken(Wrong.NO_DIRECTION)
    return text


def letters_in(word: str) -> int:
    """Count what takes room: marks sit on their letter, joiners are not seen."""
    return sum(_kind(sign) != "M" and sign not in JOINERS for sign in word)


def _is_fine(sign: str) -> bool:
    return _kind(sign) in "LM" or sign.isdecimal() or sign in JOINERS + BETWEEN_LETTERS


def _kind(sign: str) -> str:
    return unicodedata.category(sign)[0]
