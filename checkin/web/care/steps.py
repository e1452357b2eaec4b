"""One flag, and the steps people take with it."""

from collections.abc import Callable

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.flags import Flag, NotPossible, Outcome
from checkin.services import caring
from checkin.web import flag_page, flag_parents, flag_process, flag_words, review_words
from checkin.web.access import signed_in
from checkin.web.care import blueprint
from checkin.web.care.form import given, read_number
from checkin.web.care.lists import as_dict, as_process
from checkin.web.clock import now
from checkin.web.security import relative_path, wants_json


@blueprint.get("/flags/<int:id>")
def flag(id: int) -> ResponseReturnValue:
    """Show a flag to whoever may see it, each their own part; the look is noted."""
    return flag_page.show(flag_page.find(id))


@blueprint.post("/flags/<int:id>/acknowledgement")
def acknowledge(id: int) -> ResponseReturnValue:
    """Note that the care team has seen a flag; twice changes nothing."""
    flag_page.find_to_decide(id)
    return _step(id, lambda flag, note: caring.acknowledge(flag, signed_in().id, note, now()))


@blueprint.post("/flags/<int:id>/taking-up")
def take_up(id: int) -> ResponseReturnValue:
    """Let a person it was asked of take a flag up themselves.

    Who sees its process alone takes it up for the role: it stays with whoever acts for it.
    """
    flag, me = flag_page.find(id), signed_in()
    if not flag.is_closed and not (me.in_care_team or caring.has_in_hand(me, flag, now())):
        abort(403)
    if flag_page.is_process_alone(flag):
        return _step(id, lambda flag, _n: caring.acknowledge(flag, me.id, "", now(), _seen()))
    return _step(id, lambda flag, note: caring.assign(flag, me.id, me.id, note, now(), _seen()))


@blueprint.post("/flags/<int:id>/giving-back")
def give_back(id: int) -> ResponseReturnValue:
    """Give a flag back to the care team, done or not; whoever was given it says which."""
    flag = flag_page.find(id)
    if flag.assigned_to != signed_in().id and not flag.is_closed:
        abort(403)
    if not given("note"):
        told = _("Write in a few words what was done, or why you give it back.")
        return flag_page.refuse(flag, 400, told)
    return _step(
        id, lambda flag, note: caring.give_back(flag, signed_in().id, note, now(), _seen())
    )


@blueprint.post("/flags/<int:id>/notes")
def note(id: int) -> ResponseReturnValue:
    """Add a note to an open flag."""
    flag = _find_noted(id)
    if not given("note"):
        return flag_page.refuse(flag, 400, _("There is nothing in the note yet."))
    return _step(id, lambda flag, note: caring.add_note(flag, signed_in().id, note, now()))


@blueprint.post("/flags/<int:id>/parents")
def parents(id: int) -> ResponseReturnValue:
    """Note that parents or guardian were talked to."""
    flag = _find_noted(id)
    try:
        talk = flag_parents.read_talk(flag_page.today(), flag_page.asks_own_consent(flag))
    except flag_parents.NotATalk as problem:
        return flag_page.refuse(flag, 400, str(problem))
    return _step(id, lambda flag, _note: caring.note_parents(flag, talk, signed_in().id, now()))


@blueprint.post("/flags/<int:id>/parents/withdrawal")
def withdraw_parents(id: int) -> ResponseReturnValue:
    """Take back the last talk that was noted; it stays in the history."""
    _find_noted(id)
    return _step(
        id, lambda flag, _note: caring.withdraw_parents(flag, signed_in().id, now(), _seen())
    )


@blueprint.post("/flags/<int:id>/assignment")
def assign(id: int) -> ResponseReturnValue:
    """Put a flag in the hands of somebody of the school; without its mood, of the care team."""
    flag = flag_page.find(id)
    is_process = flag_page.is_process_alone(flag)
    if not is_process and not flag_page.decides(flag):
        abort(403)
    known = flag_process.care_team(flag) if is_process else caring.who_can_take(flag)
    to = {str(person.id): person.id for person in known}.get(given("person"))
    if to is None:
        return flag_page.refuse(flag, 400, _("Choose who takes this in hand."), given("note"))
    if is_process and not given("note"):
        return flag_page.refuse(flag, 400, _("Write in a few words why you give it to them."))
    return _step(
        id, lambda flag, note: caring.assign(flag, to, signed_in().id, note, now(), _seen())
    )


@blueprint.post("/flags/<int:id>/handing-on")
def hand_on(id: int) -> ResponseReturnValue:
    """Hand a flag on to the next step of the structure; it stays open."""
    flag = flag_page.find_to_decide(id)
    if not given("note") and flag_page.has_next_step(flag):
        told = _("Write in a few words what they should know. Their days begin anew.")
        return flag_page.refuse(flag, 400, told)
    return _step(id, lambda flag, note: caring.hand_on(flag, signed_in().id, note, now(), _seen()))


@blueprint.post("/flags/<int:id>/putting-back")
def put_back(id: int) -> ResponseReturnValue:
    """Put a flag back at the step it was handed on from."""
    flag = flag_page.find_to_decide(id)
    if not flag.is_closed and not flag_page.was_handed_on(flag):
        told = _("It was not handed on, so there is no step to put it back to.")
        return flag_page.refuse(flag, 409, told, given("note"))
    if not flag.is_closed and not given("note"):
        return flag_page.refuse(flag, 400, _("Write in a few words why it goes back."))
    return _step(id, lambda flag, note: caring.put_back(flag, signed_in().id, note, now(), _seen()))


@blueprint.post("/flags/<int:id>/closure")
def close(id: int) -> ResponseReturnValue:
    """Close a flag with its outcome."""
    flag = flag_page.find_to_decide(id)
    try:
        outcome = Outcome(given("outcome"))
    except ValueError:
        return flag_page.refuse(flag, 400, _("Choose how this ended."), given("note"))
    if not flag.is_closed and outcome not in caring.outcomes_of(flag, now()):
        return flag_page.refuse(flag, 400, _why_not(outcome), given("note"))
    return _step(
        id, lambda flag, note: caring.close(flag, outcome, signed_in().id, note, now(), _seen())
    )


@blueprint.post("/flags/<int:id>/reopening")
def reopen(id: int) -> ResponseReturnValue:
    """Put a flag that was closed by mistake back where it was; the care team, or who closed it."""
    flag, me = flag_page.find(id), signed_in()
    closed_it = flag.closing is not None and flag.closing.by_id == me.id
    if not (me.in_care_team or closed_it):
        abort(403)
    if not given("note"):
        return flag_page.refuse(flag, 400, _("Write in a few words why it is opened again."))
    return _step(id, lambda flag, note: caring.reopen(flag, me.id, note, now(), _seen()))


def _find_noted(id: int) -> Flag:
    """Return a flag whose notes the signed-in person reads and writes."""
    flag = flag_page.find(id)
    if not flag_page.sees_notes(flag):
        abort(403)
    return flag


def _seen() -> int | None:
    """Return the version a form was shown with, None for a program that does not say."""
    return read_number(given("seen"))


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
    except caring.Meanwhile as changed:
        return flag_page.refuse(flag, 409, flag_page.meanwhile_told(changed.flag), note)
    except caring.CannotReopen as refused:
        return flag_page.refuse(flag, 409, flag_words.why_not_reopened(refused.why), note)
    except NotPossible:
        return flag_page.refuse(flag, 409, flag_page.not_possible_told(id), note)
    return _answer(flag, after)


def _answer(before: Flag, after: Flag) -> ResponseReturnValue:
    """Answer with a flag after a step; who sees its process alone is told no more than that."""
    is_process = flag_page.is_process_alone(before)
    if wants_json(request):
        told = as_process(after) if is_process else as_dict(after)
        return {"flag": told}
    back = relative_path(request.form.get("next"))
    if not caring.may_open(signed_in(), after, now()):
        flash(_("Done. It is not with you any more."), "done")
        back = url_for("home.staff")
    return redirect(back or url_for("care.flag", id=after.id), 303)
