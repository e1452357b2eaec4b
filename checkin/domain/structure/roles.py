"""The roles of a structure: who holds each, and who stands in."""

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """Whether a role is held for the whole school or in each classroom."""

    SCHOOL = "school"
    CLASSROOM = "classroom"


@dataclass(frozen=True)
class StructureRole:
    """A role with who holds it and who stands in.

    Holders and deputy are staff ids; a classroom's role is held by the classroom's teachers.
    `named` are people without an account, who can be talked to but cannot be reminded here.
    """

    id: str
    label: str
    scope: Scope = Scope.SCHOOL
    holders: tuple[int, ...] = ()
    deputy: int | None = None
    named: str = ""
    named_deputy: str = ""

    @property
    def is_of_classroom(self) -> bool:
        """Tell whether the classroom's own teachers hold it."""
        return self.scope is Scope.CLASSROOM

    @property
    def people(self) -> tuple[int, ...]:
        """Return the accounts of everybody in it, the deputy last."""
        return self.holders if self.deputy is None else (*self.holders, self.deputy)
