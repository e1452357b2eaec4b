"""Building the app for a command, and serving it."""

import errno
import gc
import logging
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import FrameType

import click
from flask import Flask
from waitress import create_server

from checkin import create_app
from checkin.config import Config, read_config
from checkin.services.housekeeping import prepare_storage

THREADS = 32
PORT = click.IntRange(1, 65535)


class CannotStart(Exception):
    """Something outside the program keeps it from starting."""


@contextmanager
def app_in_hand(config: Config | None = None) -> Iterator[Flask]:
    """Build the app, bring its database to this version, and stand in its context."""
    app = create_app(config or read_config())
    with app.app_context():
        prepare_storage()
        yield app


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


def run_server(app: Flask, host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve until interrupted; `ready` is called once the port is ours."""
    logging.getLogger("waitress").setLevel(logging.ERROR)
    try:
        server = create_server(
            app,
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            connection_limit=1000,
            channel_timeout=60,
            max_request_body_size=32 * 1024 * 1024,
        )
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise CannotStart(f"port {port} is in use; choose another with --port") from error
        raise
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        with suppress(KeyboardInterrupt):
            ready()  # who waits for this may interrupt us at once
            gc.freeze()  # what was loaded stays: to look for garbage in it would hold up every tap
            server.run()
    finally:
        server.close()
        click.echo("stopped", err=True)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
