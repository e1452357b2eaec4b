"""Which cards a class sees."""

from enum import IntEnum, StrEnum

from checkin.domain.feelings import Feeling


class CardSet(IntEnum):
    """How many feelings lie on the table; a card keeps its place when the set grows."""

    FOUR = 4
    SIX = 6
    EIGHT = 8

    @property
    def feelings(self) -> tuple[Feeling, ...]:
        """Return the cards in order of place, 'not today' last."""
        return (*_PLACES[: self.value], Feeling.PASS)


class Style(StrEnum):
    """Faces, or pictures without a face for families that object to faces."""

    FACES = "faces"
    FACELESS = "faceless"


class Coping(StrEnum):
    """What helps me today: the six channels of BASIC-PH (Lahad 1992)."""

    TALK = "talk"
    IMAGINE = "imagine"
    MOVE = "move"
    REST = "rest"
    THINK = "think"
    STRENGTH = "strength"

    @property
    def digit(self) -> int:
        """Return the digit that stands for this card on the wire, 1 to 6; 0 is none."""
        return list(Coping).index(self) + 1


def find_coping(digit: int) -> Coping | None:
    """Return the coping card of a digit, or None."""
    return list(Coping)[digit - 1] if 1 <= digit <= len(Coping) else None


_PLACES = (
    Feeling.HAPPY,
    Feeling.SAD,
    Feeling.ANGRY,
    Feeling.SCARED,
    Feeling.CALM,
    Feeling.TIRED,
    Feeling.EXCITED,
    Feeling.WORRIED,
)
