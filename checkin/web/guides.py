"""The guides inside the app, for everybody who works with it: one's own role first."""

from flask import Blueprint, abort, render_template, request, send_file
from flask.typing import ResponseReturnValue

from checkin.web.access import signed_in
from checkin.web.guides_text import LANGUAGES, Guide, find_picture, listed_for, page_of
from checkin.web.language import locale

blueprint = Blueprint("guides", __name__)

A_DAY = 24 * 60 * 60


@blueprint.get("/help")
def index() -> ResponseReturnValue:
    """List the guides."""
    person, language = signed_in(), _language()
    return render_template(
        "guides/index.html", listed=listed_for(person.roles, language), language=language
    )


@blueprint.get("/help/<guide>")
def show(guide: str) -> ResponseReturnValue:
    """Show a guide, in Dutch or English."""
    if guide not in {one.value for one in Guide}:
        abort(404)
    language = _language()
    other = next(code for code in LANGUAGES if code != language)
    page = page_of(Guide(guide), language)
    return render_template(
        "guides/guide.html", guide=guide, page=page, language=language, other=other
    )


@blueprint.get("/help/pictures/<path:picture>")
def picture(picture: str) -> ResponseReturnValue:
    """Give a picture of a guide."""
    language, _slash, name = picture.partition("/")
    found = find_picture(language, name) or abort(404)
    response = send_file(found, mimetype="image/png", conditional=True)
    response.headers["Cache-Control"] = f"private, max-age={A_DAY}"
    return response


def _language() -> str:
    asked = request.args.get("language", "")
    mine = str(locale().language)
    return next((code for code in (asked, mine) if code in LANGUAGES), "en")
