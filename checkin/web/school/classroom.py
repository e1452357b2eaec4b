"""One class: its name, its pupils, who teaches it, and adding a class."""

from collections.abc import Collection
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.class_sizes import pupils_for_nearly_every_light
from checkin.domain.release import WEEK_PUPILS
from checkin.domain.school import MOST_PUPILS, Classroom
from checkin.services import class_years
from checkin.services import classrooms as classroom_service
from checkin.services.class_names import LONGEST_NAME
from checkin.services.class_years import CannotChange
from checkin.services.rituals import coming_pause, today_of
from checkin.web import meanwhile
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.opening_words import opening_lines
from checkin.web.plain_text import plain_name
from checkin.web.pupil_words import vocabulary_of
from checkin.web.school import blueprint
from checkin.web.school.change_words import kind_word, problem_of, whole_number
from checkin.web.school.places import get_classroom
from checkin.web.school.plan_words import name_told, plan_of, teachers_told
from checkin.web.size_words import size_told


@blueprint.get("/classrooms/<int:classroom>")
def classroom(classroom: int) -> ResponseReturnValue:
    """Show what is set for a class."""
    return show_classroom(get_classroom(classroom))


@blueprint.get("/classrooms/new")
def new_classroom() -> ResponseReturnValue:
    """Show the empty form of a class."""
    return _show_new()


@blueprint.post("/classrooms")
def add_classroom() -> ResponseReturnValue:
    """Add a class."""
    person, given = signed_in(), _given()
    like_id = whole_number(given["like"])
    like = classroom_service.find_classroom(person, like_id) if like_id else None
    pupils = whole_number(given["pupils"])
    try:
        id = classroom_service.add_classroom(person, given["name"], pupils, like, now())
    except CannotChange as wrong:
        return _show_new(given, problem_of(wrong)), 400
    told = _("%(name)s is added.", name=given["name"])
    floor = classroom_service.get_school_of(person).floor
    flash(f"{told} {size_told(pupils, floor)}", "done")
    return redirect(url_for("school.classroom", classroom=id), 303)


@blueprint.post("/classrooms/<int:classroom>/name")
def rename_classroom(classroom: int) -> ResponseReturnValue:
    """Give a class another name."""
    found, name = get_classroom(classroom), plain_name(request.form.get("name", ""))
    try:
        classroom_service.rename_classroom(signed_in(), found, name, now())
    except CannotChange as wrong:
        return show_classroom(found, problems=problem_of(wrong), name_typed=name), 400
    told = _("The class is called %(name)s now.", name=name)
    flash(f"{told} {name_told(found, name)}".strip(), "done")
    return redirect(url_for("school.classroom", classroom=found.id), 303)


@blueprint.post("/classrooms/<int:classroom>/teachers")
def choose_teachers(classroom: int) -> ResponseReturnValue:
    """Choose who teaches a class."""
    found = get_classroom(classroom)
    chosen = {whole_number(text) for text in request.form.getlist("teachers")}
    page = url_for("school.classroom", classroom=found.id)
    if meanwhile.is_older("teachers", page, lambda: _facts(_taught_by(found)), _facts(chosen)):
        return show_classroom(found, taught_by=chosen), 409
    classroom_service.choose_teachers(signed_in(), found, chosen, now())
    told = _("The teachers of %(name)s are saved.", name=found.name)
    flash(f"{told} {teachers_told(found)}".strip(), "done")
    return redirect(url_for("school.classroom", classroom=found.id, _anchor="teachers"), 303)


def show_classroom(classroom: Classroom, **typed: Any) -> str:
    """Show the page of a class, with what was typed where something was wrong with it."""
    person, instant = signed_in(), now()
    words = vocabulary_of(person.school)
    teachers = classroom_service.list_teachers(person)
    today = today_of(classroom, instant)
    taught_by = _taught_by(classroom)
    shown = {"problems": {}, "name_typed": classroom.name, "substitute": {}}
    return render_template(
        "school/classroom.html",
        classroom=classroom,
        teachers=teachers,
        substitutes=class_years.substitutes_of(classroom, today),
        kind_word=kind_word,
        openings=opening_lines(classroom_service.openings_of(classroom)),
        home_languages=words.languages_of(classroom.languages),
        pause=coming_pause(classroom, instant),
        tablets=class_years.tablets_of(classroom),
        today=today,
        size=size_told(classroom.pupils, classroom_service.get_school_of(person).floor),
        longest=LONGEST_NAME,
        most=MOST_PUPILS,
        seen_teachers=meanwhile.seen_of("teachers", _facts(taught_by)),
        **(plan_of(classroom) | shown | {"taught_by": taught_by} | typed),
    )


def _taught_by(classroom: Classroom) -> set[int]:
    teachers = classroom_service.list_teachers(signed_in())
    return {one.id for one in teachers if classroom.id in one.classrooms}


def _facts(teachers: Collection[int]) -> list[meanwhile.Fact]:
    """Return what the form of a class's teachers shows."""
    names = {one.id: one.name for one in classroom_service.list_teachers(signed_in())}
    return [meanwhile.those_of(_("Teachers"), teachers, names)]


def _given() -> dict[str, str]:
    given = request.form.get
    return {name: plain_name(given(name, ""))[:80] for name in ("name", "pupils", "like")}


def _show_new(given: dict[str, str] | None = None, problems: dict[str, str] | None = None) -> str:
    return render_template(
        "school/classroom_new.html",
        given=given or {},
        problems=problems or {},
        rooms=classroom_service.list_classrooms(signed_in()),
        floor=(floor := classroom_service.get_school_of(signed_in()).floor),
        nearly=pupils_for_nearly_every_light(floor),
        least=WEEK_PUPILS,
        longest=LONGEST_NAME,
        most=MOST_PUPILS,
    )
