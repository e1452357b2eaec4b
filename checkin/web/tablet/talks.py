"""Wishes to talk: the screens, a wish on its way in, and what became of it. Nothing is logged."""

import hashlib
import json
from typing import Any

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from checkin.domain.school import Classroom
from checkin.domain.talk_setting import TalkSetting
from checkin.domain.talk_wishes import Malformed, read_symbol, read_wish
from checkin.domain.talks import SYMBOLS
from checkin.domain.words import DUTCH, id_of
from checkin.services import talking, talking_settings
from checkin.web.access import this_tablet
from checkin.web.clock import now
from checkin.web.pupil_words import vocabulary_of
from checkin.web.sounds import sounds_in
from checkin.web.tablet import blueprint
from checkin.web.talk_pictures import icon, picture_of_adult


@blueprint.get("/tablet/talks")
def talk_screens() -> ResponseReturnValue:
    """Give the screens of a talk request, whole: they open without network from then on."""
    tablet = this_tablet()
    classroom, school = talking_settings.home_of(tablet)
    setting = talking_settings.setting_of(school.id)
    if not setting.is_on(classroom.id):
        return jsonify(screens="")
    words = vocabulary_of(classroom.school)
    pain = setting.pain_adult(classroom.id)
    screens = render_template(
        "tablet/talk.html",
        classroom=classroom,
        adults=[
            (one, picture_of_adult(tablet.school, one)) for one in setting.adults_of(classroom.id)
        ],
        pain=(pain, picture_of_adult(tablet.school, pain)) if pain else None,
        symbols=SYMBOLS,
        icon=icon,
        home_languages=words.languages_of(classroom.languages),
        word=words.find_word,
        id_of=id_of,
        sounds=sounds_in(classroom.school, sorted({DUTCH, *classroom.languages})),
    )
    return jsonify(screens=screens, zone=school.zone)


@blueprint.post("/tablet/talks")
def ask_to_talk() -> ResponseReturnValue:
    """Keep one wish; a 200 means that it is durable on disk."""
    try:
        wish = read_wish(_body())
    except Malformed as wrong:
        return jsonify(error=str(wrong)), 400
    return jsonify(status=talking.ask(this_tablet(), wish, now()))


@blueprint.post("/tablet/talks/answer")
def talk_answer() -> ResponseReturnValue:
    """Tell what became of the wish under one symbol; in the body, so that no address names it."""
    try:
        symbol = read_symbol(_body())
    except Malformed as wrong:
        return jsonify(error=str(wrong)), 400
    return jsonify(answer=talking.look(this_tablet(), symbol, now()))


def talk_version(classroom: Classroom, setting: TalkSetting) -> str:
    """Return a name for what a class is shown of it, '' while it is off."""
    if not setting.is_on(classroom.id):
        return ""
    shown = (setting.adults_of(classroom.id), setting.pain_adult(classroom.id))
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def _body() -> Any:
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError):
        raise Malformed("the body must be JSON") from None
