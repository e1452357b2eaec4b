"""The classrooms of a school, and what is set for them."""

from typing import NamedTuple

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.cards import CardSet, Style
from checkin.domain.rounds import Moment
from checkin.domain.school import MOST_PUPILS, UNDO_SECONDS
from checkin.domain.words import LANGUAGES
from checkin.services import classrooms as classroom_service
from checkin.services import signing_in
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.opening_words import opening_lines
from checkin.web.pupil_words import languages_of
from checkin.web.school import blueprint
from checkin.web.school.places import get_classroom
from checkin.web.school.table import read_table


class Problem(NamedTuple):
    """What was wrong with which form of which classroom, and what was given."""

    wrong: str
    problem: str
    about: int
    given: str


NO_PROBLEM = Problem("", "", 0, "")


@blueprint.get("/classrooms")
def classrooms() -> ResponseReturnValue:
    """List the classrooms with what is set for them."""
    return _show_classrooms()


@blueprint.post("/classrooms/<int:classroom>/pupils")
def set_pupils(classroom: int) -> ResponseReturnValue:
    """Change how many pupils a classroom has."""
    found, given = get_classroom(classroom), request.form.get("pupils", "").strip()
    try:
        classroom_service.set_pupils(found, int(given if len(given) < 5 else "0"))
    except ValueError:
        most = MOST_PUPILS
        told = _("The number of pupils is a whole number from 1 to %(most)s.", most=most)
        return _show_classrooms(Problem("pupils", told, found.id, given)), 400
    told = ngettext(
        "%(name)s now has %(num)s pupil.",
        "%(name)s now has %(num)s pupils.",
        int(given),
        name=found.name,
    )
    flash(told, "done")
    return redirect(url_for("school.classrooms"), 303)


@blueprint.post("/classrooms/<int:classroom>/cards")
def set_cards(classroom: int) -> ResponseReturnValue:
    """Change which cards a classroom sees, and how."""
    found = get_classroom(classroom)
    table = read_table(request.form, found)
    try:
        classroom_service.lay_table(found, table, now())
    except ValueError:
        least, most = UNDO_SECONDS[0], UNDO_SECONDS[-1]
        told = _("Choose %(least)s to %(most)s seconds.", least=least, most=most)
        given = request.form.get("undo_seconds", "")
        return _show_classrooms(Problem("cards", told, found.id, given)), 400
    flash(_("%(name)s gets these cards when nobody is at the tablet.", name=found.name), "done")
    return redirect(url_for("school.classrooms"), 303)


def _show_classrooms(problem: Problem = NO_PROBLEM) -> str:
    rows = [
        (
            classroom,
            opening_lines(classroom_service.openings_of(classroom)),
            languages_of(classroom.languages),
        )
        for classroom in classroom_service.list_classrooms(signed_in())
    ]
    return render_template(
        "school/classrooms.html",
        rows=rows,
        staff=signing_in.list_staff(signed_in().school),
        floor=classroom_service.get_school_of(signed_in()).floor,
        most=MOST_PUPILS,
        all_languages=LANGUAGES,
        card_sets=tuple(CardSet),
        styles=tuple(Style),
        moments=tuple(Moment),
        undo=UNDO_SECONDS,
        **problem._asdict(),
    )
