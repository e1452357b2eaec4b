"""A fresh code for a tablet: made once, and shown at an address of its own while it is good."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, current_app, make_response, redirect, render_template, request
from flask import url_for as to
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from checkin.domain.school import Classroom
from checkin.services import classrooms as classroom_service
from checkin.services import enrolling
from checkin.web import cookies
from checkin.web.access import signed_in
from checkin.web.clock import now
from checkin.web.school import blueprint
from checkin.web.school.places import get_running
from checkin.web.security import wants_json


@dataclass(frozen=True)
class KeptCode:
    """A code as the browser keeps it, and for which group it is."""

    code: str
    classroom: int
    valid_until: datetime


@dataclass(frozen=True)
class ShownCode:
    """A code that is still good, and which class it is for."""

    code: str
    classroom: Classroom
    valid_until: datetime


@blueprint.post("/classrooms/<int:classroom>/enrolment-codes")
def make_code(classroom: int) -> ResponseReturnValue:
    """Make a code and lead to the page that shows it; a reload there makes no other."""
    found, instant = get_running(classroom), now()
    code = enrolling.make_code(found.school, found.id, signed_in().id, instant)
    valid_until = instant + enrolling.CODE_LASTS
    if wants_json(request):
        return {"code": code, "valid_until": valid_until.isoformat()}, 201
    response = make_response(redirect(to("school.show_code"), 303))
    keep_code(response, code, found.id, valid_until, to("school.show_code"))
    return response


@blueprint.get("/tablets/code")
def show_code() -> ResponseReturnValue:
    """Show the code that was made last in this browser, while it is good."""
    shown = _find_shown()
    if shown is None:
        return render_template("school/no_code.html"), 404
    return render_template("school/code.html", **vars(shown))


def _find_shown() -> ShownCode | None:
    kept = read_code(cookies.CODE.read())
    if kept is None or not enrolling.is_fresh(kept.code, now()):
        return None
    classroom = classroom_service.find_classroom(signed_in(), kept.classroom)
    return ShownCode(kept.code, classroom, kept.valid_until) if classroom else None


def read_code(signed: str) -> KeptCode | None:
    """Return the code that a browser kept, or None when it is not as we made it."""
    try:
        code, id, until = _serializer().loads(signed)
    except BadSignature:
        return None
    return KeptCode(code, id, datetime.fromisoformat(until))


def keep_code(response: Response, code: str, group: int, until: datetime, page: str) -> None:
    """Let the browser keep a code for the one page that shows it."""
    signed = _serializer().dumps([code, group, until.isoformat()])
    cookies.CODE.at(page).keep(response, signed)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="enrolment code")
