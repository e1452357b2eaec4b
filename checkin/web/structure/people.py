"""The names behind the roles, as the pages write them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from checkin.domain.access import Person
from checkin.domain.structure import Structure, StructureRole
from checkin.services import presence, structuring
from checkin.web.structure.fields import Choices


@dataclass(frozen=True)
class People:
    """Everybody who works or worked at the school, and who of them is here today."""

    names: Mapping[int, str]
    present: Collection[int]
    away: Collection[int]

    def name(self, id: int) -> str:
        """Name a person, and say when they left."""
        name = self.names.get(id, "?")
        return name if id in self.present else _("%(name)s (left)", name=name)

    def holders(self, role: StructureRole) -> list[str]:
        """Name who has a role of the school, with and without an account."""
        return [*(self.name(id) for id in role.holders), *_listed(role.named)]

    def deputies(self, role: StructureRole) -> list[str]:
        """Name who stands in: the deputy, else two holders for each other."""
        named = [] if role.deputy is None else [self.name(role.deputy)]
        return [*named, *_listed(role.named_deputy)]

    def stand_in_for_each_other(self, role: StructureRole) -> bool:
        """Tell whether a role needs no deputy, as several have it."""
        return not self.deputies(role) and len(self.holders(role)) > 1

    def away_today(self, role: StructureRole) -> list[str]:
        """Name who of a role is away today."""
        return [self.name(id) for id in role.people if id in self.away]

    def choices(self, structure: Structure) -> Choices:
        """Return who can be given a role: who works here, and who has one although they left."""
        in_it = {id for role in structure.roles for id in role.people}
        ids = sorted(set(self.present) | in_it, key=lambda id: self.name(id).lower())
        return [(str(id), self.name(id)) for id in ids]


def people_of(person: Person, now: datetime) -> People:
    """Return the people of a person's school."""
    school = person.school
    return People(
        structuring.names_of(school),
        frozenset(one.id for one in structuring.list_people(school)),
        presence.absent_on(school, presence.today_of(school, now)),
    )


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]
