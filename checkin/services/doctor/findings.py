"""What was found: how grave, what it is, why it matters, and what mends it."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How a thing is."""

    WRONG = "wrong"
    LOOK = "look"
    WELL = "well"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `why` and `mend` are empty where it is well."""

    level: Level
    subject: str
    what: str
    why: str = ""
    mend: str = ""


def well(subject: str, what: str) -> Finding:
    """Say that a thing is as it should be."""
    return Finding(Level.WELL, subject, what)


def look(subject: str, what: str, why: str, mend: str) -> Finding:
    """Say that somebody should have a look at a thing."""
    return Finding(Level.LOOK, subject, what, why, mend)


def wrong(subject: str, what: str, why: str, mend: str) -> Finding:
    """Say that a thing is wrong."""
    return Finding(Level.WRONG, subject, what, why, mend)
