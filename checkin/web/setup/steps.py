"""The steps of setting up, in order; each keeps what was typed, right or wrong."""

from typing import Any

from flask import redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from checkin.services.setting_up_code import Answers
from checkin.web.setup import blueprint, has_school, sitting
from checkin.web.setup.finishing import finish
from checkin.web.setup.reading import Fields, Problems, problems_of
from checkin.web.setup.showing import shown_of

STEPS = ("school", "class", "times", "care", "you")
FIRST, LAST = STEPS[0], STEPS[-1]


@blueprint.get("/setup/<any(school, class, times, care, you):step>")
def step(step: str) -> ResponseReturnValue:
    """Show a step as it was left; what is wrong is said once it was sent."""
    answers = None if has_school() else sitting.find_answers()
    if answers is None:
        return redirect(to("setup.show"), 303)
    fields = sitting.fields_of(answers, step)
    problems = problems_of(step, fields) if fields is not None else {}
    return _page(step, answers, fields, problems)


@blueprint.post("/setup/<any(school, class, times, care, you):step>")
def keep(step: str) -> ResponseReturnValue:
    """Keep a step and go on, or back; the last one makes the school."""
    answers = None if has_school() else sitting.find_answers()
    if answers is None:
        return redirect(to("setup.show"), 303)
    fields = sitting.keep_step(answers, step, request.form)
    if request.form.get("go") == "back":
        return redirect(to("setup.step", step=_before(step)), 303)
    if problems_of(step, fields):
        return redirect(to("setup.step", step=step), 303)  # so that 'back' asks nothing again
    if step != LAST:
        return redirect(to("setup.step", step=STEPS[STEPS.index(step) + 1]), 303)
    if (unready := step_to_go(answers)) != LAST:
        return redirect(to("setup.step", step=unready), 303)
    return _make(answers, fields)


def step_to_go(answers: Answers) -> str:
    """Return the first step that was never sent or has something wrong, else the last."""
    ready = (not problems_of(one, sitting.fields_of(answers, one)) for one in STEPS)
    sent = (one in answers for one in STEPS)
    both = zip(STEPS, sent, ready, strict=True)
    return next((one for one, is_sent, is_ready in both if not (is_sent and is_ready)), LAST)


def _make(answers: Answers, fields: Fields) -> ResponseReturnValue:
    whole = {one: sitting.fields_of(answers, one) or MultiDict[str, str]() for one in STEPS}
    password, again = (request.form.get(name, "") for name in ("password", "again"))
    made = finish(whole, password, again)
    if isinstance(made, dict):
        return _page(LAST, answers, fields, made), 400
    return made


def _before(step: str) -> str:
    return STEPS[max(STEPS.index(step) - 1, 0)]


def _page(step: str, answers: Answers, fields: Fields | None, problems: Problems) -> str:
    whole = {one: sitting.fields_of(answers, one) for one in STEPS}
    whole[step] = fields
    more: dict[str, Any] = shown_of(step, whole)
    return render_template(
        f"setup/{step}.html",
        step=step,
        steps=STEPS,
        number=STEPS.index(step) + 1,
        done=[one for one in STEPS if one in answers],
        problems=problems,
        **more,
    )
