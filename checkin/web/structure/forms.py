"""A section of the draft as a form: its rows, what is wrong with them, what they come to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from werkzeug.datastructures import MultiDict

from checkin.domain.structure import Section, Structure
from checkin.domain.structure.merging import Mine, print_of_part
from checkin.web.structure.fields import Around, Field, Kind, Typed, Wrong, value_of

MOST_ROWS = 40

Values = Mapping[str, Any]


@dataclass(frozen=True)
class SectionForm:
    """How one section is drawn up.

    `parts` takes a section's parts out of a structure and `put` puts changed ones in. `typed` says
    how a part is typed, `build` makes one of what was typed (raising `WrongField`), `legend` names
    it, `brief` says what matters of it while it is folded. `key` tells a
    part from the others, None where two changes cannot be brought together. A section that is one
    text has one row that cannot be removed.
    """

    section: Section
    title: Any
    lead: Any
    fields: tuple[Field, ...]
    parts: Callable[[Structure], tuple[Any, ...]]
    typed: Callable[[Any], Typed]
    build: Callable[[Values, Around], Any]
    put: Callable[[Structure, tuple[Any, ...]], Structure]
    legend: Callable[[Typed, Around], str] = lambda typed, around: ""
    brief: Callable[[Typed, Around], str] = lambda typed, around: ""
    another: Any = ""
    is_folded: bool = False
    key: Callable[[Any], str] | None = None

    @property
    def is_list(self) -> bool:
        """Tell whether parts can be added and removed."""
        return bool(self.another)


class WrongField(ValueError):
    """Something is wrong with one field of a part."""

    def __init__(self, name: str, told: str) -> None:
        super().__init__(told)
        self.name = name


@dataclass(frozen=True)
class Row:
    """A part as it is typed, with what is wrong with its fields."""

    number: int
    typed: Typed
    problems: Mapping[str, str] = field(default_factory=dict)
    is_new: bool = False
    is_removed: bool = False

    def text(self, name: str) -> str:
        """Return what stands in a field of one text."""
        return next(iter(self.typed.get(name, ())), "")


@dataclass(frozen=True)
class Reading:
    """A form as it was sent: its rows, and its parts when nothing is wrong with any."""

    rows: tuple[Row, ...]
    mine: tuple[Mine, ...]

    @property
    def parts(self) -> tuple[Any, ...]:
        """Return what stays."""
        return tuple(one.part for one in self.mine if one.part is not None)

    @property
    def is_wrong(self) -> bool:
        """Tell whether something has to be typed anew."""
        return any(row.problems for row in self.rows)


def rows_of(form: SectionForm, structure: Structure) -> tuple[Row, ...]:
    """Return a section as it stands."""
    return tuple(Row(n, _typed(form, part)) for n, part in enumerate(form.parts(structure)))


def theirs_of(form: SectionForm, structure: Structure) -> dict[str, Any]:
    """Return the parts of a section by their keys, none where they are not told apart."""
    parts = form.parts(structure)
    by_key = {form.key(part): part for part in parts} if form.key else {}
    return by_key if len(by_key) == len(parts) else {}


def with_another(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return the rows with an empty one below."""
    return (*rows, Row(len(rows), {}, is_new=True))


def read(form: SectionForm, sent: MultiDict[str, str], around: Around) -> Reading:
    """Read a form as it was sent; a new row that stayed empty is none."""
    rows: list[Row] = []
    mine: list[Mine] = []
    for number in range(_count(sent)):
        row = _row(form, sent, number)
        if row.is_new and not any("".join(texts).strip() for texts in _own(form, row)):
            continue
        part = None
        if not row.is_removed:
            row, part = _build(form, row, around)
        mine.append(Mine(row.text("key"), part, row.text("seen")))
        rows.append(replace(row, number=len(rows)))
    return Reading(tuple(rows), tuple(mine))


def _typed(form: SectionForm, part: Any) -> Typed:
    """Add to what is typed of a part by what it is known, and how it was seen."""
    key = form.key(part) if form.key else ""
    return {**form.typed(part), "key": (key,), "seen": (print_of_part(part),)}


def _count(sent: MultiDict[str, str]) -> int:
    text = sent.get("rows", "0")
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() else 0


def _row(form: SectionForm, sent: MultiDict[str, str], number: int) -> Row:
    names = ("id", "key", "seen", *(one.name for one in form.fields))
    typed = {name: tuple(sent.getlist(f"{number}-{name}")) for name in names}
    is_removed = form.is_list and bool(sent.get(f"{number}-remove"))
    return Row(number, typed, is_new=bool(sent.get(f"{number}-new")), is_removed=is_removed)


def _own(form: SectionForm, row: Row) -> list[tuple[str, ...]]:
    """Return what a person typed: a choice stands there by itself."""
    by_hand = (Kind.LINE, Kind.TEXT, Kind.LINES, Kind.PEOPLE, Kind.DAY, Kind.DAYS, Kind.TICKS)
    return [row.typed[one.name] for one in form.fields if one.kind in by_hand]


def _build(form: SectionForm, row: Row, around: Around) -> tuple[Row, Any]:
    values, problems = dict[str, Any](id=row.text("id")), {}
    for one in form.fields:
        try:
            values[one.name] = value_of(one, row.typed[one.name], around)
        except Wrong as wrong:
            problems[one.name] = str(wrong)
    if problems:
        return replace(row, problems=problems), None
    try:
        return row, form.build(values, around)
    except WrongField as wrong:
        return replace(row, problems={wrong.name: str(wrong)}), None
