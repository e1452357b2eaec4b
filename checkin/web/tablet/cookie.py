"""The cookie by which an enrolled device is known."""

from datetime import timedelta

from flask import Request, Response, current_app

from checkin.web.access import TABLET_COOKIE

LASTS = timedelta(days=400)
"""The longest that browsers keep a cookie; every look at the cards renews it."""


def set_cookie(response: Response, token: str) -> None:
    """Let this device be known by a token."""
    response.set_cookie(
        TABLET_COOKIE,
        token,
        max_age=LASTS,
        path="/",
        secure=current_app.extensions["checkin_config"].is_https,
        httponly=True,
        samesite="Strict",
    )


def renew_cookie(request: Request, response: Response) -> None:
    """Keep a device known that came with its cookie; a demo's own is not for long."""
    token = request.cookies.get(TABLET_COOKIE)
    if token and not current_app.extensions["checkin_config"].is_demo:
        set_cookie(response, token)
