"""What a class did with its week: a teacher writes one line."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.school import Classroom
from checkin.services import class_loop, classrooms
from checkin.services.class_loop import ClassLine
from checkin.web.access import signed_in
from checkin.web.care import blueprint
from checkin.web.care.form import given
from checkin.web.clock import now


@blueprint.post("/classrooms/<int:classroom>/line")
def write_line(classroom: int) -> ResponseReturnValue:
    """Keep the line of this week in the place of the one before."""
    found = classrooms.find_classroom(signed_in(), classroom)
    if found is None:
        abort(404)
    try:
        seen = given("was") if "was" in request.form else None
        stood = class_loop.write(found, given("line"), signed_in(), now(), seen)
    except class_loop.WrittenMeanwhile as meanwhile:
        return _show_both(found, meanwhile.theirs), 409
    except ValueError:
        abort(400, _("A line has %(n)s characters at most.", n=class_loop.LONGEST_LINE))
    flash(*_told(stood))
    return redirect(url_for("trends.show", classroom=classroom, _anchor="line"), 303)


def _told(stood: str) -> tuple[str, str]:
    if given("line"):
        return _("Your line is kept."), "done"
    if stood:
        return _("Your line is taken away."), "done"
    return _("There is nothing in the line yet."), "look"


def _show_both(classroom: Classroom, theirs: ClassLine | None) -> str:
    return render_template(
        "care/line_twice.html",
        classroom=classroom,
        theirs=theirs,
        mine=given("line"),
        longest_line=class_loop.LONGEST_LINE,
    )
