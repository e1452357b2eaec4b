"""What the picture cards stand for."""

from enum import StrEnum


class Feeling(StrEnum):
    """One picture card; its value names its icon and its word."""

    PASS = "pass"  # noqa: S105  # a card, not a password
    HAPPY = "happy"
    SAD = "sad"
    ANGRY = "angry"
    SCARED = "scared"
    CALM = "calm"
    TIRED = "tired"
    EXCITED = "excited"
    WORRIED = "worried"

    @property
    def digit(self) -> int:
        """Return the digit that stands for this card on the wire, 0 to 8."""
        return _DIGITS[self]

    @property
    def heavy(self) -> bool:
        """Tell whether the lights and patterns count this feeling."""
        return self in HEAVY

    @property
    def valence(self) -> float:
        """Return how pleasant the feeling is, -1 to 1 (circumplex model, Russell 1980)."""
        return _CIRCUMPLEX[self][0]

    @property
    def arousal(self) -> float:
        """Return how stirred the feeling is, -1 to 1 (circumplex model, Russell 1980)."""
        return _CIRCUMPLEX[self][1]


HEAVY = frozenset({Feeling.SAD, Feeling.ANGRY, Feeling.SCARED, Feeling.WORRIED})

_DIGITS = {feeling: digit for digit, feeling in enumerate(Feeling)}
_BY_DIGIT = dict(enumerate(Feeling))
_CIRCUMPLEX = {
    Feeling.PASS: (0.0, 0.0),
    Feeling.HAPPY: (0.9, 0.3),
    Feeling.SAD: (-0.7, -0.4),
    Feeling.ANGRY: (-0.6, 0.3),
    Feeling.SCARED: (-0.6, 0.4),
    Feeling.CALM: (0.5, -0.8),
    Feeling.TIRED: (-0.2, -0.4),
    Feeling.EXCITED: (0.8, 0.5),
    Feeling.WORRIED: (-0.4, 0.2),
}


def find_feeling(digit: int) -> Feeling | None:
    """Return the card that a digit stands for, or None when there is none."""
    return _BY_DIGIT.get(digit)
