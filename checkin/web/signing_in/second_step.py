"""The second step, for whoever has a second factor: a code, or a passkey instead."""

from flask import flash, redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.services import signing_in as service
from checkin.services.factors import keeping, second_step
from checkin.services.factors.second_step import BeginAgain, WrongSecond
from checkin.services.signing_in import RECOVERY_CODE, WaitFirst
from checkin.web import cookies
from checkin.web.clock import now
from checkin.web.passkey_place import find_place
from checkin.web.security import relative_path
from checkin.web.signing_in import blueprint, sessions


@blueprint.get("/sign-in/second")
def second() -> ResponseReturnValue:
    """Ask for the code."""
    if not second_step.is_asked(cookies.STEP.read(), now()):
        return _begin_again()
    return _form(relative_path(request.args.get("next")))


@blueprint.post("/sign-in/second")
def finish() -> ResponseReturnValue:
    """Sign a person in after the second step, or ask again."""
    next = relative_path(request.form.get("next"))
    try:
        token = second_step.finish(cookies.STEP.read(), request.form.get("code", ""), now())
    except BeginAgain:
        return _begin_again()
    except WrongSecond:
        text = _("This code does not fit or was used already, or the password was not right.")
        return _form(next, text), 401
    except WaitFirst as wait:
        text = sessions.wait_text(wait.seconds)
        return _form(next, text), 401, {"Retry-After": str(wait.seconds)}
    _tell_codes_left(token)
    return sessions.begin(token, next)


def _form(next: str | None, problem: str = "") -> str:
    return render_template(
        "sign_in_second.html", next=next, problem=problem, passkeys=find_place() is not None
    )


def _begin_again() -> ResponseReturnValue:
    if cookies.STEP.read():
        flash(_("That took too long, or was tried too often. Please begin again."), "look")
    response = redirect(to("signing_in.show"), 303)
    sessions.forget_step(response)
    return response


def _tell_codes_left(token: str) -> None:
    if service.way_of(token) != RECOVERY_CODE:
        return
    person = service.find_person(token, now())
    left = keeping.kept_by(person.id).codes_left if person else 0
    flash(
        ngettext(
            "That recovery code is used up now. You have %(num)s left.",
            "That recovery code is used up now. You have %(num)s left.",
            left,
        ),
        "look",
    )
