"""The care team's pages: the flags, one flag worked to its end, the weekly review."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import to_user_timezone

from checkin.domain.flags import Flag, NotPossible, Outcome
from checkin.services import caring, school_days
from checkin.web import flag_groups, flag_page, flag_words, pattern_words
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.light_grid import Block, GridWords, build_grid
from checkin.web.security import relative_path, wants_json

blueprint = Blueprint("care", __name__)
STRIP = timedelta(days=27)
"""How far back the review shows each class."""


@blueprint.app_context_processor
def add_words() -> dict[str, Callable[..., Any]]:
    """Give templates what flags are called."""
    return {
        "words_of": pattern_words.words_of,
        "title_of": pattern_words.title_of,
        "state_word": flag_words.state_word,
        "step_word": flag_words.step_word,
        "outcome_word": flag_words.outcome_word,
        "kept_back_word": flag_words.kept_back_word,
        "local": to_user_timezone,
    }


@blueprint.get("/flags")
def flags() -> ResponseReturnValue:
    """List the flags of the school by state, newest first."""
    found = caring.list_flags(signed_in().school)
    return render_template("care/flags.html", groups=flag_groups.groups_of(found))


@blueprint.get("/flags.json")
def flags_json() -> ResponseReturnValue:
    """Answer with the flags of the school."""
    return {"flags": [_as_dict(flag) for flag in caring.list_flags(signed_in().school)]}


@blueprint.get("/flags/<int:id>")
def flag(id: int) -> ResponseReturnValue:
    """Show a flag to whoever may see it, each their own part; the look is noted."""
    return flag_page.show(flag_page.find(id))


@blueprint.post("/flags/<int:id>/acknowledgement")
def acknowledge(id: int) -> ResponseReturnValue:
    """Note that the care team has seen a flag; twice changes nothing."""
    return _step(id, lambda flag, note: caring.acknowledge(flag, signed_in().id, note, now()))


@blueprint.post("/flags/<int:id>/notes")
def note(id: int) -> ResponseReturnValue:
    """Add a note to an open flag."""
    flag = flag_page.find(id)
    if not flag_page.sees_notes(flag):
        abort(403)
    if not _given("note"):
        return flag_page.refuse(flag, 400, _("There is nothing in the note yet."))
    return _step(id, lambda flag, note: caring.add_note(flag, signed_in().id, note, now()))


@blueprint.post("/flags/<int:id>/assignment")
def assign(id: int) -> ResponseReturnValue:
    """Put a flag in the hands of somebody of the school."""
    flag = flag_page.find(id)
    people = {str(person.id): person.id for person in caring.who_can_take(flag)}
    to = people.get(_given("person"))
    if to is None:
        return flag_page.refuse(flag, 400, _("Choose who takes this in hand."), _given("note"))
    return _step(id, lambda flag, note: caring.assign(flag, to, signed_in().id, note, now()))


@blueprint.post("/flags/<int:id>/closure")
def close(id: int) -> ResponseReturnValue:
    """Close a flag with its outcome."""
    flag = flag_page.find(id)
    try:
        outcome = Outcome(_given("outcome"))
    except ValueError:
        return flag_page.refuse(flag, 400, _("Choose how this ended."), _given("note"))
    if outcome not in caring.outcomes_of(flag):
        told = _("What one day did cannot become usual. Choose another ending.")
        return flag_page.refuse(flag, 400, told, _given("note"))
    return _step(id, lambda flag, note: caring.close(flag, outcome, signed_in().id, note, now()))


@blueprint.get("/review")
def review() -> ResponseReturnValue:
    """Show the weekly page: what is new, overdue and in hand, and every class as a strip."""
    today = to_user_timezone(now()).date()
    review = caring.review_of(signed_in().school, now())
    names = GridWords()
    strips = [(strip, _lights_of(strip, today, names)) for strip in review.strips]
    return render_template("care/review.html", review=review, strips=strips, today=today)


def _lights_of(strip: caring.Strip, today: date, names: GridWords) -> tuple[Block, ...]:
    days = school_days.days_between(strip.classroom.id, today - STRIP, today)
    return build_grid(strip.rounds, days, today, names)


def _step(id: int, take: Callable[[Flag, str], Flag]) -> ResponseReturnValue:
    """Take a step with a flag; what was written stays on screen when it cannot be taken."""
    flag, note = flag_page.find(id), _given("note")
    if len(note) > caring.LONGEST_NOTE:
        told = _("A note has %(n)s characters at most.", n=caring.LONGEST_NOTE)
        return flag_page.refuse(flag, 400, told, note)
    try:
        after = take(flag, note)
    except NotPossible:
        return flag_page.refuse(flag, 409, flag_page.closed_told(flag), note)
    if wants_json(request):
        return {"flag": _as_dict(after)}
    back = relative_path(request.form.get("next"))
    return redirect(back or url_for("care.flag", id=id), 303)


def _given(name: str) -> str:
    """Return what a form or a JSON body says, '' when it does not."""
    body = request.get_json() if request.is_json else request.form
    value = body.get(name, "") if hasattr(body, "get") else ""
    text = str(value) if isinstance(value, str | int) else ""
    return text.replace("\0", "").strip()  # PostgreSQL keeps no text with a zero in it


def _as_dict(flag: Flag) -> dict[str, Any]:
    return {
        "id": flag.id,
        "classroom": flag.classroom,
        "pattern": flag.pattern,
        "state": flag.state.value,
        "raised_on": flag.raised_on.isoformat(),
        "text": pattern_words.words_of(flag).sentence,
    }
