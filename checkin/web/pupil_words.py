"""The words under the pictures, in the languages of a class."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from babel.messages.pofile import read_po

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.words import PUPIL_WORDS, Language, find_language
from checkin.web.language import translations_folder

DUTCH = "nl"


def word(card: Feeling | Coping, language: str) -> str:
    """Return the word of a card in a language; raises KeyError when it has none."""
    return words_in(language)["not today" if card is Feeling.PASS else card.value]


def languages_of(codes: Sequence[str]) -> list[Language]:
    """Return the languages a class sees, in its own order; Dutch when it named none."""
    found = [language for code in codes if (language := find_language(code))]
    return found or languages_of((DUTCH,))


def version_of(codes: Sequence[str]) -> str:
    """Return a short hash of all words in these languages."""
    words = [sorted(words_in(language.code).items()) for language in languages_of(codes)]
    return hashlib.sha256(repr((words, sorted(words_in(DUTCH).items()))).encode()).hexdigest()[:16]


@lru_cache
def words_in(language: str) -> Mapping[str, str]:
    """Return every word of a language by its message id."""
    path = translations_folder() / language / "LC_MESSAGES" / "pupils.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    found = {text: str(m.string) for text in PUPIL_WORDS if (m := catalogue.get(text)) and m.string}
    return MappingProxyType(found)
