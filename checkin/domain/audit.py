"""The audit's chain: each line holds the hash of the one before it.

Whoever changes, removes, adds or swaps lines breaks it from there on. What was forgotten at its
time leaves its last hash as the anchor that the first line kept holds on to.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

BEGINNING = "0" * 64
"""What the first line of a school holds in the place of an earlier hash."""

FORGOT = "forgot"
"""What a line says that tells up to where the audit was forgotten."""


@dataclass(frozen=True)
class Line:
    """One line: who looked at or did what; `by` is None for what the app did itself."""

    school: int
    number: int
    at: datetime
    by: int | None
    what: str
    subject: str
    previous: str
    hash: str = ""


@dataclass(frozen=True)
class Place:
    """A line by its number, and its hash: enough to see later whether it is still there."""

    number: int = 0
    hash: str = BEGINNING

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True)
class Ends:
    """Where a school's chain begins and ends: `anchor` is the last line that was forgotten."""

    anchor: Place = Place()
    head: Place = Place()


class Why(StrEnum):
    """What is wrong with a line."""

    CHANGED = "changed"
    MISSING = "missing"
    INSERTED = "inserted"
    ANCHOR = "anchor"
    """The chain tells of another place up to which it was forgotten."""
    NOTED = "noted"
    """It is not the line that was noted elsewhere."""


@dataclass(frozen=True)
class Break:
    """The first line that is not as it was written."""

    number: int
    why: Why


def hash_of(line: Line) -> str:
    """Return the hash of a line: over all it says, and over the line before it."""
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [line.school, line.number, at, line.by, line.what, line.subject, line.previous]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode("ascii")).hexdigest()


def forgot_up_to(place: Place) -> str:
    """Return the subject of the line that tells up to where the audit was forgotten."""
    return f"lines to {place}"


def find_break(ends: Ends, lines: Iterable[Line], noted: Place | None = None) -> Break | None:
    """Return the first line that breaks the chain, or None; `lines` come in order.

    `noted` is a line that somebody wrote down elsewhere: it shows a chain that was cut or written
    anew as a whole, which nothing within it could.
    """
    last, told, found = ends.anchor, "", False
    for line in lines:
        if why := _what_is_wrong(last, line):
            missing = why is Why.MISSING
            return Break(last.number + 1 if missing else line.number, why)
        last = Place(line.number, line.hash)
        if line.what == FORGOT:
            told = line.subject
        if noted is not None and line.number == noted.number:
            if last != noted:
                return Break(line.number, Why.NOTED)
            found = True
    if last != ends.head:
        why = Why.MISSING if last.number < ends.head.number else Why.CHANGED
        return Break(min(last.number + 1, ends.head.number), why)
    if ends.anchor != Place() and told != forgot_up_to(ends.anchor):
        return Break(ends.anchor.number, Why.ANCHOR)
    return None if noted is None or found else _missing(noted, ends)


def _what_is_wrong(last: Place, line: Line) -> Why | None:
    if line.number <= last.number:
        return Why.INSERTED
    if line.number > last.number + 1:
        return Why.MISSING
    is_whole = line.previous == last.hash and line.hash == hash_of(line)
    return None if is_whole else Why.CHANGED


def _missing(noted: Place, ends: Ends) -> Break | None:
    """Tell of a noted line that is not in the chain: it may have been forgotten at its time."""
    if noted.number < ends.anchor.number:
        return None
    return None if noted == ends.anchor else Break(noted.number, Why.NOTED)
