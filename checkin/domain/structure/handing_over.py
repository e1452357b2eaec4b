"""A structure in which somebody else has what a person had."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from checkin.domain.structure.roles import StructureRole
from checkin.domain.structure.whole import Structure


@dataclass(frozen=True)
class HeldRole:
    """A role a person holds, or stands in for; `others` hold it too."""

    role: str
    label: str
    is_deputy: bool
    others: tuple[int, ...] = ()

    @property
    def key(self) -> str:
        """Return what names it in a form."""
        return f"{'deputy' if self.is_deputy else 'role'}-{self.role}"


Choices = Mapping[str, int | None]
"""Who takes a role, by its key; None for nobody yet."""


def roles_held(structure: Structure, staff: int) -> Iterator[HeldRole]:
    """Yield what a person holds in a structure, and for whom they stand in."""
    for role in structure.roles:
        others = tuple(id for id in role.holders if id != staff)
        if staff in role.holders:
            yield HeldRole(role.id, role.label, False, others)
        if staff == role.deputy:
            yield HeldRole(role.id, role.label, True, role.holders)


def handed_over(structure: Structure, staff: int, choices: Choices) -> Structure:
    """Return a structure without a person; whoever is chosen has their roles."""
    return replace(
        structure, roles=tuple(_handed_over(role, staff, choices) for role in structure.roles)
    )


def _handed_over(role: StructureRole, staff: int, choices: Choices) -> StructureRole:
    takes, stands_in = choices.get(f"role-{role.id}"), choices.get(f"deputy-{role.id}")
    holders = tuple(takes if id == staff else id for id in role.holders)
    deputy = stands_in if role.deputy == staff else role.deputy
    kept = tuple(dict.fromkeys(id for id in holders if id is not None))
    return replace(role, holders=kept, deputy=None if deputy in kept else deputy)
