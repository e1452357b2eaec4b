"""What is still to be done before pupils may start: for who keeps the school, and for a teacher."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import Person, may_keep_school, may_review
from checkin.services import first_day
from checkin.services.first_day import NotByHand
from checkin.services.first_day_things import ClassStart, FirstDay, Line, Lines, Thing
from checkin.services.presence import today_of
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.first_day_words import place_of, thing_help, thing_word, who_does

blueprint = Blueprint("first_day", __name__)

FEW = 3
"""So many things stand on the first page; the rest is one press away."""


OF_CARE = (Thing.STRUCTURE, Thing.TALK)
"""What the care team itself can do before the first round."""


@dataclass(frozen=True)
class StillToDo:
    """What the first page says of the first day; `of_care` is what the care team can do."""

    open: Lines
    todo: int
    all: int
    waiting: tuple[tuple[ClassStart, Lines], ...]
    is_new: bool
    is_over: bool
    of_care: Lines


@blueprint.app_context_processor
def _for_templates() -> dict[str, Any]:
    return {
        "thing_word": thing_word,
        "thing_help": thing_help,
        "place_of": place_of,
        "who_does": who_does,
    }


@blueprint.get("/first-day")
def show() -> ResponseReturnValue:
    """List everything: of the school, and of each class."""
    return _show(None)


@blueprint.post("/first-day/<thing>")
def tick(thing: str) -> ResponseReturnValue:
    """Note that a thing of the school is done, or take that back."""
    _change(thing, None)
    return redirect(to("first_day.show", _anchor=thing), 303)


@blueprint.get("/classrooms/<int:classroom>/first-day")
def of_class(classroom: int) -> ResponseReturnValue:
    """Show what one class should not start without."""
    return _show(classroom)


@blueprint.post("/classrooms/<int:classroom>/first-day/<thing>")
def tick_of_class(classroom: int, thing: str) -> ResponseReturnValue:
    """Note that a thing of a class is done, or take that back."""
    _change(thing, classroom)
    if request.form.get("from") == "school" and may_keep_school(signed_in()):
        return redirect(to("first_day.show", _anchor=f"class-{classroom}"), 303)
    return redirect(to("first_day.of_class", classroom=classroom), 303)


def still_to_do(person: Person) -> StillToDo | None:
    """Return what of the first day a person is reminded of on the first page."""
    today = today_of(person.school, now())
    if not first_day.has_waiting(person.school, today):
        return None
    found = first_day.look(person.school, now())
    reminded = [one for one in found.classes if one.is_reminded(today)]
    mine = [one for one in reminded if person.teaches(one.classroom.id)]
    waiting = tuple((one, missing) for one in mine if (missing := found.missing_for(one)))
    lines = found.lines_on(today)
    undone = _undone(found, lines) if may_keep_school(person) else ()
    is_new = may_review(person) and not found.has_had_rounds
    if not (undone or waiting or is_new):
        return None
    care = tuple(line for line in found.lines if line.thing in OF_CARE and not line.is_done)
    return StillToDo(_first(undone), len(undone), len(lines), waiting, is_new, found.is_over, care)


def _show(classroom: int | None) -> str:
    person = signed_in()
    found = first_day.look(person.school, now())
    only = _start_of(found, classroom) if classroom is not None else None
    return render_template(
        "first_day.html",
        day=found,
        starts=(only,) if only else found.classes,
        only=only,
        keeps_school=may_keep_school(person),
    )


def _undone(found: FirstDay, lines: Lines) -> Lines:
    """Return what is not done; once every class began, only what none should be without."""
    undone = (line for line in lines if not line.is_done)
    return tuple(line for line in undone if line.is_must or not found.is_over)


def _first(lines: Lines) -> tuple[Line, ...]:
    """Return the things to begin with, each once however many classes need it."""
    return tuple({line.thing: line for line in lines}.values())[:FEW]


def _change(given: str, classroom: int | None) -> None:
    thing = next((one for one in Thing if one.value == given), None)
    if thing is None:
        abort(404)
    is_done = request.form.get("done") != "no"
    try:
        (first_day.tick if is_done else first_day.take_back)(signed_in(), thing, classroom, now())
    except NotByHand:
        abort(409, _("This is seen by itself: nobody ticks it."))
    name = thing_word(thing)
    told = _("Noted: %(thing)s", thing=name) if is_done else _("Taken back: %(thing)s", thing=name)
    flash(told, "done")


def _start_of(found: FirstDay, classroom: int) -> ClassStart:
    start = next((one for one in found.classes if one.classroom.id == classroom), None)
    return start if start is not None else abort(404)
