"""How the words sound: said by a pupil or a parent, kept, heard again and deleted by staff."""

from io import BytesIO

from flask import (
    Response,
    abort,
    flash,
    g,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.recordings import SPOKEN_WORDS
from checkin.domain.sounds import LONGEST, RATE, NotASound
from checkin.domain.words import Language
from checkin.services import sounds as sound_service
from checkin.services.sounds import Spoken
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.pupil_words import DUTCH, vocabulary_of
from checkin.web.school import blueprint
from checkin.web.security import allow_recording, wants_json
from checkin.web.sound_words import why_not, words_heard
from checkin.web.sounds import address_of, file_name, find_word
from checkin.web.static_files import A_YEAR


@blueprint.get("/sounds")
def sounds() -> ResponseReturnValue:
    """List the languages with how many of their words this school recorded."""
    vocabulary = vocabulary_of(signed_in().school)
    codes = [language.code for language in vocabulary.languages]
    kept = sound_service.recordings_of(signed_in().school, codes)
    counted = [
        (language, sum(one.language == language.code for one in kept), _written(language))
        for language in vocabulary.languages
    ]
    return render_template("school/sounds.html", counted=counted)


@blueprint.get("/sounds/<language>")
def sounds_in(language: str) -> ResponseReturnValue:
    """Show every word of a language with its picture, to record and to hear."""
    return _show(_language(language))


@blueprint.post("/sounds/<language>")
def keep_sound(language: str) -> ResponseReturnValue:
    """Keep a sound as how a word sounds in this school."""
    found, word = _language(language), find_word(request.form.get("word", ""))
    text = vocabulary_of(signed_in().school).find_word(word, found.code) if word else None
    if word is None or text is None:
        abort(400, _("Choose the word that was said."))
    file = request.files.get("sound")
    try:
        spoken = Spoken(found.code, word, text)
        kept = sound_service.keep(signed_in(), spoken, file.read() if file else b"", now())
    except NotASound as refused:
        if wants_json(request):
            return jsonify(error=why_not(refused.refusal)), 400
        return _show(found, why_not(refused.refusal)), 400
    if wants_json(request):
        return jsonify(address=address_of(kept)), 201
    flash(_("Kept. From now on the tablets say '%(word)s' with this voice.", word=text), "done")
    return _back_to(found, kept.word)


@blueprint.post("/sounds/<language>/<word>/deletion")
def delete_sound(language: str, word: str) -> ResponseReturnValue:
    """Delete a recording; a second time changes nothing."""
    found, its = _language(language), find_word(word)
    if its is None:
        abort(404)
    sound_service.delete(signed_in(), found.code, its)
    flash(_("The voice is deleted. Tablets drop it as soon as they have network."), "done")
    return _back_to(found, its)


@blueprint.get("/sounds/<language>/<word>/<version>.wav")
def sound(language: str, word: str, version: str) -> ResponseReturnValue:
    """Play one version of a recording, to tablets and staff of the school it was made in."""
    found = find_word(word) or abort(404)
    schools = {who.school for who in (g.tablet, g.person) if who is not None}
    audios = (sound_service.find_audio(school, language, found, version) for school in schools)
    return _send(next((audio for audio in audios if audio), None) or abort(404), version)


def _send(audio: bytes, version: str) -> Response:
    """Send a sound by its hashed address; in ranges too, as Safari wants."""
    response = send_file(BytesIO(audio), mimetype="audio/wav", conditional=True, etag=version)
    response.headers["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    return response


def _show(language: Language, problem: str = "") -> Response:
    words = words_heard(signed_in().school, language)
    page = render_template(
        "school/sounds_in.html",
        language=language,
        dutch=DUTCH,
        words=words,
        recorded=sum(one.recording is not None for one in words),
        problem=problem,
        longest=LONGEST / RATE,
    )
    response = make_response(page)
    allow_recording(response)
    return response


def _written(language: Language) -> int:
    texts = vocabulary_of(signed_in().school).words_in(language.code)
    return sum(id in texts for id in SPOKEN_WORDS)


def _language(code: str) -> Language:
    return vocabulary_of(signed_in().school).find_language(code) or abort(404)


def _back_to(language: Language, word: str) -> ResponseReturnValue:
    page = url_for("school.sounds_in", language=language.code, _anchor=file_name(word))
    return redirect(page, 303)
