"""A school's own words and languages, and who looked them through."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Delete, bindparam, delete, literal, select, union_all

from checkin.domain.vocabulary import OwnWords, Review
from checkin.domain.words import Language
from checkin.storage.database import db
from checkin.storage.rows import (
    LanguageReviewRow,
    OwnLanguageRow,
    OwnWordRow,
    RecordingRow,
    StaffRow,
)

# Both kinds at once: every page of a class asks for them.
_LANGUAGES = select(
    OwnLanguageRow.code,
    OwnLanguageRow.name,
    OwnLanguageRow.direction,
    literal(True).label("is_new"),
).where(OwnLanguageRow.school_id == bindparam("school"))
_WORDS = select(OwnWordRow.language, OwnWordRow.text, OwnWordRow.word, literal(False)).where(
    OwnWordRow.school_id == bindparam("school")
)
_OWN = union_all(_LANGUAGES, _WORDS)


def own_words_of(school: int) -> OwnWords:
    """Return the languages a school added, by name, and its own words, in one query."""
    languages: list[Language] = []
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for code, text, other, is_new in db.session.execute(_OWN, {"school": school}):
        if is_new:
            languages.append(Language(code, text, other))
        else:
            words[code][other] = text
    return OwnWords(tuple(sorted(languages, key=lambda one: (one.name, one.code))), dict(words))


def reviews_of(school: int) -> dict[str, Review]:
    """Return the mark of every language that was ever looked through, by code."""
    query = (
        select(LanguageReviewRow, StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == LanguageReviewRow.reviewed_by)
        .where(LanguageReviewRow.school_id == school)
    )
    return {
        row.language: Review(row.reviewed_on, name or "", row.words_version)
        for row, name in db.session.execute(query)
    }


def set_words(school: int, language: str, words: Mapping[str, str]) -> None:
    """Keep words of a school's own; an empty one gives the shipped word its place back."""
    for word, text in words.items():
        row = db.session.get(OwnWordRow, (school, language, word))
        if row is not None and text:
            row.text = text
        elif row is not None:
            db.session.delete(row)
        elif text:
            db.session.add(OwnWordRow(school_id=school, language=language, word=word, text=text))


def set_language(school: int, language: Language) -> None:
    """Add a language of the school's own, or change its name and direction."""
    row = OwnLanguageRow(
        school_id=school, code=language.code, name=language.name, direction=language.direction
    )
    db.session.merge(row)


def remove_language(school: int, code: str) -> None:
    """Remove a language of the school's own with all that was said in it."""
    for row in (OwnWordRow, LanguageReviewRow, RecordingRow):
        db.session.execute(_of(row, school, code))
    db.session.execute(
        delete(OwnLanguageRow).where(
            OwnLanguageRow.school_id == school, OwnLanguageRow.code == code
        )
    )


def set_review(school: int, language: str, on: date, by: int, version: str) -> None:
    """Note who looked a language through, when, and which words they saw."""
    row = LanguageReviewRow(
        school_id=school, language=language, reviewed_on=on, reviewed_by=by, words_version=version
    )
    db.session.merge(row)


def remove_review(school: int, language: str) -> None:
    """Take the mark of a language away."""
    db.session.execute(_of(LanguageReviewRow, school, language))


def _of(
    row: type[OwnWordRow] | type[LanguageReviewRow] | type[RecordingRow], school: int, code: str
) -> Delete:
    return delete(row).where(row.school_id == school, row.language == code)
