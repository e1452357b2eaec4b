"""Bringing together what two people changed in the same section at the same time."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mine:
    """A part as one person leaves it, None for removed.

    `key` is by what it is known, '' for a new one; `seen` is its print as it was when they began.
    """

    key: str
    part: Any
    seen: str


def print_of_part(part: object) -> str:
    """Return what tells whether a part is still the same."""
    return hashlib.sha256(repr(part).encode()).hexdigest()[:16]


def merge(mine: Sequence[Mine], theirs: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return the parts with both changes, or None where both changed the same part.

    They stand in their order, with what I added below.
    """
    known = [one for one in mine if one.key]
    if len({one.key for one in known}) < len(known):
        return None  # two of one name: nobody can tell which is which
    merged = dict(theirs)
    for one in known:
        their = theirs.get(one.key)
        if _is_untouched(one.part, one.seen) or one.part == their:
            continue
        if not _is_untouched(their, one.seen):
            return None
        merged[one.key] = one.part
    new = [one.part for one in mine if not one.key and one.part is not None]
    return (*(part for part in merged.values() if part is not None), *new)


def _is_untouched(part: object, seen: str) -> bool:
    return part is not None and print_of_part(part) == seen
