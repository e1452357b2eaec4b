"""The languages of the cards: who looked them through, and those a school adds itself."""

from typing import NamedTuple

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.own_words import MOST_CHARACTERS, NotTaken, Wrong
from checkin.domain.vocabulary import Review, Standing
from checkin.domain.words import Language
from checkin.services import words as word_service
from checkin.services.words import StillOffered
from checkin.web.access import signed_in
from checkin.web.language import locale
from checkin.web.pupil_words import forget_vocabulary, vocabulary_of
from checkin.web.school import blueprint
from checkin.web.word_problems import why_not

FIELD_OF = {Wrong.NO_CODE: "code", Wrong.TAKEN: "code", Wrong.NO_DIRECTION: "direction"}


class Listed(NamedTuple):
    """A language, what staff call it, who looked it through, and whether the school added it."""

    language: Language
    known_as: str
    standing: Standing
    review: Review | None
    is_own: bool


class Given(NamedTuple):
    """What was filled in, and what was wrong with which field."""

    code: str = ""
    name: str = ""
    direction: str = "ltr"
    wrong: str = ""
    problem: str = ""


NOTHING = Given()


@blueprint.get("/words")
def languages() -> ResponseReturnValue:
    """List the languages of the cards, with who looked them through."""
    return _show()


@blueprint.post("/words")
def add_language() -> ResponseReturnValue:
    """Add a language of the school's own."""
    given = read_given()
    try:
        new = word_service.add_language(signed_in(), given.code, given.name, given.direction)
    except NotTaken as refused:
        return _show(refused_with(given, refused)), 400
    flash(_("%(name)s is added. Write its words.", name=new.name), "done")
    return redirect(url_for("school.words_in", language=new.code), 303)


@blueprint.post("/words/<language>/removal")
def remove_language(language: str) -> ResponseReturnValue:
    """Remove a language of the school's own, with all its words."""
    found = get_own_language(language)
    try:
        word_service.remove_language(signed_in(), found.code)
    except StillOffered as offered:
        told = _(
            "%(names)s still has this language. Take it off there first.",
            names=", ".join(offered.classrooms),
        )
        flash(told, "wrong")
        return redirect(url_for("school.words_in", language=found.code), 303)
    forget_vocabulary()
    flash(_("%(name)s is removed, with its words and voices.", name=found.name), "done")
    return redirect(url_for("school.languages"), 303)


def get_language(code: str) -> Language:
    """Return a language of this person's school, or answer that there is none."""
    return vocabulary_of(signed_in().school).find_language(code) or abort(404)


def get_own_language(code: str) -> Language:
    """Return a language this person's school added, or answer that there is none."""
    vocabulary = vocabulary_of(signed_in().school)
    return get_language(code) if vocabulary.is_own(code) else abort(404)


def listed_languages(school: int) -> list[Listed]:
    """Return every language with who looked it through."""
    vocabulary, reviews = vocabulary_of(school), word_service.reviews_of(school)
    return [
        Listed(
            one,
            known_as(one),
            vocabulary.standing_of(one, reviews.get(one.code)),
            reviews.get(one.code),
            vocabulary.is_own(one.code),
        )
        for one in vocabulary.languages
    ]


def known_as(language: Language) -> str:
    """Return what a language is called in the language of the page, '' when nobody knows."""
    base, *parts = language.code.split("-")
    called, places = locale().languages.get(base, ""), locale().territories
    where = next((places[part] for part in parts if part in places), "")
    if called.lower() == language.name.lower():
        return ""
    return f"{called} ({where})" if called and where else called


def read_given() -> Given:
    """Read what was filled in about a language."""
    code, name, direction = (request.form.get(f, "") for f in ("code", "name", "direction"))
    return Given(code, name, direction)


def refused_with(given: Given, refused: NotTaken) -> Given:
    """Say what was wrong with what was filled in."""
    return given._replace(wrong=FIELD_OF.get(refused.wrong, "name"), problem=why_not(refused))


def _show(given: Given = NOTHING) -> str:
    return render_template(
        "school/languages.html",
        listed=listed_languages(signed_in().school),
        given=given,
        longest=MOST_CHARACTERS,
    )
