"""What a school fills in before pupils can ask for a talk: whom, where, and what it then does."""

from dataclasses import dataclass
from enum import StrEnum

MOST_ADULTS = 6
"""More pictures than a child can look over at once."""


class Missing(StrEnum):
    """What keeps it off."""

    PROTOCOL = "protocol"
    ADULTS = "adults"
    DEPUTIES = "deputies"


@dataclass(frozen=True)
class Adult:
    """Somebody pupils can ask for, with whoever stands in and the classes that see the picture.

    `called` is what pupils call them; `photo` names a picture of their own, '' for the symbol.
    """

    staff: int
    name: str
    called: str
    symbol: str
    classrooms: frozenset[int]
    deputy: int | None
    deputy_name: str = ""
    photo: str = ""


@dataclass(frozen=True)
class TalkSetting:
    """What a school has filled in; nothing shows on a tablet before it is whole.

    `switched_on` are the classes staff chose it for, `pain_to` the adult for 'pain or ill'.
    """

    protocol: str = ""
    pain_to: int | None = None
    switched_on: frozenset[int] = frozenset()
    adults: tuple[Adult, ...] = ()

    def adults_of(self, classroom: int) -> tuple[Adult, ...]:
        """Return whom pupils of a class can ask for, at most six."""
        theirs = [a for a in self.adults if classroom in a.classrooms and a.deputy is not None]
        return tuple(theirs[:MOST_ADULTS])

    def missing_for(self, classroom: int) -> tuple[Missing, ...]:
        """Return what has to be filled in before this class can be asked."""
        mine = [adult for adult in self.adults if classroom in adult.classrooms]
        found = [] if self.protocol.strip() else [Missing.PROTOCOL]
        if not mine:
            found.append(Missing.ADULTS)
        elif not self.adults_of(classroom):
            found.append(Missing.DEPUTIES)
        return tuple(found)

    def is_on(self, classroom: int) -> bool:
        """Tell whether pupils of a class see the picture."""
        return classroom in self.switched_on and not self.missing_for(classroom)

    def find_adult(self, staff: int | None) -> Adult | None:
        """Return an adult, or None."""
        return next((adult for adult in self.adults if adult.staff == staff), None)

    def pain_adult(self, classroom: int) -> Adult | None:
        """Return who is told of pain in a class, or None while nobody is."""
        adult = self.find_adult(self.pain_to)
        return adult if adult and adult.deputy is not None and self.is_on(classroom) else None
