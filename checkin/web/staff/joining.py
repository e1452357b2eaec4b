"""Coming in: with a printed code, with the link of a mail, or after a forgotten password."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import mailing, staffing
from checkin.services.passwords import SHORTEST
from checkin.services.slowing_down import WaitFirst
from checkin.services.staffing import NotLive, Unknown, WeakPassword, Welcome
from checkin.web.clock import now
from checkin.web.language import LANGUAGES, locale
from checkin.web.signing_in.sessions import wait_text
from checkin.web.staff.seeing import seen_by
from checkin.web.staff.words import state_words, weak_words

blueprint = Blueprint("joining", __name__)

LONGEST = 100


@blueprint.get("/join")
def enter() -> ResponseReturnValue:
    """Ask for the code of a sheet."""
    return render_template("staff/enter.html", code="", problem="")


@blueprint.post("/join")
def find() -> ResponseReturnValue:
    """Lead to the page of a code, or ask again."""
    code = request.form.get("code", "").strip()[:LONGEST]
    try:
        staffing.look(code, now())
    except Unknown:
        problem = _("There is no such code. Look at the sheet: no letter O or I, no 0 or 1.")
        return _enter(code, problem), 400
    except NotLive as gone:
        return _enter(code, state_words(gone.state)), 400
    except WaitFirst as wait:
        return _enter(code, wait_text(wait.seconds)), 400, {"Retry-After": str(wait.seconds)}
    return redirect(url_for("joining.show", secret="".join(code.split())), 303)


@blueprint.get("/join/<secret>")
def show(secret: str) -> ResponseReturnValue:
    """Show whom a code or link lets in; that spends nothing, as mail programs open links too."""
    try:
        welcome = staffing.look(secret[:LONGEST], now())
    except (Unknown, NotLive, WaitFirst) as error:
        return _refuse(error)
    return _show(secret, welcome, str(locale().language), {})


@blueprint.post("/join/<secret>")
def choose(secret: str) -> ResponseReturnValue:
    """Keep the password that somebody chose, and lead them to sign in with it."""
    secret, password = secret[:LONGEST], request.form.get("password", "")
    chosen = request.form.get("language", "")
    language = chosen if chosen in LANGUAGES else str(locale().language)
    try:
        if password != request.form.get("again", ""):
            problem = {"again": _("This is not the same as above.")}
            return _show(secret, staffing.look(secret, now()), language, problem), 400
        staffing.choose_password(secret, password, language, now())
    except WeakPassword as error:
        problem = {"password": weak_words(error.weak)}
        return _show(secret, staffing.look(secret, now()), language, problem), 400
    except (Unknown, NotLive, WaitFirst) as error:
        return _refuse(error)
    flash(_("Your password is kept. Sign in with it now."), "done")
    return redirect(url_for("signing_in.show"), 303)


@blueprint.get("/forgotten")
def forgotten() -> ResponseReturnValue:
    """Ask whose password was forgotten, or say whom to ask where there is no mail."""
    return _forgotten()


@blueprint.post("/forgotten")
def ask() -> ResponseReturnValue:
    """Mail a link; whether there is such an address shows in nothing."""
    email = request.form.get("email", "").strip()[:LONGEST]
    if not mailing.is_set_up():
        return _forgotten(email), 400
    try:
        staffing.ask_password(email, now())
    except WaitFirst as wait:
        problem = wait_text(wait.seconds)
        return _forgotten(email, problem), 400, {"Retry-After": str(wait.seconds)}
    return render_template("staff/asked.html", email=email)


def _enter(code: str, problem: str) -> str:
    return render_template("staff/enter.html", code=code, problem=problem)


def _forgotten(email: str = "", problem: str = "") -> str:
    may_mail = mailing.is_set_up()
    return render_template("staff/forgotten.html", email=email, problem=problem, may_mail=may_mail)


def _show(secret: str, welcome: Welcome, language: str, problems: dict[str, str]) -> str:
    return render_template(
        "staff/join.html",
        secret=secret,
        welcome=welcome,
        language=language,
        problems=problems,
        shortest=SHORTEST,
        seen=seen_by(welcome.person) if welcome.is_new else (),
    )


def _refuse(error: Exception) -> ResponseReturnValue:
    """Say why a code or link lets nobody in."""
    if isinstance(error, WaitFirst):
        told, status = wait_text(error.seconds), 429
    elif isinstance(error, NotLive):
        told, status = state_words(error.state), 410
    else:
        told, status = _("There is no such code or link."), 404
    return render_template("staff/no_invitation.html", told=told), status
