"""One flag, and the steps people take with it."""

from collections.abc import Callable

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.flags import Flag, NotPossible, Outcome
from checkin.services import caring
from checkin.web import flag_page, flag_parents, review_words
from checkin.web.access import signed_in
from checkin.web.care import blueprint
from checkin.web.care.form import given
from checkin.web.care.lists import as_dict
from checkin.web.clock import now
from checkin.web.security import relative_path, wants_json


@blueprint.get("/flags/<int:id>")
def flag(id: int) -> ResponseReturnValue:
    """Show a flag to whoever may see it, each their own part; the look is noted."""
    return flag_page.show(flag_page.find(id))


@blueprint.post("/flags/<int:id>/acknowledgement")
def acknowledge(id: int) -> ResponseReturnValue:
    """Note that the care team has seen a flag; twice changes nothing."""
    return _step(id, lambda flag, note: caring.acknowledge(flag, signed_in().id, note, now()))


@blueprint.post("/flags/<int:id>/taking-up")
def take_up(id: int) -> ResponseReturnValue:
    """Let a person it was asked of take a flag up themselves."""
    flag, me = flag_page.find(id), signed_in()
    if not flag.is_closed and not (me.in_care_team or caring.has_in_hand(me, flag, now())):
        abort(403)
    return _step(id, lambda flag, note: caring.assign(flag, me.id, me.id, note, now()))


@blueprint.post("/flags/<int:id>/notes")
def note(id: int) -> ResponseReturnValue:
    """Add a note to an open flag."""
    flag = flag_page.find(id)
    if not flag_page.sees_notes(flag):
        abort(403)
    if not given("note"):
        return flag_page.refuse(flag, 400, _("There is nothing in the note yet."))
    return _step(id, lambda flag, note: caring.add_note(flag, signed_in().id, note, now()))


@blueprint.post("/flags/<int:id>/parents")
def parents(id: int) -> ResponseReturnValue:
    """Note that parents or guardian were talked to."""
    flag = flag_page.find(id)
    if not flag_page.sees_notes(flag):
        abort(403)
    try:
        talk = flag_parents.read_talk(flag_page.today())
    except flag_parents.NotATalk as problem:
        return flag_page.refuse(flag, 400, str(problem))
    return _step(id, lambda flag, _note: caring.note_parents(flag, talk, signed_in().id, now()))


@blueprint.post("/flags/<int:id>/assignment")
def assign(id: int) -> ResponseReturnValue:
    """Put a flag in the hands of somebody of the school."""
    flag = flag_page.find(id)
    people = {str(person.id): person.id for person in caring.who_can_take(flag)}
    to = people.get(given("person"))
    if to is None:
        return flag_page.refuse(flag, 400, _("Choose who takes this in hand."), given("note"))
    return _step(id, lambda flag, note: caring.assign(flag, to, signed_in().id, note, now()))


@blueprint.post("/flags/<int:id>/handing-on")
def hand_on(id: int) -> ResponseReturnValue:
    """Hand a flag on to the next step of the structure; it stays open."""
    return _step(id, lambda flag, note: caring.hand_on(flag, signed_in().id, note, now()))


@blueprint.post("/flags/<int:id>/closure")
def close(id: int) -> ResponseReturnValue:
    """Close a flag with its outcome."""
    flag = flag_page.find(id)
    try:
        outcome = Outcome(given("outcome"))
    except ValueError:
        return flag_page.refuse(flag, 400, _("Choose how this ended."), given("note"))
    if not flag.is_closed and outcome not in caring.outcomes_of(flag, now()):
        return flag_page.refuse(flag, 400, _why_not(outcome), given("note"))
    return _step(id, lambda flag, note: caring.close(flag, outcome, signed_in().id, note, now()))


def _why_not(outcome: Outcome) -> str:
    if outcome is Outcome.NEW_USUAL:
        return _("What one day did cannot become usual. Choose another ending.")
    if outcome is Outcome.HANDED_ON:
        return _("What is handed on stays open: use 'Hand on', and the next level takes it up.")
    return _("The care structure does not end this step so. Choose another ending.")


def _step(id: int, take: Callable[[Flag, str], Flag]) -> ResponseReturnValue:
    """Take a step with a flag; what was written stays on screen when it cannot be taken."""
    flag, note = flag_page.find(id), given("note")
    if len(note) > caring.LONGEST_NOTE:
        told = _("A note has %(n)s characters at most.", n=caring.LONGEST_NOTE)
        return flag_page.refuse(flag, 400, told, note)
    try:
        after = take(flag, note)
    except caring.NotYet as problem:
        return flag_page.refuse(flag, 409, review_words.missing_word(problem.missing), note)
    except NotPossible:
        return flag_page.refuse(flag, 409, flag_page.not_possible_told(id), note)
    if wants_json(request):
        return {"flag": as_dict(after)}
    back = relative_path(request.form.get("next"))
    return redirect(back or url_for("care.flag", id=id), 303)
