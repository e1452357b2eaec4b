"""The school's own signalling structure: who does what, within how many school days.

A structure is data, versioned and never edited in place. The default fits a newcomer school; its
labels are the school's own words, hence Dutch.
"""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class StructureRole:
    """A role of the structure with who holds it and who stands in."""

    id: str
    label: str
    scope: str
    holders: tuple[str, ...] = ()
    deputy: str = ""


@dataclass(frozen=True)
class Level:
    """A level of support, with the role that answers for it and what happens there."""

    order: int
    label: str
    role: str
    content: str


@dataclass(frozen=True)
class StructureStep:
    """What a level asks for: by whom, by when, and to whom it goes if it is not done."""

    level: int
    label: str
    owner: str
    school_days: int
    escalates_to: str
    parents_first: bool = False


@dataclass(frozen=True)
class Structure:
    """One version of the structure."""

    vision: str
    roles: tuple[StructureRole, ...]
    levels: tuple[Level, ...]
    steps: tuple[StructureStep, ...]
    acute: tuple[str, ...]

    def role(self, id: str) -> StructureRole:
        """Return a role by its id."""
        return next(role for role in self.roles if role.id == id)

    @property
    def first_step(self) -> StructureStep:
        """Return the step every flag starts at."""
        return self.steps[0]

    def as_document(self) -> dict[str, Any]:
        """Return the structure as plain values, to be stored."""
        return asdict(self)


def read_structure(document: dict[str, Any]) -> Structure:
    """Build a structure from its stored document."""
    return Structure(
        vision=document["vision"],
        roles=tuple(
            StructureRole(**(role | {"holders": tuple(role["holders"])}))
            for role in document["roles"]
        ),
        levels=tuple(Level(**level) for level in document["levels"]),
        steps=tuple(StructureStep(**step) for step in document["steps"]),
        acute=tuple(document["acute"]),
    )


DEFAULT_STRUCTURE = Structure(
    vision=(
        "Wij zorgen voor een veilige plek waar iedere leerling gezien wordt. We kijken eerst in de "
        "klas, praten met elkaar en met ouders of voogd, en verwijzen alleen door als het nodig is."
    ),
    roles=(
        StructureRole("leerkracht", "Leerkracht of mentor", "classroom"),
        StructureRole("conciërge", "Pedagogisch conciërge", "school"),
        StructureRole("ib", "Intern begeleider", "school"),
        StructureRole("team", "Ondersteuningsteam", "school"),
        StructureRole("directeur", "Directeur", "school"),
        StructureRole("aandacht", "Aandachtsfunctionaris", "school"),
        StructureRole("vertrouwen", "Vertrouwenspersoon", "school"),
        StructureRole("smw", "Schoolmaatschappelijk werk", "school"),
        StructureRole("okt", "Ouder- en kindadviseur (OKT)", "school"),
        StructureRole("jgz", "Jeugdverpleegkundige", "school"),
    ),
    levels=(
        Level(1, "In de klas", "leerkracht", "Kijken, praten met de klas, kleine aanpassingen."),
        Level(2, "Met de intern begeleider", "ib", "Wekelijkse bespreking, meekijken in de klas."),
        Level(3, "Ondersteuningsteam", "team", "Samen een plan maken, met ouders of voogd."),
        Level(4, "Hulp van buiten", "team", "Verwijzen, na het gesprek met ouders of voogd."),
    ),
    steps=(
        StructureStep(1, "Kijken en praten in de klas", "leerkracht", 3, "ib"),
        StructureStep(2, "Contact met de leerkracht, samen bespreken", "ib", 5, "team"),
        StructureStep(3, "Bespreken in het ondersteuningsteam", "team", 10, "directeur"),
        StructureStep(4, "Hulp van buiten zoeken", "team", 10, "directeur", parents_first=True),
    ),
    acute=(
        "Direct gevaar: bel 112.",
        "Zorgen over veiligheid thuis: Veilig Thuis, 0800-2000, dag en nacht, ook voor advies.",
        "Volg de stappen van de meldcode; iedere medewerker mag bellen.",
        "Overleg met de aandachtsfunctionaris van de school.",
    ),
)
