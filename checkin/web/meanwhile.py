"""A form says what it was made from, so that nobody undoes what they have not seen.

It carries a print of what it showed in a field `made_from`. Where somebody else changed that since,
it is refused with 409: the page says what is there now beside what was typed, and takes it at the
second try. What a double click sends twice is there already, and no quarrel.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flask import request

from checkin.services import meanwhile as service
from checkin.web.access import signed_in

TOLD = "checkin.meanwhile"


class Fact(NamedTuple):
    """One thing a form shows: its label, what it is in words, and the same as plain values."""

    label: str
    words: str
    values: object


class Difference(NamedTuple):
    """What is there now, and what somebody typed without knowing it."""

    label: str
    now: str
    typed: str


@dataclass(frozen=True)
class Meanwhile:
    """What the page says of a form that was older than what is there; `page` shows that alone."""

    form: str
    page: str
    differences: tuple[Difference, ...]


def those_of(label: str, chosen: Iterable[int], names: Mapping[int, str]) -> Fact:
    """Return who or what was chosen of those who can be."""
    ids = sorted(set(chosen) & names.keys())
    return Fact(label, ", ".join(names[id] for id in ids), ids)


def text_of(label: str, text: str) -> Fact:
    """Return what is written in a field."""
    return Fact(label, text, text)


def seen_of(form: str, facts: Sequence[Fact]) -> str:
    """Return the field `made_from` of a form; one that comes back with a mistake keeps its own."""
    sent = request.form.get("made_from", "")[:100] if request.method == "POST" else ""
    changed = request.environ.get(TOLD)
    is_told = changed is not None and changed.form == form
    return sent if sent.startswith(f"{form}:") and not is_told else _print(form, facts)


def is_older(
    form: str, page: str, there: Callable[[], Sequence[Fact]], typed: Sequence[Fact]
) -> bool:
    """Tell whether somebody else changed what a form showed, and have the page say so."""
    seen = request.form.get("made_from", "")
    if not seen:
        return False
    service.hold(signed_in())
    now = there()
    if _print(form, now) in (seen, _print(form, typed)):
        return False
    pairs = zip(now, typed, strict=True)
    found = [Difference(one.label, one.words, to_be.words) for one, to_be in pairs if one != to_be]
    request.environ[TOLD] = Meanwhile(form, page, tuple(found))
    return True


def _print(form: str, facts: Sequence[Fact]) -> str:
    return f"{form}:{service.print_of([one.values for one in facts])}"
