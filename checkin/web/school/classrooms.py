"""The classrooms of a school, and what is set for them."""

from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.school import MOST_PUPILS
from checkin.services import class_years
from checkin.services import classrooms as classroom_service
from checkin.services import teams as team_service
from checkin.services.rituals import coming_pause
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.opening_words import opening_lines
from checkin.web.pupil_words import vocabulary_of
from checkin.web.school import blueprint
from checkin.web.school.change_words import kind_word
from checkin.web.school.classroom import show_classroom
from checkin.web.school.languages import listed_languages
from checkin.web.school.places import get_classroom
from checkin.web.school.plan_words import pupils_told
from checkin.web.size_words import size_told


class Problem(NamedTuple):
    """What was wrong with which form of which classroom, and what was given."""

    wrong: str
    problem: str
    about: int
    given: str


STEPS = {"more": 1, "fewer": -1}
"""One pupil more or fewer: a press in the list."""

NO_PROBLEM = Problem("", "", 0, "")


@blueprint.get("/classrooms")
def classrooms() -> ResponseReturnValue:
    """List the classrooms with what is set for them."""
    return _show_classrooms()


@blueprint.post("/classrooms/<int:classroom>/pupils")
def set_pupils(classroom: int) -> ResponseReturnValue:
    """Change how many pupils a classroom has."""
    found, given = get_classroom(classroom), request.form.get("pupils", "").strip()
    if step := STEPS.get(request.form.get("step", "")):
        given = str(found.pupils + step)
    try:
        classroom_service.set_pupils(found, int(given if len(given) < 5 else "0"))
    except ValueError:
        most = MOST_PUPILS
        told = _("The number of pupils is a whole number from 1 to %(most)s.", most=most)
        if request.form.get("from") == "class":
            return show_classroom(found, problems={"pupils": told}, pupils=given), 400
        return _show_classrooms(Problem("pupils", told, found.id, given)), 400
    told = ngettext(
        "%(name)s now has %(num)s pupil.",
        "%(name)s now has %(num)s pupils.",
        int(given),
        name=found.name,
    )
    floor = classroom_service.get_school_of(signed_in()).floor
    flash(f"{told} {size_told(int(given), floor)} {pupils_told(found)}".strip(), "done")
    if request.form.get("from") == "class":
        return redirect(url_for("school.classroom", classroom=found.id), 303)
    return redirect(url_for("school.classrooms", _anchor=f"class-{found.id}"), 303)


def _show_classrooms(problem: Problem = NO_PROBLEM) -> str:
    person = signed_in()
    words = vocabulary_of(person.school)
    rows = [
        (
            classroom,
            opening_lines(classroom_service.openings_of(classroom)),
            words.languages_of(classroom.languages),
            coming_pause(classroom, now()),
        )
        for classroom in classroom_service.list_classrooms(person)
    ]
    return render_template(
        "school/classrooms.html",
        rows=rows,
        floor=classroom_service.get_school_of(person).floor,
        most=MOST_PUPILS,
        listed=listed_languages(person.school),
        teams=team_service.list_teams(person),
        size_told=size_told,
        coming=class_years.list_coming(person),
        undoable=class_years.list_undoable(person, now()),
        archived=class_years.list_archived(person),
        kind_word=kind_word,
        **problem._asdict(),
    )
