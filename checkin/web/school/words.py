"""The words of one language: corrected by the school, looked through by somebody who speaks it."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.own_words import MOST_CHARACTERS, NotTaken, read_word
from checkin.domain.words import DUTCH, PUPIL_WORDS, Language
from checkin.services import words as word_service
from checkin.web import meanwhile
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.pupil_words import forget_vocabulary, vocabulary_of
from checkin.web.school import blueprint
from checkin.web.school.languages import (
    NOTHING,
    Given,
    get_language,
    get_own_language,
    known_as,
    read_given,
    refused_with,
)
from checkin.web.word_groups import word_groups
from checkin.web.word_problems import why_not


@blueprint.get("/words/<language>")
def words_in(language: str) -> ResponseReturnValue:
    """Show every word of a language beside its picture, each with room for a better one."""
    return _show(get_language(language))


@blueprint.post("/words/<language>")
def correct_words(language: str) -> ResponseReturnValue:
    """Keep the words the school would rather have; an empty one is the shipped word again."""
    found = get_language(language)
    given = {id: request.form[id] for id in PUPIL_WORDS if id in request.form}
    words, problems = _read(given, vocabulary_of(signed_in().school).shipped_in(found.code))
    if problems:
        return _show(found, given, problems), 400
    page = url_for("school.words_in", language=found.code)
    if meanwhile.is_older("words", page, lambda: _facts(_own_words(found)), _facts(words)):
        return _show(found, given), 409
    word_service.correct_words(signed_in(), found.code, words)
    flash(_("Kept. The tablets show these words as soon as nobody is at them."), "done")
    return redirect(url_for("school.words_in", language=found.code), 303)


@blueprint.post("/words/<language>/review")
def review_words(language: str) -> ResponseReturnValue:
    """Note that somebody who speaks the language has looked at these very words."""
    found = get_language(language)
    version = vocabulary_of(signed_in().school).version_in(found.code)
    if request.form.get("version") != version:
        flash(_("A word changed while you looked. Look at the words once more."), "wrong")
    else:
        word_service.mark_looked_through(signed_in(), found.code, version, now())
        flash(_("Noted. The mark stays until a word changes."), "done")
    return redirect(url_for("school.words_in", language=found.code, _anchor="review"), 303)


@blueprint.post("/words/<language>/review/withdrawal")
def withdraw_review(language: str) -> ResponseReturnValue:
    """Take the mark of a language away; a second time changes nothing."""
    found = get_language(language)
    word_service.take_mark_back(signed_in(), found.code)
    flash(_("The mark is gone."), "done")
    return redirect(url_for("school.words_in", language=found.code, _anchor="review"), 303)


@blueprint.post("/words/<language>/name")
def change_language(language: str) -> ResponseReturnValue:
    """Change the name or writing direction of a language of the school's own."""
    found, given = get_own_language(language), read_given()
    try:
        word_service.change_language(signed_in(), found, given.name, given.direction)
    except NotTaken as refused:
        return _show(found, about=refused_with(given, refused)), 400
    flash(_("Kept."), "done")
    return redirect(url_for("school.words_in", language=found.code), 303)


def _read(
    given: Mapping[str, str], shipped: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words as they are kept, and what is wrong with the others, by id."""
    words, problems = {}, {}
    for id, text in given.items():
        try:
            word = read_word(text)
        except NotTaken as refused:
            problems[id] = why_not(refused)
        else:
            words[id] = "" if word == shipped.get(id) else word
    return words, problems


def _own_words(language: Language) -> Mapping[str, str]:
    forget_vocabulary()
    return vocabulary_of(signed_in().school).own.words.get(language.code, {})


def _facts(words: Mapping[str, str]) -> list[meanwhile.Fact]:
    """Return the words of the school's own; where there is none, the shipped one shows."""
    dutch = vocabulary_of(signed_in().school)
    return [
        meanwhile.text_of(dutch.find_word(id, DUTCH) or id, words.get(id, "")) for id in PUPIL_WORDS
    ]


def _show(
    language: Language,
    given: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    about: Given = NOTHING,
) -> str:
    vocabulary = vocabulary_of(signed_in().school)
    review = word_service.reviews_of(signed_in().school).get(language.code)
    return render_template(
        "school/words.html",
        language=language,
        known_as=known_as(language),
        dutch=DUTCH,
        groups=word_groups(),
        vocabulary=vocabulary,
        shipped=vocabulary.shipped_in(language.code),
        given=vocabulary.own.words.get(language.code, {}) if given is None else given,
        problems=problems or {},
        longest=MOST_CHARACTERS,
        version=vocabulary.version_in(language.code),
        review=review,
        standing=vocabulary.standing_of(language, review),
        is_own=vocabulary.is_own(language.code),
        seen=meanwhile.seen_of("words", _facts(_own_words(language))),
        about=about if about.problem else Given(language.code, language.name, language.direction),
    )
