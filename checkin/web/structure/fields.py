"""The fields of a section's form: what was typed, and what it comes to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.structure import Structure
from checkin.web.plain_text import plain

Typed = Mapping[str, tuple[str, ...]]
"""What was typed in a row, by the name of the field; most have one text, some have several."""

Choices = Sequence[tuple[str, str]]
"""Values with their labels."""

LONGEST_LINE, LONGEST_TEXT, MOST_LINES = 120, 600, 12


class Kind(StrEnum):
    """What a field looks like, and what is typed in it."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    NUMBER = "number"
    CHOICE = "choice"
    PEOPLE = "people"
    TICKS = "ticks"
    TICK = "tick"
    DAY = "day"
    DAYS = "days"


@dataclass(frozen=True)
class Around:
    """What a form may point to: the draft as it is, who works here, what day it is."""

    structure: Structure
    people: Choices
    today: date


def _none(around: Around) -> Choices:
    return ()


@dataclass(frozen=True)
class Field:
    """A field; `least` and `most` bound a number, `must` says what an empty one lacks."""

    name: str
    label: Any
    kind: Kind = Kind.LINE
    hint: Any = ""
    must: Any = ""
    least: int = 0
    most: int = 60
    choices: Callable[[Around], Choices] = _none


class Wrong(ValueError):
    """What was typed in a field cannot be; its text tells the person so."""


def value_of(field: Field, typed: Sequence[str], around: Around) -> Any:
    """Return what was typed as a value; raises Wrong."""
    texts = [plain(one).replace("\r\n", "\n").strip() for one in typed]
    filled = [one for one in texts if one]
    if field.must and not filled:
        raise Wrong(str(field.must))
    return _READERS[field.kind](field, filled, around)


def day_of(text: str) -> date:
    """Read a day as a browser sends it or as people here write it; raises Wrong."""
    for parts in (text.split("-"), text.split("-")[::-1]):
        try:
            year, month, day = (int(part) for part in parts)
            if year > 1900:
                return date(year, month, day)
        except ValueError:
            continue
    raise Wrong(_("'%(text)s' is no day. Write it as 23-11-2026.", text=text[:LONGEST_LINE]))


def _line(field: Field, filled: list[str], around: Around) -> str:
    return _short(" ".join(" ".join(filled).split()), LONGEST_LINE)


def _text(field: Field, filled: list[str], around: Around) -> str:
    return _short("\n".join(filled), LONGEST_TEXT)


def _lines(field: Field, filled: list[str], around: Around) -> tuple[str, ...]:
    lines = [" ".join(line.split()) for line in "\n".join(filled).split("\n") if line.strip()]
    if len(lines) > MOST_LINES:
        raise Wrong(_("At most %(n)s lines.", n=MOST_LINES))
    return tuple(_short(line, 2 * LONGEST_LINE) for line in lines)


def _number(field: Field, filled: list[str], around: Around) -> int | None:
    if not filled:
        return None
    text = filled[0]
    if not (text.isascii() and text.isdigit()) or not field.least <= int(text) <= field.most:
        raise Wrong(
            _("A whole number from %(least)s to %(most)s.", least=field.least, most=field.most)
        )
    return int(text)


def _choice(field: Field, filled: list[str], around: Around) -> str:
    value = filled[0] if filled else ""
    if value not in _values(field.choices(around)) | {""}:
        raise Wrong(_("This choice is not there any more. Choose again."))
    return value


def _several(field: Field, filled: list[str], around: Around) -> tuple[str, ...]:
    if not _values(field.choices(around)).issuperset(filled):
        raise Wrong(_("This choice is not there any more. Choose again."))
    return tuple(dict.fromkeys(filled))


def _tick(field: Field, filled: list[str], around: Around) -> bool:
    return bool(filled)


def _day(field: Field, filled: list[str], around: Around) -> date | None:
    return day_of(filled[0]) if filled else None


def _days(field: Field, filled: list[str], around: Around) -> tuple[date, ...]:
    lines = _lines(field, filled, around)
    return tuple(sorted({day_of(line) for line in lines}))


_READERS: Mapping[Kind, Callable[[Field, list[str], Around], Any]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.LINES: _lines,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.PEOPLE: _several,
    Kind.TICKS: _several,
    Kind.TICK: _tick,
    Kind.DAY: _day,
    Kind.DAYS: _days,
}


def _short(text: str, most: int) -> str:
    if len(text) > most:
        over = len(text) - most
        told = ngettext(
            "This is %(num)s letter too long.", "This is %(num)s letters too long.", over
        )
        raise Wrong(told)
    return text


def _values(choices: Iterable[tuple[str, str]]) -> set[str]:
    return {value for value, _label in choices}
