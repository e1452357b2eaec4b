"""One class: its name, its pupils, who teaches it, and adding a class."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.release import WEEK_PUPILS
from checkin.domain.school import MOST_PUPILS, Classroom
from checkin.services import class_years
from checkin.services import classrooms as classroom_service
from checkin.services.class_names import LONGEST_NAME
from checkin.services.class_years import CannotChange
from checkin.services.rituals import coming_pause, today_of
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.opening_words import opening_lines
from checkin.web.pupil_words import vocabulary_of
from checkin.web.school import blueprint
from checkin.web.school.change_words import problem_of, whole_number
from checkin.web.school.places import get_classroom
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
    found, name = get_classroom(classroom), request.form.get("name", "").strip()
    try:
        classroom_service.rename_classroom(signed_in(), found, name, now())
    except CannotChange as wrong:
        return show_classroom(found, problems=problem_of(wrong), name_typed=name), 400
    flash(_("The class is called %(name)s now.", name=name), "done")
    return redirect(url_for("school.classroom", classroom=found.id), 303)


@blueprint.post("/classrooms/<int:classroom>/teachers")
def choose_teachers(classroom: int) -> ResponseReturnValue:
    """Choose who teaches a class."""
    found = get_classroom(classroom)
    chosen = {whole_number(text) for text in request.form.getlist("teachers")}
    classroom_service.choose_teachers(signed_in(), found, chosen, now())
    flash(_("The teachers of %(name)s are saved.", name=found.name), "done")
    return redirect(url_for("school.classroom", classroom=found.id, _anchor="teachers"), 303)


def show_classroom(classroom: Classroom, **typed: Any) -> str:
    """Show the page of a class, with what was typed where something was wrong with it."""
    person, instant = signed_in(), now()
    words = vocabulary_of(person.school)
    teachers = classroom_service.list_teachers(person)
    today = today_of(classroom, instant)
    shown = {"problems": {}, "name_typed": classroom.name, "substitute": {}}
    return render_template(
        "school/classroom.html",
        classroom=classroom,
        teachers=teachers,
        substitutes=class_years.substitutes_of(classroom, today),
        coming=[
            one for one in class_years.list_coming(person) if classroom.id in one.change.touches
        ],
        openings=opening_lines(classroom_service.openings_of(classroom)),
        home_languages=words.languages_of(classroom.languages),
        pause=coming_pause(classroom, instant),
        tablets=class_years.tablets_of(classroom),
        today=today,
        size=size_told(classroom.pupils, classroom_service.get_school_of(person).floor),
        longest=LONGEST_NAME,
        most=MOST_PUPILS,
        **(shown | typed),
    )


def _given() -> dict[str, str]:
    return {name: request.form.get(name, "").strip()[:80] for name in ("name", "pupils", "like")}


def _show_new(given: dict[str, str] | None = None, problems: dict[str, str] | None = None) -> str:
    return render_template(
        "school/classroom_new.html",
        given=given or {},
        problems=problems or {},
        rooms=classroom_service.list_classrooms(signed_in()),
        floor=classroom_service.get_school_of(signed_in()).floor,
        least=WEEK_PUPILS,
        longest=LONGEST_NAME,
        most=MOST_PUPILS,
    )
