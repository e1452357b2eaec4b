"""Keeping the school: its tablets and its classrooms. Nothing here shows what was tapped."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.school import MOST_PUPILS, Classroom, Tablet
from checkin.domain.words import find_language
from checkin.services import classrooms as classroom_service
from checkin.services import enrolling, signing_in
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.opening_words import opening_lines
from checkin.web.security import wants_json

blueprint = Blueprint("school", __name__)
LONGEST_NAME = 40


@blueprint.get("/tablets")
def tablets() -> ResponseReturnValue:
    """List the tablets of each classroom."""
    return _show_tablets()


@blueprint.post("/classrooms/<int:classroom>/enrolment-codes")
def make_code(classroom: int) -> ResponseReturnValue:
    """Make a code and show it, once."""
    found, instant = _get_classroom(classroom), now()
    code = enrolling.make_code(found.school, found.id, signed_in().id, instant)
    valid_until = instant + enrolling.CODE_LASTS
    if wants_json(request):
        return {"code": code, "valid_until": valid_until.isoformat()}, 201
    return render_template("school/code.html", classroom=found, code=code, valid_until=valid_until)


@blueprint.post("/tablets/<int:id>/name")
def rename_tablet(id: int) -> ResponseReturnValue:
    """Give a tablet another name."""
    tablet, name = _get_tablet(id), request.form.get("name", "").strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        told = _("A name has 1 to %(n)s letters.", n=LONGEST_NAME)
        return _show_tablets(problem=told, about=tablet.id, given=name), 400
    enrolling.rename(tablet.id, name)
    flash(_("The tablet is now called %(name)s.", name=name), "done")
    return redirect(url_for("school.tablets"), 303)


@blueprint.post("/tablets/<int:id>/revocation")
def revoke_tablet(id: int) -> ResponseReturnValue:
    """Take a tablet's right to tap away; a second time changes nothing."""
    tablet = _get_tablet(id)
    if not tablet.is_revoked:
        enrolling.revoke(tablet.id, signed_in().id, now())
    flash(_("%(name)s can no longer tap.", name=tablet.label), "done")
    return redirect(url_for("school.tablets"), 303)


@blueprint.get("/classrooms")
def classrooms() -> ResponseReturnValue:
    """List the classrooms with what is set for them."""
    return _show_classrooms()


@blueprint.post("/classrooms/<int:classroom>/pupils")
def set_pupils(classroom: int) -> ResponseReturnValue:
    """Change how many pupils a classroom has."""
    found, given = _get_classroom(classroom), request.form.get("pupils", "").strip()
    try:
        classroom_service.set_pupils(found, int(given if len(given) < 5 else "0"))
    except ValueError:
        most = MOST_PUPILS
        told = _("The number of pupils is a whole number from 1 to %(most)s.", most=most)
        return _show_classrooms(problem=told, about=found.id, given=given), 400
    flash(_("%(name)s now has %(n)s pupils.", name=found.name, n=int(given)), "done")
    return redirect(url_for("school.classrooms"), 303)


def _show_tablets(problem: str = "", about: int = 0, given: str = "") -> str:
    found = enrolling.list_tablets(signed_in().school)
    groups = [
        (classroom, [tablet for tablet in found if tablet.classroom == classroom.id])
        for classroom in classroom_service.list_classrooms(signed_in())
    ]
    return render_template(
        "school/tablets.html",
        groups=groups,
        longest=LONGEST_NAME,
        problem=problem,
        about=about,
        given=given,
    )


def _show_classrooms(problem: str = "", about: int = 0, given: str = "") -> str:
    rows = [
        (
            classroom,
            opening_lines(classroom_service.openings_of(classroom)),
            [language.name for code in classroom.languages if (language := find_language(code))],
        )
        for classroom in classroom_service.list_classrooms(signed_in())
    ]
    return render_template(
        "school/classrooms.html",
        rows=rows,
        staff=signing_in.list_staff(signed_in().school),
        floor=classroom_service.get_school_of(signed_in()).floor,
        most=MOST_PUPILS,
        problem=problem,
        about=about,
        given=given,
    )


def _get_classroom(id: int) -> Classroom:
    classroom = classroom_service.find_classroom(signed_in(), id)
    return classroom if classroom is not None else abort(404)


def _get_tablet(id: int) -> Tablet:
    tablet = enrolling.find_tablet_of(signed_in().school, id)
    return tablet if tablet is not None else abort(404)
