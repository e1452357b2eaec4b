"""The cards of a classroom, and the day they belong to."""

import hashlib
from datetime import datetime

from flask import Response, current_app, jsonify, make_response, render_template
from flask.typing import ResponseReturnValue

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from checkin.domain.school import Classroom, Tablet
from checkin.domain.words import DUTCH, id_of
from checkin.services import talking_settings
from checkin.services.screens import Screen, ScreenRound, screen_of
from checkin.web import cookies
from checkin.web.access import this_tablet
from checkin.web.clock import now
from checkin.web.fonts import fonts_for
from checkin.web.pictures import picture_of
from checkin.web.pupil_words import vocabulary_of
from checkin.web.sounds import sounds_in
from checkin.web.tablet import blueprint
from checkin.web.tablet.files import MODULES, STYLES
from checkin.web.tablet.talks import talk_version


@blueprint.get("/tablet")
def show() -> ResponseReturnValue:
    """Show the cards of this tablet's classroom."""
    tablet, instant = this_tablet(), now()
    screen = screen_of(tablet, instant)
    classroom = screen.classroom
    page = lay_cards(
        classroom,
        open_moments=_open_moments(screen, instant),
        told={
            **_today(tablet, screen, instant),
            "tablet": tablet.id,
            "undo": classroom.undo_seconds,
            "coping": classroom.coping,
            "breathing": Coping.REST.digit,
            "talk": _talk(classroom),
        },
        needs=_needs(classroom),
        is_demo=current_app.extensions["checkin_config"].is_demo,
    )
    response = make_response(page)
    _renew_cookie(response)
    return response


def _renew_cookie(response: Response) -> None:
    """Keep a device known that came with its cookie; a demo's own is not for long."""
    token = cookies.TABLET.read()
    if token and not current_app.extensions["checkin_config"].is_demo:
        cookies.TABLET.keep(response, token)


def lay_cards(classroom: Classroom, template: str = "tablet/cards.html", **page: object) -> str:
    """Return the page of a classroom's cards; a rehearsal has a template of its own over it."""
    words = vocabulary_of(classroom.school)
    home_languages = words.languages_of(classroom.languages)
    return render_template(
        template,
        classroom=classroom,
        home_languages=home_languages,
        word=words.find_word,
        fonts=fonts_for(home_languages),
        picture_of=picture_of,
        coping=tuple(Coping) if classroom.coping else (),
        not_today=Feeling.PASS,
        moments=tuple(Moment),
        id_of=id_of,
        sounds=_sounds_of(classroom),
        styles=STYLES,
        modules=MODULES,
        **page,
    )


@blueprint.get("/tablet/today")
def today() -> ResponseReturnValue:
    """Tell the time, the rounds, and whether the page that asks is still the one to show."""
    tablet, instant = this_tablet(), now()
    return jsonify(_today(tablet, screen_of(tablet, instant), instant))


def _today(tablet: Tablet, screen: Screen, instant: datetime) -> dict[str, object]:
    return {
        "now": _milliseconds(instant),
        "rounds": [_round(held) for held in screen.rounds],
        "config": _name_of_page(tablet, screen.classroom),
    }


def _round(held: ScreenRound) -> dict[str, object]:
    return {
        "day": held.day.isoformat(),
        "round": held.moment.value,
        "opens": _milliseconds(held.opens),
        "closes": _milliseconds(held.closes),
        "sealed": held.sealed,
    }


def _open_moments(screen: Screen, instant: datetime) -> list[Moment]:
    return [r.moment for r in screen.rounds if r.opens <= instant < r.closes and not r.sealed]


def _name_of_page(tablet: Tablet, classroom: Classroom) -> str:
    """Name all that the page was made from: a tablet loads it anew when the name changes."""
    made_from = (
        tablet.id,
        classroom.id,
        classroom.table,
        vocabulary_of(classroom.school).version_of(classroom.languages),
        _sounds_of(classroom),
        _talk(classroom),
        current_app.extensions["static_version"],
    )
    return hashlib.sha256(repr(made_from).encode()).hexdigest()[:16]


def _sounds_of(classroom: Classroom) -> dict[str, dict[str, str]]:
    """Return where the words of a class are heard, by language; Dutch is always among them."""
    return sounds_in(classroom.school, sorted({DUTCH, *classroom.languages}))


def _talk(classroom: Classroom) -> str:
    """Return a name for what pupils see of a talk request, '' while it is off."""
    return talk_version(classroom, talking_settings.setting_of(classroom.school))


def _needs(classroom: Classroom) -> tuple[str, ...]:
    """Return the pictures beside the cards that are no feelings."""
    setting = talking_settings.setting_of(classroom.school)
    if not setting.is_on(classroom.id):
        return ()
    return ("talk-request", "pain") if setting.pain_adult(classroom.id) else ("talk-request",)


def _milliseconds(instant: datetime) -> int:
    return round(instant.timestamp() * 1000)
