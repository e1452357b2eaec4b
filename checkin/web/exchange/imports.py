"""Reading in classes and staff: choose a file, choose from what it would change, do that."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.imports import Found
from checkin.services import classrooms, importing, mailing
from checkin.services.importing import LARGEST_FILE, TEMPLATE, Choice, Unreadable, Why
from checkin.services.staffing import NotDone
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.exchange import blueprint
from checkin.web.exchange.files import csv_answer
from checkin.web.exchange.sealed_plan import read_plan, write_plan
from checkin.web.exchange.words import hindrance_words, remark_words, why_words
from checkin.web.school.change_words import whole_number
from checkin.web.staff.words import wrong_words

FORM_ROOM = 8 * 1000
"""With the file it stays below what is kept in memory while it comes in."""


@blueprint.url_value_preprocessor
def _let_a_file_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let this one form be as large as a file, which is in memory and never on the disk."""
    if endpoint == "exchange.preview":
        request.max_content_length = LARGEST_FILE + FORM_ROOM


@blueprint.get("/import")
def upload() -> ResponseReturnValue:
    """Ask for a file; of one that was too large, say how large it may be."""
    is_large = request.args.get("problem") == Why.LARGE
    return _ask(why_words(Why.LARGE) if is_large else "")


@blueprint.get("/import/template.csv")
def template() -> ResponseReturnValue:
    """Give a list to fill in."""
    return csv_answer(TEMPLATE, "groepen")


@blueprint.post("/import")
def preview() -> ResponseReturnValue:
    """Show what a file would change; nothing is kept yet, and of pupils nothing at all."""
    file = request.files.get("file")
    data = file.read() if file else b""
    try:
        found = importing.read_file(data)
    except Unreadable as wrong:
        return _ask(why_words(wrong.why)), 400
    return _show(found)


@blueprint.post("/import/choice")
def carry_out() -> ResponseReturnValue:
    """Do what was ticked, all of it or nothing."""
    found = read_plan(signed_in(), request.form.get("plan", ""))
    if found is None:
        flash(_("This list is too old, or not as we made it. Choose the file once more."), "wrong")
        return redirect(url_for("exchange.upload"), 303)
    like = classrooms.find_classroom(signed_in(), whole_number(request.form.get("like", "")))
    choice = Choice(request.form.getlist("class"), request.form.getlist("person"), like)
    try:
        done = importing.carry_out(signed_in(), found, choice, now())
    except NotDone as wrong:
        told = _("Nothing was changed.")
        flash(f"{wrong_words(wrong.wrong)} {told}", "wrong")
        return _show(found), 409
    if done.is_nothing:
        flash(_("Nothing was ticked that is not so already, so nothing is changed."), "look")
        return redirect(url_for("exchange.upload"), 303)
    return render_template("exchange/done.html", done=done, may_mail=mailing.is_set_up())


def _show(found: Found) -> str:
    return render_template(
        "exchange/preview.html",
        plan=importing.compare(signed_in(), found),
        sealed=write_plan(signed_in(), found),
        wrong=[remark_words(one) for one in found.wrong],
        more_wrong=found.more_wrong,
        hindrance=hindrance_words,
        rooms=classrooms.list_classrooms(signed_in()),
        may_mail=mailing.is_set_up(),
    )


def _ask(problem: str = "") -> str:
    return render_template("exchange/upload.html", problem=problem, most=LARGEST_FILE // 1000)
