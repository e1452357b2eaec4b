"""Signing in with an address and a password, and signing out."""

from flask import current_app, redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import signing_in as service
from checkin.services.signing_in import SecondStepAsked, WaitFirst, WrongPassword
from checkin.web import cookies
from checkin.web.clock import now
from checkin.web.passkey_place import find_place
from checkin.web.security import relative_path
from checkin.web.signing_in import blueprint, sessions


@blueprint.get("/sign-in")
def show() -> ResponseReturnValue:
    """Show the form."""
    return _form(next=relative_path(request.args.get("next")))


@blueprint.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Sign a person in, ask for a second factor, or show the form again."""
    email, password = request.form.get("email", ""), request.form.get("password", "")
    next = relative_path(request.form.get("next"))
    try:
        token = service.sign_in(email, password, now())
    except SecondStepAsked as asked:
        response = redirect(to("signing_in.second", next=next), 303)
        cookies.STEP.keep(response, asked.token)
        return response
    except WrongPassword:
        return _form(
            email, next, _("This e-mail address and password do not belong together.")
        ), 401
    except WaitFirst as wait:
        text = sessions.wait_text(wait.seconds)
        return _form(email, next, text), 401, {"Retry-After": str(wait.seconds)}
    return sessions.begin(token, next)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session, here and on the server."""
    sessions.end()
    response = redirect(to("signing_in.show"), 303)
    cookies.SESSION.drop(response)
    return response


def _form(email: str = "", next: str | None = None, problem: str = "") -> str:
    config = current_app.extensions["checkin_config"]
    demo = current_app.extensions.get("checkin_demo") if config.is_demo else None
    return render_template(
        "sign_in.html",
        email=email,
        next=next,
        problem=problem,
        demo=demo,
        passkeys=find_place() is not None,
        elsewhere=config.provider.label if config.provider else None,
    )
