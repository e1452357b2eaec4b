"""One person: what they are, which classes they have, and how they get in."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.access import Role, may_keep_sign_in
from checkin.services import classrooms, mailing, staffing
from checkin.services.staffing import LeftBehind, Listed, NotDone
from checkin.web import meanwhile
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.staff import blueprint
from checkin.web.staff.forms import PersonForm, form_of, read_person
from checkin.web.staff.places import get_here, get_listed
from checkin.web.staff.words import role_word

NOTHING = LeftBehind()


@blueprint.get("/staff/<int:id>")
def person(id: int) -> ResponseReturnValue:
    """Show a person."""
    listed = get_listed(id)
    return _show(listed, form_of(listed.member))


@blueprint.post("/staff/<int:id>")
def change(id: int) -> ResponseReturnValue:
    """Change what a person is; asks once more where a class or a role is left with nobody."""
    listed = get_listed(id)
    if listed.member.left_at is not None:
        abort(404)
    rooms = [one.id for one in classrooms.list_classrooms(signed_in())]
    form = read_person(request.form, rooms)
    page = url_for("staff.person", id=id)

    def there() -> list[meanwhile.Fact]:
        return _facts(form_of(get_listed(id).member))

    if meanwhile.is_older("person", page, there, _facts(form)):
        return _show(get_listed(id), form), 409
    behind = staffing.left_behind(listed.member, form.setting, now())
    if behind and request.form.get("sure") != "yes" and form.roles:
        return _show(listed, form, behind)
    try:
        staffing.set_roles(signed_in(), listed.member, form.setting, now())
    except NotDone as error:
        return _show(listed, form.with_problem(error)), 400
    told = _("Saved. It holds from now on: %(name)s need not sign in again.", name=form.name)
    flash(told, "done")
    return redirect(url_for("staff.person", id=id), 303)


@blueprint.post("/staff/<int:id>/sessions/end")
def end_sessions(id: int) -> ResponseReturnValue:
    """End every session of a person."""
    listed = get_here(id)
    ended = staffing.end_all_of(signed_in(), listed.member, now())
    told = ngettext(
        "%(name)s was signed in on %(num)s device, and is no longer.",
        "%(name)s was signed in on %(num)s devices, and is no longer.",
        ended,
        name=listed.member.name,
    )
    flash(told, "done")
    return redirect(url_for("staff.person", id=id), 303)


def _show(listed: Listed, form: PersonForm, behind: LeftBehind = NOTHING) -> str:
    viewer, member = signed_in(), listed.member
    return render_template(
        "staff/person.html",
        listed=listed,
        member=member,
        form=form,
        seen=meanwhile.seen_of("person", _facts(form_of(member))),
        behind=behind,
        roles=tuple(Role),
        rooms=classrooms.list_classrooms(viewer),
        longest=staffing.LONGEST_NAME,
        keeps_accounts=may_keep_sign_in(viewer),
        is_self=member.id == viewer.id,
        may_change_own=staffing.may_change_own(viewer),
        is_only_admin=staffing.is_only_admin(viewer),
        may_mail=mailing.is_set_up(),
    )


def _facts(form: PersonForm) -> list[meanwhile.Fact]:
    """Return what the form of a person shows; who does not teach has no classes."""
    rooms = {one.id: one.name for one in classrooms.list_classrooms(signed_in())}
    roles = sorted(form.roles)
    return [
        meanwhile.text_of(_("Name"), form.name),
        meanwhile.Fact(_("Roles"), ", ".join(map(role_word, roles)), roles),
        meanwhile.those_of(
            _("Classes"), form.classrooms if Role.TEACHER in form.roles else (), rooms
        ),
    ]
