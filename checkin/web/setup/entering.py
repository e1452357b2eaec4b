"""The code of the console, before anything can be set up."""

from flask import redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.services import setting_up_code
from checkin.services.setting_up_code import WaitFirst, WrongCode
from checkin.web.clock import now
from checkin.web.setup import blueprint, has_school, sitting
from checkin.web.setup.steps import FIRST, step_to_go
from checkin.web.signing_in.sessions import wait_text

LONGEST = 40


@blueprint.get("/setup")
def show() -> ResponseReturnValue:
    """Ask for the code, or go on where this browser was."""
    if has_school():
        return redirect(to("home.show"), 303)
    answers = sitting.find_answers()
    if answers is None:
        return _ask()
    return redirect(to("setup.step", step=step_to_go(answers)), 303)


@blueprint.post("/setup")
def enter() -> ResponseReturnValue:
    """Let whoever gives the code in, or ask again."""
    if has_school():
        return redirect(to("home.show"), 303)
    code = request.form.get("code", "").strip()[:LONGEST]
    try:
        found = setting_up_code.enter(code, sitting.token(), now())
    except WrongCode:
        return _ask(code, _("This is not the code that the server shows now.")), 400
    except WaitFirst as wait:
        text = wait_text(wait.seconds)
        return _ask(code, text), 429, {"Retry-After": str(wait.seconds)}
    answers = setting_up_code.find_answers(found)
    response = redirect(to("setup.step", step=step_to_go(answers) if answers else FIRST), 303)
    sitting.remember(response, found)
    return response


def _ask(code: str = "", problem: str = "") -> str:
    return render_template(
        "setup/code.html", code=code, problem=problem, is_offered=setting_up_code.is_offered()
    )
