"""What people and programs get when something does not work; it never tells how it broke."""

from flask import (
    Flask,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

from checkin.services.faults import StorageUnavailable, describe
from checkin.web.security import wants_json

RETRY_AFTER = 30

TITLES = {
    400: lazy_gettext("That request was not right"),
    401: lazy_gettext("Please sign in first"),
    403: lazy_gettext("This page is not for you"),
    404: lazy_gettext("There is no such page"),
    405: lazy_gettext("That cannot be done here"),
    409: lazy_gettext("That is not possible now"),
    413: lazy_gettext("That was too much at once"),
    415: lazy_gettext("That kind of content is not understood"),
    429: lazy_gettext("Please wait a moment"),
    500: lazy_gettext("Something went wrong here"),
    503: lazy_gettext("Nothing can be stored just now"),
}
TEXTS = {
    400: lazy_gettext("Something in it was missing or could not be read."),
    401: lazy_gettext("Without an account this page stays closed."),
    403: lazy_gettext("Your role does not include it, or the request came from another site."),
    404: lazy_gettext("The address may be mistyped, or the page is gone."),
    405: lazy_gettext("Go back and use the buttons on the page."),
    409: lazy_gettext("Somebody may have done it before you. Go back and look again."),
    413: lazy_gettext("Send less in one go."),
    415: lazy_gettext("The program that sent it may need an update."),
    429: lazy_gettext("There were many tries in a row. Try again in a few minutes."),
    500: lazy_gettext("It is not your fault, and nothing was lost. Please try again."),
    503: lazy_gettext(
        "Nothing was lost. Please try again in a minute, or tell your administrator."
    ),
}

FORMS = {"exchange.preview": "exchange.upload", "calendar.preview": "calendar.upload"}
"""Where a file that is too large leads back to; that page says how large it may be."""


def attach(app: Flask) -> None:
    """Answer every error with a page or with JSON."""
    app.register_error_handler(HTTPException, _answer)
    app.register_error_handler(StorageUnavailable, _answer_full)
    app.register_error_handler(Exception, _answer_unexpected)


def _answer(error: HTTPException) -> ResponseReturnValue:
    """Keep the headers of an error, and put our own words in it."""
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error.get_response()
    if code == 413 and request.endpoint in FORMS and not wants_json(request):
        return redirect(url_for(FORMS[request.endpoint], problem="large"), 303)
    response = make_response(error.get_response())
    text = _text_of(error, code)
    if wants_json(request):
        response.data = jsonify(error=text).data
        response.mimetype = "application/json"
    else:
        title = TITLES.get(code) or TITLES[400 if code < 500 else 500]
        response.data = render_template("error.html", title=title, text=text, code=code)
        response.mimetype = "text/html"
    return response


def _answer_full(error: StorageUnavailable) -> ResponseReturnValue:
    current_app.logger.error("storage unavailable: %s", error)
    return _answer(ServiceUnavailable(retry_after=RETRY_AFTER))


def _answer_unexpected(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("unexpected in %s: %s", request.endpoint, describe(error))
    return _answer(InternalServerError())


def _text_of(error: HTTPException, code: int) -> str:
    """Return the words a page gave, else our own for this kind of error."""
    if error.description and error.description != type(error).description:
        return str(error.description)
    return str(TEXTS.get(code) or TEXTS[400 if code < 500 else 500])
