"""The open rounds: a file of its own that only tapping and sealing reach.

Its counters are created holding their noise, so that no exact count of a feeling ever exists. It
is in no backup, and no connection that serves pages can read it.
"""

from pathlib import Path

from flask import Flask, current_app

from checkin.storage.open_rounds.facts import ClosedWeek, SealedRound
from checkin.storage.open_rounds.transaction import OpenTransaction
from checkin.storage.open_rounds.writer import Writer

__all__ = [
    "ClosedWeek",
    "OpenTransaction",
    "SealedRound",
    "Writer",
    "attach",
    "open_rounds",
]

FILE = "open-rounds.sqlite3"


def attach(app: Flask, directory: Path) -> None:
    """Give the app its open rounds, kept in a folder."""
    app.extensions["open_rounds"] = Writer(directory / FILE)


def open_rounds() -> Writer:
    """Return the open rounds of the current app."""
    writer = current_app.extensions["open_rounds"]
    assert isinstance(writer, Writer)  # noqa: S101  # what `attach` put there
    return writer
