"""The words of a language on paper, for somebody who speaks it to look through."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from checkin.domain.cards import CardSet, Coping
from checkin.domain.words import find_language
from checkin.web.access import may_open, signed_in
from checkin.web.pupil_words import DUTCH, word
from checkin.web.school import blueprint


@blueprint.get("/words/<language>")
def word_sheet(language: str) -> ResponseReturnValue:
    """Show every word of a language beside its picture and the Dutch word."""
    found = find_language(language) or abort(404)
    return render_template(
        "school/word_sheet.html",
        language=found,
        feelings=CardSet.EIGHT.feelings,
        coping=tuple(Coping),
        word=word,
        dutch=DUTCH,
        back=_back(),
    )


def _back() -> str:
    listed = "school.classrooms"
    return listed if may_open(listed, signed_in()) else "home.staff"
