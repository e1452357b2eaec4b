"""The address by which people reach this server: for whatever they type over, print or scan."""

from typing import Any

from flask import Flask, current_app, request, url_for


def attach(app: Flask) -> None:
    """Let templates write whole addresses."""
    app.jinja_env.globals["whole_address"] = whole_address


def whole_address(endpoint: str, **values: Any) -> str:
    """Return the address of a page as somebody elsewhere types it.

    Behind a proxy only CHECKIN_BASE_URL knows it: the request came by another name.
    """
    base = current_app.extensions["checkin_config"].base_url or request.host_url
    return f"{str(base).rstrip('/')}{url_for(endpoint, **values)}"
