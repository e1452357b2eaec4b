"""Which picture stands for a card, in the style of a class."""

from collections.abc import Iterable

from checkin.domain.cards import Style
from checkin.domain.feelings import Feeling


def picture_of(feeling: Feeling, style: Style) -> str:
    """Return the name of a card's icon; 'not today' has no face in either style."""
    if style is Style.FACELESS and feeling is not Feeling.PASS:
        return f"faceless/{feeling.value}"
    return feeling.value


def pictures_of(feelings: Iterable[Feeling], style: Style) -> dict[str, str]:
    """Return the names of the icons of feelings, by their value."""
    return {feeling.value: picture_of(feeling, style) for feeling in feelings}
