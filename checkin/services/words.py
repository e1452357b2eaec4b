"""A school's own words and languages: corrected, added, looked through by who speaks them."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from checkin.domain.access import Person
from checkin.domain.own_words import (
    MOST_LANGUAGES,
    NotTaken,
    Wrong,
    read_code,
    read_direction,
    read_name,
)
from checkin.domain.vocabulary import OwnWords, Review, all_languages
from checkin.domain.words import PUPIL_WORDS, Language
from checkin.storage import schools
from checkin.storage import words as storage
from checkin.storage.database import db


class StillOffered(Exception):
    """A language that classes still see; `classrooms` are their names."""

    def __init__(self, classrooms: tuple[str, ...]) -> None:
        super().__init__(*classrooms)
        self.classrooms = classrooms


def languages_of_school(school: int) -> tuple[Language, ...]:
    """Return every language a class of this school can be offered."""
    return all_languages(storage.own_words_of(school).languages)


def own_words_of(school: int) -> OwnWords:
    """Return the languages a school added and the words it would rather have."""
    return storage.own_words_of(school)


def reviews_of(school: int) -> Mapping[str, Review]:
    """Return who last looked which language through, by code."""
    return storage.reviews_of(school)


def correct_words(person: Person, language: str, words: Mapping[str, str]) -> None:
    """Keep these words for the school; an empty one gives the shipped word its place back."""
    known = {id: text for id, text in words.items() if id in PUPIL_WORDS}
    storage.set_words(person.school, language, known)
    db.session.commit()


def add_language(person: Person, code: str, name: str, direction: str) -> Language:
    """Add a language to the school; raises NotTaken."""
    new = Language(read_code(code), read_name(name), read_direction(direction))
    own = storage.own_words_of(person.school).languages
    if new.code in {language.code for language in all_languages(own)}:
        raise NotTaken(Wrong.TAKEN)
    if len(own) >= MOST_LANGUAGES:
        raise NotTaken(Wrong.TOO_MANY)
    storage.set_language(person.school, new)
    db.session.commit()
    return new


def change_language(person: Person, language: Language, name: str, direction: str) -> None:
    """Change the name or writing direction of a language of the school's own; raises NotTaken."""
    changed = Language(language.code, read_name(name), read_direction(direction))
    storage.set_language(person.school, changed)
    db.session.commit()


def remove_language(person: Person, code: str) -> None:
    """Remove a language of the school's own and its words; raises StillOffered."""
    classrooms = schools.list_classrooms(person.school)
    if names := tuple(one.name for one in classrooms if code in one.languages):
        raise StillOffered(names)
    storage.remove_language(person.school, code)
    db.session.commit()


def mark_looked_through(person: Person, language: str, version: str, now: datetime) -> None:
    """Note that somebody who speaks the language looked these very words through today."""
    zone = ZoneInfo(schools.get_school(person.school).zone)
    storage.set_review(person.school, language, now.astimezone(zone).date(), person.id, version)
    db.session.commit()


def take_mark_back(person: Person, language: str) -> None:
    """Note that nobody has looked the language through after all."""
    storage.remove_review(person.school, language)
    db.session.commit()
