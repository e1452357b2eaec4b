"""Why something about the staff cannot be done."""

from enum import StrEnum


class Wrong(StrEnum):
    """What cannot be."""

    NAME = "name"
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
    """Something cannot be done, and nothing was; `where` names the field, where there are many."""

    def __init__(self, wrong: Wrong, where: str = "") -> None:
        super().__init__(f"{wrong.value} {where}".strip())
        self.wrong, self.where = wrong, where
