"""The whole document."""

import json

from checkin.web import cookies
from tools.openapi import care, classes, staff, tablet
from tools.openapi.parts import Json, refused_responses
from tools.openapi.schemas import SCHEMAS

DESCRIPTION = """\
What programs may ask of checkin. People get pages at the same addresses and at others.

Send `Accept: application/json`: then every refusal is `{"error": "..."}` too, in the language of
`Accept-Language`, and a request of somebody unknown gets 401, not a way to the sign-in page.

A request that changes something says `Sec-Fetch-Site: same-origin`, as browsers do by themselves,
or an `Origin` equal to the host; with a bearer token neither is needed. Addresses are of one
school: another school's classes and flags do not exist for whoever asks.

An address asked in a way that it does not know answers 405. A request that is no HTTP is answered
by the server before the program sees it, in plain text."""


def same_origin(is_needed: bool) -> Json:
    """Return the header by which a browser says that our own page asks."""
    return {
        "name": "Sec-Fetch-Site",
        "in": "header",
        "required": is_needed,
        "schema": {"type": "string", "enum": ["same-origin"]},
    }


def make_document() -> Json:
    """Return the document, in the order in which it is read."""
    paths = {**tablet.PATHS, **classes.PATHS, **care.PATHS, **staff.PATHS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "checkin",
            "version": "1",
            "description": DESCRIPTION,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": SCHEMAS,
            "responses": refused_responses(),
            "parameters": {
                "SameOrigin": same_origin(True),
                "SameOriginUnlessBearer": same_origin(False),
            },
            "securitySchemes": {
                "tabletToken": {"type": "http", "scheme": "bearer"},
                "tabletCookie": _by(cookies.TABLET),
                "staffCookie": _by(cookies.SESSION),
            },
        },
    }


def _by(cookie: cookies.Cookie) -> dict[str, str]:
    over_https = f"Over HTTPS it is called {cookie.name_on(is_https=True)}."
    return {"type": "apiKey", "in": "cookie", "name": cookie.name, "description": over_https}


def written() -> str:
    """Return the document as it is kept in docs/openapi.json."""
    return json.dumps(make_document(), indent=1, ensure_ascii=False) + "\n"
