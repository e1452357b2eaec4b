"""What is said of a team's lights and of its size: of colleagues, not of children."""

from flask_babel import gettext as _

from checkin.domain.class_sizes import share_withheld
from checkin.domain.release import WEEK_PUPILS, Light, Why


def meaning(light: Light, why: Why, floor: int) -> str:
    """Say in one sentence what a light of a team means, or why there is none."""
    if why is Why.SMALL_CLASS:
        return _("This team is too small for daily lights: one could give somebody away.")
    if why is Why.TOO_FEW:
        return _(
            "Fewer than %(floor)s cards: with so few, a light could give somebody away.",
            floor=floor,
        )
    if why is Why.TOO_MANY:
        return _("More cards than there are members, so a light would say nothing.")
    return {
        Light.FEW: _("Probably at most a few, or about a quarter, chose a heavy card."),
        Light.SOME: _("Probably more than a few chose a heavy card, but less than half."),
        Light.MANY: _("Probably about half or more chose a heavy card. Worth a moment together."),
        Light.WITHHELD: "",
    }[light]


def team_size_told(members: int, floor: int) -> str:
    """Say what a team of this size can expect."""
    if members < WEEK_PUPILS:
        return _(
            "With fewer than %(least)s members there are no lights and no week pictures.",
            least=WEEK_PUPILS,
        )
    if members < floor:
        return _(
            "With fewer than %(floor)s members there are no daily lights: only a week picture, in "
            "a week in which nearly everybody tapped.",
            floor=floor,
        )
    of_hundred = round(100 * share_withheld(members, floor))
    if of_hundred == 0:
        return _("Enough members for a light in nearly every round in which most of them tap.")
    return _(
        "A light takes %(floor)s cards. If nearly everybody taps, expect no light in about "
        "%(rounds)s of every 100 rounds.",
        floor=floor,
        rounds=of_hundred,
    )
