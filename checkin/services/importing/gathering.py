"""Gathering classes and teachers line by line, whatever the file looks like."""

from collections import Counter

from checkin.domain.imports import (
    MOST_CLASSES,
    MOST_PEOPLE,
    Fault,
    Found,
    FoundClass,
    FoundPerson,
    Remark,
    found_of,
    is_formula,
    same,
)
from checkin.services.class_names import is_name
from checkin.services.importing.unreadable import Unreadable, Why
from checkin.services.signing_in import tidy_email
from checkin.services.staffing import LONGEST_ADDRESS, LONGEST_NAME


class Gathered:
    """What was found so far: names of classes, how many are in each, and who teaches them."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._names: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self._counted: Counter[str] = Counter()
        self._people: dict[str, tuple[str, list[str]]] = {}
        self._wrong: list[Remark] = []

    def remark(self, line: int, fault: Fault, file: str = "") -> None:
        """Note that something is wrong with a line."""
        self._wrong.append(Remark(line, fault, file))

    def add_class(self, line: int, name: str, file: str = "") -> str | None:
        """Add a class and return its key, or None with a remark when it can have no such name."""
        name = " ".join(name.split())
        if not name:
            self.remark(line, Fault.NO_CLASS, file)
        elif is_formula(name):
            self.remark(line, Fault.FORMULA, file)
        elif not is_name(name):
            self.remark(line, Fault.CLASS_NAME, file)
        else:
            self._names.setdefault(same(name), name)
            if len(self._names) > MOST_CLASSES:
                raise Unreadable(Why.MANY_CLASSES)
            return same(name)
        return None

    def count(self, key: str) -> None:
        """Count one pupil in a class."""
        self._counted[key] += 1

    def note_size(self, line: int, key: str, pupils: int) -> None:
        """Note how many pupils a line says a class has."""
        if self._sizes.setdefault(key, pupils) != pupils:
            self.remark(line, Fault.TWO_SIZES)

    def add_person(self, line: int, name: str, email: str, key: str | None, file: str = "") -> None:
        """Add somebody who teaches; without an address nobody can be invited."""
        name, email = " ".join(name.split()), tidy_email(email)
        if not name or len(name) > LONGEST_NAME or not name.isprintable():
            self.remark(line, Fault.NO_NAME, file)
        elif is_formula(name) or is_formula(email):
            self.remark(line, Fault.FORMULA, file)
        elif not _is_address(email):
            self.remark(line, Fault.NO_ADDRESS, file)
        else:
            _name, teaches = self._people.setdefault(email, (name, []))
            if key is not None and key not in teaches:
                teaches.append(key)
            if len(self._people) > MOST_PEOPLE:
                raise Unreadable(Why.MANY_PEOPLE)

    def has_lonely_classes(self) -> bool:
        """Tell whether most 'classes' hold one pupil: then they are no classes but pupils."""
        lonely = sum(self._counted[key] <= 1 for key in self._names)
        return lonely > 5 and 2 * lonely > len(self._names)

    def found(self, is_counted: bool) -> Found:
        """Return all of it; `is_counted` where pupils were counted and no size was written."""
        sizes = {k: self._counted[k] if is_counted else self._sizes.get(k) for k in self._names}
        return found_of(
            (FoundClass(name, sizes[key]) for key, name in self._names.items()),
            (
                FoundPerson(name, email, tuple(self._names[key] for key in teaches))
                for email, (name, teaches) in self._people.items()
            ),
            self._wrong,
        )


def _is_address(email: str) -> bool:
    has_space = any(map(str.isspace, email))
    is_short = len(email) <= LONGEST_ADDRESS
    return "@" in email[1:-1] and email.isprintable() and not has_space and is_short
