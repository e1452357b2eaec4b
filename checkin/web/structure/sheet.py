"""The one sheet to print: how small it has to be written to stand on one A4."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checkin.domain.structure import Structure, StructureStep
from checkin.web.structure.people import People

HEIGHT, WIDTH = 273.0, 186.0
"""What is left of an A4 inside its margins, in millimetres."""

SIZES = (11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
"""In points; the style sheet has a class for each."""

EASILY_READ = 8.5

LEVEL, STEP, WHO, WITHIN, THEN = 0.23, 0.23, 0.21, 0.13, 0.20
ROLE, HOLDERS, DEPUTIES = 0.26, 0.42, 0.32
"""The columns of the two tables, as shares of the width; the style sheet has them too."""

LINE, LETTER, MM = 1.3, 0.55, 0.3528
"""Height of a line and mean width of a letter in ems (broken lines included), a point in mm."""

CELL = 1.1
"""What a row of a table has above and below its words, in ems."""

Row = Sequence[tuple[str, float]]
"""The words of the cells of a row, each with the share of the width it has."""


@dataclass(frozen=True)
class Layout:
    """How the sheet is written: the class of its size, and whether steps repeat the names."""

    size: str
    names_steps: bool


def layout_of(structure: Structure, people: People) -> Layout:
    """Return the largest size that fits; where names are many, they stand with the roles alone."""
    size = _size(structure, people, names_steps=True)
    if names_steps := size >= EASILY_READ:
        return Layout(_class(size), names_steps)
    return Layout(_class(_size(structure, people, names_steps=False)), names_steps)


def _size(structure: Structure, people: People, names_steps: bool) -> float:
    rows = [*_rows(structure, people, names_steps)]
    return next((size for size in SIZES if _height(rows, size) <= HEIGHT), SIZES[-1])


def _class(size: float) -> str:
    return f"size-{round(size * 10)}"


def _height(rows: Iterable[Row], size: float) -> float:
    em = size * MM
    return 12 * em + sum(_lines(row, em) * LINE * em + CELL * em for row in rows)


def _lines(row: Row, em: float) -> int:
    return max(sum(_broken(part, share, em) for part in text.split("\n")) for text, share in row)


def _broken(text: str, share: float, em: float) -> int:
    letters = max(6, int((share * WIDTH / em - 1) / LETTER))
    return max(1, -(-len(text) // letters))


def _rows(structure: Structure, people: People, names_steps: bool) -> Iterator[Row]:
    yield ((structure.vision, 1.0),)
    for level in structure.levels:
        steps = [step for step in structure.steps if step.level == level.order]
        named = people if names_steps else None
        yield from _of_level(f"{level.label}\n{level.content}", steps, structure, named)
    for line in structure.acute.lines:
        yield ((line, 0.9),)
    for role in structure.roles:
        holders, deputies = people.holders(role), people.deputies(role)
        yield (
            (role.label, ROLE),
            (", ".join(holders), HOLDERS),
            (", ".join(deputies), DEPUTIES),
        )
    for meeting in structure.meetings:
        members = ", ".join(structure.role(id).label for id in meeting.members)
        yield ((f"{meeting.label}: {members}{' ' * 24}", 1.0),)


def _of_level(
    level: str, steps: Sequence[StructureStep], structure: Structure, people: People | None
) -> Iterator[Row]:
    """Yield a row a step; the level stands beside all of them."""
    beside = level if len(steps) < 2 else ""
    for step in steps:
        owner = structure.role(step.owner)
        then = structure.find_role(step.escalates_to)
        who = f"{owner.label}\n{', '.join(people.holders(owner))}" if people else owner.label
        yield (
            (beside, LEVEL),
            (f"{step.label}\n{' ' * 60 * step.parents_first}", STEP),
            (who, WHO),
            ("binnen 10 schooldagen", WITHIN),
            (then.label if then else "", THEN),
        )
    if len(steps) != 1:
        yield ((level, LEVEL),)
