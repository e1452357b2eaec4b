"""Building the app for a command."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from flask import Flask

from checkin import create_app
from checkin.config import Config, read_config
from checkin.services.housekeeping import close_connections, prepare_storage

PORT = click.IntRange(1, 65535)


class CannotStart(Exception):
    """Something outside the program keeps it from starting."""


@contextmanager
def app_in_hand(config: Config | None = None) -> Iterator[Flask]:
    """Build the app, bring its database to this version, and stand in its context."""
    with app_as_it_is(config or read_config()) as app:
        prepare_storage()
        yield app


@contextmanager
def app_as_it_is(config: Config) -> Iterator[Flask]:
    """Build the app and stand in its context; its database is left as it is, and let go after."""
    app = create_app(config)
    with app.app_context():
        try:
            yield app
        finally:
            close_connections()


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)
