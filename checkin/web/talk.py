"""Talk requests as adults see them: what waits, and what they did with it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.talks import SYMBOLS, NotPossible, State, Step, TalkRequest
from checkin.services import talking, talking_settings
from checkin.services.talking import LONGEST_NOTE
from checkin.web.access import may_open, signed_in
from checkin.web.clock import now
from checkin.web.language import locale
from checkin.web.pupil_words import vocabulary_of

blueprint = Blueprint("talk", __name__)

MOST_CLOSED = 20
"""As many closed ones are shown; the others wait to be forgotten."""


@blueprint.get("/talk")
def show() -> ResponseReturnValue:
    """List the wishes a person may see, what still has to be done first."""
    person, instant = signed_in(), now()
    seen = talking.talks_for(person, instant)
    setting = talking_settings.setting_of(person.school)
    closed = [one for one in seen if one.request.state is State.CLOSED]
    return render_template(
        "talk/show.html",
        asked=[one for one in seen if one.request.state is State.ASKED],
        in_hand=[one for one in seen if one.request.state is State.SEEN],
        closed=list(reversed(closed))[:MOST_CLOSED],
        counts=talking.counts_of(person.school, instant)
        if talking.may_see_counts(person)
        else None,
        protocol=setting.protocol,
        is_named=setting.find_adult(person.id) is not None,
        is_on=any(setting.is_on(classroom) for classroom in setting.switched_on),
        may_set=may_open("talk_settings.show", person),
        word=symbol_word,
        longest_note=LONGEST_NOTE,
    )


@blueprint.post("/talk/<id>/seen")
def see(id: str) -> ResponseReturnValue:
    """Note that an adult has seen a wish; the pupil sees two eyes."""
    return _take(id, Step.SEEN, _("The pupil can see on the tablet that you have seen it."))


@blueprint.post("/talk/<id>/call")
def call(id: str) -> ResponseReturnValue:
    """Ask the pupil to come; the pupil sees an open door."""
    return _take(id, Step.COME, _("The pupil sees on the tablet: come and see me."))


@blueprint.post("/talk/<id>/closure")
def close(id: str) -> ResponseReturnValue:
    """Close a wish, with a short note for whoever may see it."""
    return _take(id, Step.CLOSED, _("Closed. It is deleted ten school weeks from now."))


@blueprint.get("/talk/paper")
def paper() -> ResponseReturnValue:
    """Show what a class needs on paper: symbols to cut out, and a key to be filled in by pen."""
    return render_template("talk/paper.html", symbols=SYMBOLS, word=symbol_word)


def symbol_word(symbol: str) -> str:
    """Return a class symbol in the words of this page."""
    return vocabulary_of(signed_in().school).find_word(symbol, locale().language) or symbol


def _take(id: str, step: Step, told: str) -> ResponseReturnValue:
    found = _find(id)
    try:
        talking.take(found, step, signed_in(), now(), request.form.get("note", ""))
    except NotPossible:
        flash(_("Somebody has closed it already."), "look")
    else:
        flash(told, "done")
    return redirect(url_for("talk.show"), 303)


def _find(id: str) -> TalkRequest:
    """Return a wish this person may see; any other is as unknown as one that does not exist."""
    return talking.find_talk(signed_in(), id, now()) or abort(404)
