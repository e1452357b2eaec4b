"""The words of a language on paper, for somebody who speaks it to look through."""

from flask import render_template
from flask.typing import ResponseReturnValue

from checkin.domain.words import DUTCH
from checkin.services import words as word_service
from checkin.web.access import signed_in
from checkin.web.pupil_words import vocabulary_of
from checkin.web.school import blueprint
from checkin.web.school.languages import get_language, known_as
from checkin.web.word_groups import word_groups


@blueprint.get("/words/<language>/sheet")
def word_sheet(language: str) -> ResponseReturnValue:
    """Show every word of a language beside its picture and the Dutch word, with boxes to tick."""
    found, vocabulary = get_language(language), vocabulary_of(signed_in().school)
    review = word_service.reviews_of(signed_in().school).get(found.code)
    return render_template(
        "school/word_sheet.html",
        language=found,
        known_as=known_as(found),
        dutch=DUTCH,
        groups=word_groups(),
        word=vocabulary.find_word,
        standing=vocabulary.standing_of(found, review),
    )
