"""The tablets of a school: given to classes with a code, renamed, taken back."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.school import Classroom
from checkin.services import classrooms as classroom_service
from checkin.services import enrolling, teams
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.plain_text import plain_name
from checkin.web.school import blueprint
from checkin.web.school.places import get_tablet

LONGEST_NAME = 40


@blueprint.get("/tablets")
def tablets() -> ResponseReturnValue:
    """List the tablets of each classroom."""
    return _show_tablets()


@blueprint.post("/tablets/<int:id>/name")
def rename_tablet(id: int) -> ResponseReturnValue:
    """Give a tablet another name."""
    tablet, name = get_tablet(id), plain_name(request.form.get("name", ""))
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        told = _("A name has 1 to %(n)s letters.", n=LONGEST_NAME)
        return _show_tablets(problem=told, about=tablet.id, given=name), 400
    enrolling.rename(tablet.id, name)
    flash(_("The tablet is now called %(name)s.", name=name), "done")
    return redirect(url_for("school.tablets"), 303)


@blueprint.post("/tablets/<int:id>/revocation")
def revoke_tablet(id: int) -> ResponseReturnValue:
    """Take a tablet's right to tap away; a second time changes nothing."""
    tablet = get_tablet(id)
    if not tablet.is_revoked:
        enrolling.revoke(tablet.id, signed_in().id, now())
    flash(_("%(name)s can no longer tap.", name=tablet.label), "done")
    return redirect(url_for("school.tablets"), 303)


def _groups() -> tuple[Classroom, ...]:
    """Return the classes, and after them the teams."""
    person = signed_in()
    return (*classroom_service.list_classrooms(person), *teams.list_teams(person))


def _show_tablets(problem: str = "", about: int = 0, given: str = "") -> str:
    found = enrolling.list_tablets(signed_in().school)
    groups = [
        (classroom, [tablet for tablet in found if tablet.classroom == classroom.id])
        for classroom in _groups()
    ]
    return render_template(
        "school/tablets.html",
        groups=groups,
        version=current_app.extensions["static_version"],
        longest=LONGEST_NAME,
        problem=problem,
        about=about,
        given=given,
    )
