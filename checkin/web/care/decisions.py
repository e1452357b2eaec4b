"""What a review decides, what came of it, and the sheet it ends in."""

import re

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.decisions import LONGEST_LINE, AlreadyFollowed, DecisionKind, FollowUp
from checkin.domain.flags import Flag, NotPossible
from checkin.domain.rounds import days_of
from checkin.services import caring, classrooms, deciding, meeting
from checkin.services.deciding import NewDecision
from checkin.web import flag_page
from checkin.web.access import signed_in
from checkin.web.care import blueprint
from checkin.web.care.form import given, given_day, read_number
from checkin.web.care.review import show_review
from checkin.web.clock import now
from checkin.web.security import relative_path

WEEK = re.compile(r"\d{4}-W\d{2}")


class NotADecision(ValueError):
    """A form that is not complete; its text says what is missing, in the reader's language."""


@blueprint.post("/flags/<int:id>/decisions")
def decide_flag(id: int) -> ResponseReturnValue:
    """Decide what is done about a flag."""
    flag = flag_page.find(id)
    return _decide(flag, f"flag-{id}")


@blueprint.post("/review/decisions")
def decide() -> ResponseReturnValue:
    """Decide something about a class, or about the school."""
    if not given("classroom"):
        return _decide(None, "other")
    number = given("classroom")
    found = None
    if number.isdecimal() and len(number) < 10:
        found = classrooms.find_classroom(signed_in(), int(number))
    if found is None:
        return show_review(_("Choose a class of this school."), "other", request.form, 400)
    return _decide(found.id, "other")


@blueprint.post("/decisions/<int:id>/follow-up")
def follow(id: int) -> ResponseReturnValue:
    """Note what came of a decision."""
    decision = deciding.find_decision(signed_in().school, id)
    if decision is None:
        abort(404)
    try:
        told = FollowUp(given("follow_up"))
    except ValueError:
        told = FollowUp.OPEN
    if told is FollowUp.OPEN:
        abort(400, _("Say whether it was done, not done, or is carried on."))
    try:
        deciding.follow(decision, told, signed_in(), now())
    except AlreadyFollowed:
        flash(_("Somebody answered this before; that answer stays."), "look")
    return redirect(_back(), 303)


@blueprint.get("/review/<week>/decisions")
def decision_list(week: str) -> ResponseReturnValue:
    """Show what the review of a week ended in; `?print=1` is one sheet."""
    try:
        days = days_of(week) if WEEK.fullmatch(week) else abort(404)
    except ValueError:
        abort(404)
    return render_template(
        "care/decisions.html",
        found=meeting.list_of(signed_in().school, week, now()),
        monday=days[0],
        is_print=request.args.get("print") == "1",
    )


def _decide(about: Flag | int | None, at: str) -> ResponseReturnValue:
    try:
        new = _read()
    except NotADecision as problem:
        return show_review(str(problem), at, request.form, 400)
    try:
        seen = read_number(given("seen"))
        is_new = deciding.decide(new, signed_in(), now(), about, seen)
    except caring.Meanwhile as changed:
        return show_review(flag_page.meanwhile_told(changed.flag), at, request.form, 409)
    except NotPossible:
        told = _("This flag was closed meanwhile, so nothing was decided about it.")
        return show_review(told, at, request.form, 409)
    told = _("Decided; it is on the list.") if is_new else _("That is on the list already.")
    flash(told, "done")
    return redirect(_back(), 303)


def _read() -> NewDecision:
    try:
        kind = DecisionKind(given("kind"))
    except ValueError:
        raise NotADecision(_("Choose what is going to be done.")) from None
    note = given("note")
    if kind is DecisionKind.OTHER and not note:
        raise NotADecision(_("Write in a few words what is going to be done."))
    if len(note) > LONGEST_LINE:
        raise NotADecision(_("A decision has %(n)s characters at most.", n=LONGEST_LINE))
    try:
        due_on = given_day("due_on")
    except ValueError:
        raise NotADecision(_("Write a day as year, month and day: 2026-11-23.")) from None
    if due_on is not None and due_on < flag_page.today():
        raise NotADecision(_("That day is past. Choose today or later."))
    return NewDecision(kind, _who(), due_on, note)


def _who() -> int | None:
    if not given("who"):
        return None
    people = {str(person.id): person.id for person in caring.who_is_asked(signed_in().school)}
    if given("who") not in people:
        raise NotADecision(_("Choose somebody of this school, or nobody."))
    return people[given("who")]


def _back() -> str:
    return relative_path(request.form.get("next")) or url_for("care.review")
