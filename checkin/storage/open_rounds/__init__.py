"""The open rounds: in a place of their own that only tapping and sealing reach.

That is a SQLite file, or a schema of a PostgreSQL server that several processes share. Counters are
created holding their noise, so that no exact count of a feeling ever exists. They are in no backup,
and no connection that serves pages can read them.
"""

from pathlib import Path

from flask import Flask, current_app

from checkin.storage.open_rounds import apart
from checkin.storage.open_rounds.facts import Asked, ClosedWeek, SealedRound
from checkin.storage.open_rounds.file import File
from checkin.storage.open_rounds.home import Home
from checkin.storage.open_rounds.transaction import OpenTransaction
from checkin.storage.open_rounds.writer import Writer

__all__ = [
    "Asked",
    "ClosedWeek",
    "OpenTransaction",
    "SealedRound",
    "Writer",
    "attach",
    "open_rounds",
    "refuse_readable",
]

FILE = "open-rounds.sqlite3"


def attach(app: Flask, directory: Path, url: str | None) -> None:
    """Give the app its open rounds: at the address of a PostgreSQL server, else in a folder."""
    app.extensions["open_rounds"] = Writer(_home(directory, url, app.config["SECRET_KEY"]))


def open_rounds() -> Writer:
    """Return the open rounds of the current app."""
    writer = current_app.extensions["open_rounds"]
    assert isinstance(writer, Writer)  # noqa: S101  # what `attach` put there
    return writer


def refuse_readable() -> None:
    """Raise StorageUnavailable when a connection that serves pages could read the open rounds."""
    if not isinstance(open_rounds().home, File):  # the file is kept from them by the authorizer
        apart.refuse_readable()


def _home(directory: Path, url: str | None, secret: str) -> Home:
    if url is None:
        return File(directory / FILE)
    from checkin.storage.open_rounds.server import Server  # loads a driver that files do not need

    return Server(url, secret)
