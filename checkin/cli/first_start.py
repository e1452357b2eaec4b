"""What the console says while there is no school: where to set one up, and with which code."""

from flask import Flask

from checkin.cli.starting import now
from checkin.services import setting_up_code

EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104  # recognised, not listened on


def told(app: Flask, scheme: str, host: str, port: int) -> str:
    """Return a line with an address and a code made now, '' when there is a school."""
    with app.app_context():
        code = setting_up_code.offer(now())
    if code is None:
        return ""
    address = app.extensions["checkin_config"].base_url or f"{scheme}://{_name(host)}:{port}"
    return f"there is no school yet: open {address}/setup and give this code: {code}\n"


def _name(host: str) -> str:
    if host in EVERYWHERE:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
