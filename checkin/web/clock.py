"""The clock of the app: one place, so that tests can hold it still."""

from datetime import datetime

from flask import current_app


def now() -> datetime:
    """Return the present instant, aware UTC."""
    instant = current_app.extensions["checkin_clock"]()
    assert isinstance(instant, datetime)  # noqa: S101
    return instant
