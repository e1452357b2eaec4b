"""The sheet with a code, made once and shown while the browser of whoever made it keeps it."""

import segno
from flask import Response, current_app, make_response, redirect, render_template
from flask import url_for as to
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer
from markupsafe import Markup

from checkin.services import classrooms, staffing
from checkin.services.staffing import NotLive, Unknown, WaitFirst, Welcome
from checkin.web import cookies
from checkin.web.access import signed_in
from checkin.web.addresses import whole_address
from checkin.web.clock import now
from checkin.web.staff import blueprint
from checkin.web.staff.places import get_listed


def lead_to_sheet(id: int, code: str) -> ResponseReturnValue:
    """Lead to the page that shows a code; a reload there makes no other."""
    page = to("staff.paper", id=id)
    response = make_response(redirect(page, 303))
    _keep(response, id, code, page)
    return response


@blueprint.get("/staff/<int:id>/paper")
def paper(id: int) -> ResponseReturnValue:
    """Show the sheet that was made last for somebody, in this browser."""
    listed = get_listed(id)
    code = _read(id, cookies.CODE.read())
    welcome = _find(code) if code else None
    if welcome is None or welcome.person.id != listed.member.id:
        return render_template("staff/no_paper.html", member=listed.member), 404
    return render_template(
        "staff/paper.html",
        member=listed.member,
        welcome=welcome,
        groups=[code[n : n + 4] for n in range(0, len(code), 4)],
        address=whole_address("joining.enter"),
        picture=picture_of(whole_address("joining.show", secret=code)),
        school=classrooms.get_school_of(signed_in()).name,
    )


def picture_of(address: str) -> Markup:
    """Draw an address as a QR code: plain SVG, without a style of its own."""
    drawn = segno.make(address, error="m", micro=False)
    # Made of squares alone: whatever the address holds, no letter of it is in the drawing.
    return Markup(drawn.svg_inline(omitsize=True, svgclass=None, lineclass=None, border=2))  # noqa: S704


def _find(code: str) -> Welcome | None:
    try:
        return staffing.look(code, now())
    except (Unknown, NotLive, WaitFirst):
        return None


def _keep(response: Response, id: int, code: str, page: str) -> None:
    cookies.CODE.at(page).keep(response, _serializer().dumps([id, code]))


def _read(id: int, signed: str) -> str:
    """Return the code that a browser kept for somebody, '' when it is not as we made it."""
    try:
        whose, code = _serializer().loads(signed, max_age=int(cookies.CODE_SHOWN.total_seconds()))
    except BadSignature:
        return ""
    return str(code) if whose == id else ""


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="invitation")
