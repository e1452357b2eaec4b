"""What a file of another program holds of a school: classes with their sizes, and who teaches.

Pupils are counted while a file is read. No word of theirs is in any of these facts, nor in what is
told about a line that is wrong: that names the line, and what is wrong in general.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from checkin.domain.school import MOST_PUPILS

MOST_CLASSES = 150
MOST_PEOPLE = 400
LONGEST_TOLD = 200
"""So many lines that are wrong are told; of the others how many there are."""
FORMULA = ("=", "+", "-", "@")
"""How a cell begins that a spreadsheet would work out."""


class Fault(StrEnum):
    """What is wrong with a line."""

    NO_CLASS = "no-class"
    CLASS_NAME = "class-name"
    FORMULA = "formula"
    PUPILS = "pupils"
    TWO_SIZES = "two-sizes"
    NO_ADDRESS = "no-address"
    NO_NAME = "no-name"
    UNKNOWN_CLASS = "unknown-class"
    NO_PUPILS = "no-pupils"
    MANY_PUPILS = "many-pupils"


@dataclass(frozen=True)
class Remark:
    """A line that is wrong; `file` where there are several. It holds no word of the line."""

    line: int
    fault: Fault
    file: str = ""


@dataclass(frozen=True)
class FoundClass:
    """A class of the file; `pupils` is None where the file does not say."""

    name: str
    pupils: int | None


@dataclass(frozen=True)
class FoundPerson:
    """Somebody who teaches, with the names of their classes in the file."""

    name: str
    email: str
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """All that is taken from a file; `more_wrong` is how many remarks are not in it."""

    classes: tuple[FoundClass, ...]
    people: tuple[FoundPerson, ...]
    wrong: tuple[Remark, ...] = ()
    more_wrong: int = 0


def same(name: str) -> str:
    """Return what two names have in common that mean the same."""
    return " ".join(name.split()).casefold()


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet would work a cell out."""
    return text.startswith(FORMULA)


def found_of(
    classes: Iterable[FoundClass], people: Iterable[FoundPerson], wrong: Iterable[Remark]
) -> Found:
    """Put together what was found: a class of no pupils, or of more than fit, is told as wrong."""
    remarks, kept = list(wrong), []
    for one in classes:
        if one.pupils == 0:
            remarks.append(Remark(0, Fault.NO_PUPILS))
        elif one.pupils is not None and one.pupils > MOST_PUPILS:
            remarks.append(Remark(0, Fault.MANY_PUPILS))
        else:
            kept.append(one)
    told = tuple(remarks[:LONGEST_TOLD])
    return Found(tuple(kept), tuple(people), told, len(remarks) - len(told))
