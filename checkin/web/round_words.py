"""What a round and its light are called, and what they mean, in the reader's language."""

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.release import EXTRA_TAPS, FLOOR, Light, Why
from checkin.domain.rounds import Moment
from checkin.services.sealing import Sealing


def moment_word(moment: Moment) -> str:
    """Name one of the two rounds of a day."""
    return _("Check-in") if moment is Moment.CHECK_IN else _("Check-out")


def light_word(light: Light) -> str:
    """Name a light."""
    match light:
        case Light.FEW:
            return _("few heavy cards")
        case Light.SOME:
            return _("some heavy cards")
        case Light.MANY:
            return _("many heavy cards")
        case Light.WITHHELD:
            return _("withheld")


def meaning(light: Light, why: Why, floor: int = FLOOR) -> str:
    """Say in one sentence what a light means, or why there is none."""
    if why is Why.SMALL_CLASS:
        return _("This class is too small for daily lights: one could give a child away.")
    if why is Why.TOO_FEW:
        return _(
            "Fewer than %(floor)s cards: with so few, a light could give a child away.", floor=floor
        )
    if why is Why.TOO_MANY:
        return _("More cards than there are pupils, so a light would say nothing about this class.")
    return {
        Light.FEW: _(
            "Probably at most a few children, or about a quarter, chose a heavy card. "
            "Some always will."
        ),
        Light.SOME: _("Probably more than a few chose a heavy card, but less than half."),
        Light.MANY: _(
            "Probably about half or more chose a heavy card. Worth a quiet moment together."
        ),
        Light.WITHHELD: "",
    }[light]


def so_far(tapped: int, pupils: int) -> str:
    """Say how many have tapped in an open round: all that may be told of it."""
    told = ngettext(
        "%(num)s of %(pupils)s has tapped",
        "%(num)s of %(pupils)s have tapped",
        tapped,
        pupils=pupils,
    )
    if tapped <= pupils:
        return told
    most = pupils + EXTRA_TAPS
    more = _("More cards than pupils: with more than %(most)s there is no light.", most=most)
    return f"{told}. {more}"


def in_all(tapped: int, pupils: int) -> str:
    """Say how many tapped in a sealed round."""
    return _("%(tapped)s of %(pupils)s tapped", tapped=tapped, pupils=pupils)


def sealing_told(sealing: Sealing, floor: int = FLOOR) -> str:
    """Say what closing a round by hand did: its light, and who may still hold cards."""
    moment = moment_word(sealing.round.round.moment)
    if not sealing.is_new:
        return _(
            "The %(round)s was closed before: %(light)s. Nothing changed.",
            round=moment.lower(),
            light=light_word(sealing.round.light),
        )
    told = [
        _("%(round)s closed: %(light)s.", round=moment, light=light_word(sealing.round.light)),
        meaning(sealing.round.light, sealing.round.released.why, floor),
    ]
    if sealing.silent:
        told.append(
            _(
                "These tablets may still hold cards: %(tablets)s. Those count for the week.",
                tablets=", ".join(sealing.silent),
            )
        )
    return " ".join(told)
