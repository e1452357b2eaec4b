"""All the words of a school: those that came with the program, and its own over them."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.words import DUTCH, LANGUAGES, PUPIL_WORDS, Language, id_of

Words = Mapping[str, str]
"""Words of one language by message id."""


@dataclass(frozen=True)
class OwnWords:
    """The languages a school added and the words it would rather have, by language."""

    languages: tuple[Language, ...] = ()
    words: Mapping[str, Words] = field(default_factory=dict)


@dataclass(frozen=True)
class Review:
    """That somebody who speaks a language looked its words through, as they were then."""

    on: date
    by: str
    version: str


class Standing(StrEnum):
    """Who has looked the words of a language through."""

    MAKERS = "makers"
    SCHOOL = "school"
    CHANGED = "changed"
    NOT_YET = "not yet"


@dataclass(frozen=True)
class Vocabulary:
    """Every language and word of a school; `shipped` gives the words that came along."""

    shipped: Callable[[str], Words]
    own: OwnWords = OwnWords()

    @property
    def languages(self) -> tuple[Language, ...]:
        """Return every language there is for this school."""
        return all_languages(self.own.languages)

    def find_language(self, code: str) -> Language | None:
        """Return a language by its code, or None."""
        return next((language for language in self.languages if language.code == code), None)

    def is_own(self, code: str) -> bool:
        """Tell whether the school added this language itself."""
        return self.find_language(code) in self.own.languages

    def shipped_in(self, code: str) -> Words:
        """Return the words that came with the program: none of a language the school added."""
        return {} if self.is_own(code) else self.shipped(code)

    def words_in(self, code: str) -> Words:
        """Return every word of a language; one of the school's own may lack some."""
        own = self.own.words.get(code, {})
        return {**self.shipped_in(code), **{id: own[id] for id in PUPIL_WORDS if id in own}}

    def find_word(self, card: Feeling | Coping | str, code: str) -> str | None:
        """Return the word of a card, or None when the language has none."""
        own = self.own.words.get(code, {}).get(id_of(card))
        return own or self.shipped_in(code).get(id_of(card))

    def languages_of(self, codes: Sequence[str]) -> list[Language]:
        """Return the languages a class sees, in its own order; Dutch when it named none."""
        found = [language for code in codes if (language := self.find_language(code))]
        return found or self.languages_of((DUTCH,))

    def version_of(self, codes: Sequence[str]) -> str:
        """Return a short hash of all words in these languages, and of their Dutch."""
        shown = [(one, sorted(self.words_in(one.code).items())) for one in self.languages_of(codes)]
        return _hash((shown, sorted(self.words_in(DUTCH).items())))

    def version_in(self, code: str) -> str:
        """Return a short hash of the words of one language: it changes when any of them does."""
        return _hash(sorted(self.words_in(code).items()))

    def standing_of(self, language: Language, review: Review | None) -> Standing:
        """Tell who has looked a language through; a school's mark falls when a word changes."""
        if review is None:
            return Standing.MAKERS if language.reviewed else Standing.NOT_YET
        is_same = review.version == self.version_in(language.code)
        return Standing.SCHOOL if is_same else Standing.CHANGED


def all_languages(own: Sequence[Language]) -> tuple[Language, ...]:
    """Return the languages of the program, then those of a school that are not among them."""
    codes = {language.code for language in LANGUAGES}
    return (*LANGUAGES, *(language for language in own if language.code not in codes))


def _hash(found: object) -> str:
    return hashlib.sha256(repr(found).encode()).hexdigest()[:16]
