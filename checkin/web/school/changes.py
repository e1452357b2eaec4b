"""A class closes, splits or merges with another: what happens is shown first, then planned."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import Person
from checkin.domain.class_changes import Change
from checkin.domain.release import WEEK_PUPILS
from checkin.domain.school import MOST_PUPILS, Classroom
from checkin.services import class_years
from checkin.services import classrooms as classroom_service
from checkin.services.class_names import LONGEST_NAME
from checkin.services.class_years import CannotChange, TooLate, Trouble
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.language import day as day_in_words
from checkin.web.plain_text import plain_name
from checkin.web.school import blueprint
from checkin.web.school.change_words import (
    kind_word,
    place_of,
    problem_of,
    read_day,
    refusal,
    trouble_word,
    whole_number,
)
from checkin.web.school.places import get_classroom

CONFLICTS = (Trouble.FLAGS, Trouble.ENDED, Trouble.CHANGING)
FIELDS = ("day", "name", "pupils", "stay")


@blueprint.get("/classrooms/<int:classroom>/closure")
def closure(classroom: int) -> ResponseReturnValue:
    """Show what closing a class means."""
    return _show("close", _get_open(classroom))


@blueprint.post("/classrooms/<int:classroom>/closure")
def close_class(classroom: int) -> ResponseReturnValue:
    """Close a class from a day on."""
    found = _get_open(classroom)
    try:
        change = class_years.plan_closing(signed_in(), found, _day(), now())
    except CannotChange as wrong:
        return _refused("close", found, wrong)
    return planned(change)


@blueprint.get("/classrooms/<int:classroom>/split")
def split(classroom: int) -> ResponseReturnValue:
    """Show what splitting a class means."""
    return _show("split", _get_open(classroom))


@blueprint.post("/classrooms/<int:classroom>/split")
def split_class(classroom: int) -> ResponseReturnValue:
    """Split a class from a day on."""
    found, form = _get_open(classroom), request.form
    sizes = whole_number(form.get("stay", "")), whole_number(form.get("pupils", ""))
    try:
        change = class_years.plan_split(
            signed_in(),
            found,
            plain_name(form.get("name", "")),
            sizes,
            _numbers("tablets"),
            _numbers("teachers") & {one.id for one in _teachers()},
            _day(),
            now(),
        )
    except CannotChange as wrong:
        return _refused("split", found, wrong)
    if sum(sizes) != found.pupils:
        told = _(
            "%(stay)s and %(go)s pupils are %(sum)s together; %(name)s has %(now)s now. A slip of"
            " the pen? Then call the plan off.",
            stay=sizes[0],
            go=sizes[1],
            sum=sum(sizes),
            name=found.name,
            now=found.pupils,
        )
        flash(told, "look")
    return planned(change)


@blueprint.get("/classrooms/<int:classroom>/merger")
def merger(classroom: int) -> ResponseReturnValue:
    """Show what merging a class with others means."""
    return _show("merge", _get_open(classroom))


@blueprint.post("/classrooms/<int:classroom>/merger")
def merge_classes(classroom: int) -> ResponseReturnValue:
    """Merge a class with others from a day on."""
    found, chosen = _get_open(classroom), _numbers("others")
    others = [one for one in classroom_service.list_classrooms(signed_in()) if one.id in chosen]
    name, pupils = plain_name(request.form.get("name", "")), request.form.get("pupils", "")
    try:
        change = class_years.plan_merger(
            signed_in(),
            [found, *(one for one in others if one.id != found.id)],
            name,
            whole_number(pupils),
            _day(),
            now(),
        )
    except CannotChange as wrong:
        return _refused("merge", found, wrong)
    return planned(change)


@blueprint.post("/classrooms/changes/<int:change>/undo")
def undo_change(change: int) -> ResponseReturnValue:
    """Call a change of classes off, or undo it while no round has begun."""
    found = class_years.find_change(signed_in(), change) or abort(404)
    try:
        class_years.undo(signed_in(), found, now())
    except TooLate:
        flash(trouble_word(Trouble.BEGUN), "wrong")
    except CannotChange as wrong:
        flash(refusal(wrong), "wrong")
    else:
        flash(_("It is undone: the classes are as they were."), "done")
    return redirect(url_for("school.classrooms"), 303)


def planned(change: Change) -> ResponseReturnValue:
    """Tell that a change has happened, or when it will, and lead to the classes."""
    if change.done_at is not None:
        flash(_("It is done. You can undo it until the first round begins."), "done")
    else:
        told = _(
            "It is planned for %(day)s, before the first round. Until then all stays as it is.",
            day=day_in_words(change.day),
        )
        flash(told, "done")
    anchor = f"change-{change.id}"
    return redirect(url_for("school.classrooms", _anchor=anchor), 303)


def _get_open(id: int) -> Classroom:
    found = get_classroom(id)
    return found if found.closed_on is None else abort(404)


def _refused(what: str, classroom: Classroom, wrong: CannotChange) -> ResponseReturnValue:
    given = {name: request.form.get(name, "")[:80] for name in FIELDS}
    chosen = {name: _numbers(name) for name in ("tablets", "teachers", "others")}
    problems = problem_of(wrong)
    if wrong.trouble is Trouble.FLAGS:
        others = [one for one in _rooms() if one.id in chosen["others"] and one.id != classroom.id]
        class_years.note_refused(signed_in(), [classroom, *others], now())
    status = 409 if wrong.trouble in CONFLICTS else 400
    return _show(what, classroom, given, problems, chosen, place_of(wrong)), status


def _show(
    what: str,
    classroom: Classroom,
    given: dict[str, str] | None = None,
    problems: dict[str, str] | None = None,
    chosen: dict[str, set[int]] | None = None,
    place: str = "",
) -> str:
    person, instant = signed_in(), now()
    first = class_years.first_day_for([classroom], instant)
    teachers = _teachers()
    own = {one.id for one in teachers if classroom.id in one.classrooms}
    rooms = classroom_service.list_classrooms(person)
    shown: dict[str, set[int]] = {"tablets": set(), "teachers": own, "others": set()}
    return render_template(
        f"school/{what}.html",
        classroom=classroom,
        first=first,
        given=given or {"day": first.isoformat()},
        problems=problems or {},
        place=place,
        plans=class_years.plans_of(classroom),
        kind_word=kind_word,
        chosen=shown if chosen is None else chosen,
        tablets=class_years.tablets_of(classroom),
        teachers=teachers,
        others=[one for one in rooms if one.id != classroom.id],
        floor=classroom_service.get_school_of(person).floor,
        least=WEEK_PUPILS,
        longest=LONGEST_NAME,
        most=MOST_PUPILS,
    )


def _teachers() -> tuple[Person, ...]:
    return classroom_service.list_teachers(signed_in())


def _rooms() -> tuple[Classroom, ...]:
    return classroom_service.list_classrooms(signed_in())


def _numbers(name: str) -> set[int]:
    return {whole_number(text) for text in request.form.getlist(name)}


def _day() -> date:
    day = read_day(request.form.get("day", ""))
    if day is None:
        raise CannotChange(Trouble.DAY)
    return day
