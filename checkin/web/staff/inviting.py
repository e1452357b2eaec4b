"""Inviting somebody, inviting again, taking it back, and offering a new password."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.access import Role
from checkin.domain.joining import Purpose
from checkin.services import classrooms, mailing, staffing
from checkin.services.staffing import Listed, NotDone
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.staff import blueprint, paper
from checkin.web.staff.forms import PersonForm, empty_form, form_of, read_person, read_way
from checkin.web.staff.places import get_here, get_listed
from checkin.web.staff.words import wrong_words


@blueprint.get("/staff/invitation")
def invitation() -> ResponseReturnValue:
    """Show the form for somebody new."""
    return _show(empty_form())


@blueprint.post("/staff/invitation")
def invite() -> ResponseReturnValue:
    """Invite somebody: by mail, or with a sheet to print."""
    form = read_person(request.form, _room_ids())
    try:
        id, code = staffing.invite(signed_in(), form.new_member, form.way, now())
    except NotDone as error:
        return _show(form.with_problem(error)), 400
    return _go_on(id, form.name, code, Purpose.JOIN)


@blueprint.post("/staff/<int:id>/invitation")
def invite_again(id: int) -> ResponseReturnValue:
    """Make an invitation anew; the earlier one no longer holds."""
    listed = get_listed(id)
    if not listed.is_invited:
        abort(404)
    try:
        code = staffing.invite_again(signed_in(), listed.member, read_way(request.form), now())
    except NotDone as error:
        return _refuse(id, error)
    return _go_on(id, listed.member.name, code, Purpose.JOIN)


@blueprint.post("/staff/<int:id>/invitation/withdrawal")
def withdraw(id: int) -> ResponseReturnValue:
    """Take back what lets somebody in."""
    listed = get_listed(id)
    try:
        staffing.withdraw(signed_in(), listed.member, now())
    except NotDone:
        flash(_("There is no invitation any more: it was used, or withdrawn before."), "look")
    else:
        flash(_("Withdrawn: %(name)s cannot use it any more.", name=listed.member.name), "done")
    return redirect(url_for("staff.show"), 303)


@blueprint.post("/staff/<int:id>/password")
def offer_password(id: int) -> ResponseReturnValue:
    """Let somebody choose a new password, by mail or with a sheet to print."""
    listed = get_here(id)
    try:
        code = staffing.offer_password(signed_in(), listed.member, read_way(request.form), now())
    except NotDone as error:
        return _refuse(id, error)
    return _go_on(id, listed.member.name, code, Purpose.PASSWORD)


@blueprint.get("/staff/<int:id>/return")
def coming_back(id: int) -> ResponseReturnValue:
    """Show the form for somebody who left."""
    listed = _get_left(id)
    return _show(form_of(listed.member), listed)


@blueprint.post("/staff/<int:id>/return")
def invite_back(id: int) -> ResponseReturnValue:
    """Invite somebody who left; what they did keeps its name."""
    listed, form = _get_left(id), read_person(request.form, _room_ids())
    try:
        code = staffing.invite_back(
            signed_in(), listed.member, form.roles, form.classrooms, form.way, now()
        )
    except NotDone as error:
        return _show(form.with_problem(error), listed), 400
    return _go_on(id, listed.member.name, code, Purpose.JOIN)


def _show(form: PersonForm, back: Listed | None = None) -> str:
    return render_template(
        "staff/invitation.html",
        form=form,
        back=back.member if back else None,
        roles=tuple(Role),
        rooms=classrooms.list_classrooms(signed_in()),
        may_mail=mailing.is_set_up(),
        longest=staffing.LONGEST_NAME,
        longest_address=staffing.LONGEST_ADDRESS,
    )


def _go_on(id: int, name: str, code: str, purpose: Purpose) -> ResponseReturnValue:
    """Lead to the sheet with the code, or say that a mail goes."""
    if code:
        return paper.lead_to_sheet(id, code)
    told = _("A mail is on its way to %(name)s. Its link works for a week, once.", name=name)
    flash(told, "done")
    is_new = purpose is Purpose.JOIN
    return redirect(url_for("staff.show") if is_new else url_for("staff.person", id=id), 303)


def _refuse(id: int, error: NotDone) -> ResponseReturnValue:
    flash(wrong_words(error.wrong), "wrong")
    return redirect(url_for("staff.person", id=id), 303)


def _get_left(id: int) -> Listed:
    listed = get_listed(id)
    return listed if listed.member.left_at is not None else abort(404)


def _room_ids() -> list[int]:
    return [one.id for one in classrooms.list_classrooms(signed_in())]
