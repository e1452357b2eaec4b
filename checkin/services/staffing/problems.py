"""Why something about the staff cannot be done."""

from collections.abc import Callable, Iterable
from enum import StrEnum


class Wrong(StrEnum):
    """What cannot be."""

    NAME = "name"
    FORMULA = "formula"
    """A name that a spreadsheet would work out."""
    EMAIL = "email"
    TAKEN = "taken"
    """Somebody has this address."""
    LEFT_BEFORE = "left-before"
    """Somebody with this address worked at this school: they come back, they do not join anew."""
    NO_ROLE = "no-role"
    NO_CLASS = "no-class"
    NO_MAIL = "no-mail"
    OWN_ROLES = "own-roles"
    ADMIN_ROLE = "admin-role"
    LAST_ADMIN = "last-admin"
    OWN_LEAVING = "own-leaving"
    NOT_CHOSEN = "not-chosen"
    NOT_THERE = "not-there"
    OWN_DEPUTY = "own-deputy"


class NotDone(Exception):
    """Something cannot be done, and nothing was; `where` names the field, where there are many.

    `every` is this and what else is wrong, so that all of it is told at once.
    """

    def __init__(self, wrong: Wrong, where: str = "") -> None:
        super().__init__(f"{wrong.value} {where}".strip())
        self.wrong, self.where = wrong, where
        self.every: tuple[NotDone, ...] = (self,)


def refuse(problems: Iterable[NotDone]) -> None:
    """Raise the first of them with all the others; nothing where there is none."""
    every = tuple(problems)
    if every:
        first = every[0]
        first.every = every
        raise first


def check_each(*checks: Callable[[], object]) -> None:
    """Make all of the checks, also where one fails, and raise NotDone with all that is wrong."""
    problems = []
    for check in checks:
        try:
            check()
        except NotDone as problem:
            problems.append(problem)
    refuse(problems)
