"""A person's own account: name, language, password, and where they are signed in."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.services import classrooms, staffing
from checkin.services.passwords import SHORTEST
from checkin.services.slowing_down import WaitFirst
from checkin.services.staffing import NotThePassword, WeakPassword
from checkin.web import cookies
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.signing_in.sessions import wait_text
from checkin.web.staff.words import weak_words

blueprint = Blueprint("account", __name__)


@blueprint.get("/account")
def show() -> ResponseReturnValue:
    """Show the account."""
    return _show({})


@blueprint.post("/account/password")
def change_password() -> ResponseReturnValue:
    """Change the own password; everywhere else its person is signed out."""
    known, new = request.form.get("known", ""), request.form.get("password", "")
    if new != request.form.get("again", ""):
        return _show({"again": _("This is not the same as above.")}), 400
    try:
        staffing.change_password(signed_in(), known, new, _token(), now())
    except NotThePassword:
        return _show({"known": _("This is not the password you have now.")}), 400
    except WeakPassword as error:
        return _show({"password": weak_words(error.weak)}), 400
    except WaitFirst as wait:
        problem = {"known": wait_text(wait.seconds)}
        return _show(problem), 400, {"Retry-After": str(wait.seconds)}
    flash(_("Your password is changed. Everywhere else you are signed out."), "done")
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/sessions/<mark>/end")
def end_browser(mark: str) -> ResponseReturnValue:
    """Sign out on one device."""
    if staffing.end_browser(signed_in(), mark):
        flash(_("You are signed out there."), "done")
    else:
        flash(_("You were signed out there already."), "look")
    return redirect(url_for("account.show"), 303)


@blueprint.post("/account/sessions/end")
def end_others() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    ended = staffing.end_others(signed_in(), _token(), now())
    told = ngettext(
        "You are signed out on %(num)s other device.",
        "You are signed out on %(num)s other devices.",
        ended,
    )
    flash(told, "done")
    return redirect(url_for("account.show"), 303)


def _show(problems: dict[str, str]) -> str:
    person = signed_in()
    return render_template(
        "account/show.html",
        browsers=staffing.list_browsers(person, now()),
        mine=staffing.mark_of(_token()),
        today=now().date(),
        rooms=[one.name for one in classrooms.list_classrooms(person) if person.teaches(one.id)],
        shortest=SHORTEST,
        problems=problems,
    )


def _token() -> str:
    return cookies.SESSION.read()
