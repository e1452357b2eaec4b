"""The words under the pictures, in the languages of a class."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from babel.messages.pofile import read_po
from flask import g

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.vocabulary import Vocabulary
from checkin.domain.words import DUTCH, PUPIL_WORDS, Language, id_of
from checkin.services.words import own_words_of
from checkin.web.language import translations_folder

__all__ = ["DUTCH", "languages_of", "version_of", "vocabulary_of", "word", "words_in"]


def vocabulary_of(school: int) -> Vocabulary:
    """Return all the words of a school; asked for once a page, however often it is needed."""
    known: dict[int, Vocabulary] = g.setdefault("vocabularies", {})
    if school not in known:
        known[school] = Vocabulary(words_in, own_words_of(school))
    return known[school]


def forget_vocabulary() -> None:
    """Ask anew on this page: words have been changed."""
    g.pop("vocabularies", None)


def word(card: Feeling | Coping | str, language: str) -> str:
    """Return the word that came with the program; raises KeyError when there is none."""
    return words_in(language)[id_of(card)]


def languages_of(codes: Sequence[str]) -> list[Language]:
    """Return those of the program's languages that a class sees."""
    return Vocabulary(words_in).languages_of(codes)


def version_of(codes: Sequence[str]) -> str:
    """Return a short hash of the words that came with the program in these languages."""
    return Vocabulary(words_in).version_of(codes)


@lru_cache
def words_in(language: str) -> Mapping[str, str]:
    """Return every shipped word of a language by its message id."""
    path = translations_folder() / language / "LC_MESSAGES" / "pupils.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    found = {text: str(m.string) for text in PUPIL_WORDS if (m := catalogue.get(text)) and m.string}
    return MappingProxyType(found)
