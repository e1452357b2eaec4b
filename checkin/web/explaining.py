"""How a light comes about: one page in words for staff and parents, one in pictures for pupils."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from checkin.domain.chances import chances_of
from checkin.domain.release import FLOOR, WEEK_PUPILS, WEEK_TAPS, Light, light_of
from checkin.domain.school_weeks import LIGHTS

blueprint = Blueprint("explaining", __name__)

A_CLASS = 12
"""How many pupils the class of the figure has."""
EXAMPLES = (2, 5, 9)
"""Numbers of heavy cards that give few, some and many."""


@dataclass(frozen=True)
class Part:
    """A piece of a bar: from where, how high, in hundredths of the bar."""

    light: Light
    start: float
    size: float


@dataclass(frozen=True)
class Bar:
    """So many heavy cards: the light without chance, and how often each light with it."""

    heavy: int
    plain: Light
    parts: tuple[Part, ...]

    @property
    def percents(self) -> dict[Light, int]:
        """Return how often each light is shown, in whole hundredths."""
        return {part.light: round(part.size) for part in self.parts}


@blueprint.get("/how-it-works")
def show() -> ResponseReturnValue:
    """Explain the promise and the rule on one sheet."""
    return render_template(
        "explaining/show.html",
        bars=bars_of(A_CLASS),
        pupils=A_CLASS,
        lights=LIGHTS,
        floor=FLOOR,
        week_pupils=WEEK_PUPILS,
        week_taps=WEEK_TAPS,
    )


@blueprint.get("/how-it-works/pictures")
def pictures() -> ResponseReturnValue:
    """Explain without words, to hang up in the classroom."""
    bars = bars_of(A_CLASS)
    return render_template(
        "explaining/pictures.html",
        told_pictures=_told_pictures(),
        examples=[bars[heavy] for heavy in EXAMPLES],
        pupils=A_CLASS,
        heavy_of=_heavy_of,
    )


def bars_of(m: int) -> Sequence[Bar]:
    """Return a bar for each possible number of heavy cards in a class of `m`."""
    return tuple(Bar(heavy, light_of(m, heavy), _parts(m, heavy)) for heavy in range(m + 1))


def _parts(m: int, heavy: int) -> tuple[Part, ...]:
    chances, parts, start = chances_of(m, heavy), [], 0.0
    for light in LIGHTS:
        size = round(100 * chances.get(light, 0.0), 2)
        parts.append(Part(light, round(start, 2), size))
        start += size
    return tuple(parts)


def _told_pictures() -> tuple[tuple[str, str], ...]:
    """Return the pictures of the sheet with what somebody hears who cannot see them."""
    return (
        ("sees-1-tap", _("You tap one picture. Nobody writes down who.")),
        ("sees-2-box", _("All pictures go into one box and are mixed.")),
        ("sees-3-light", _("Your teacher sees one light for the whole class.")),
        ("sees-4-nobody", _("Nobody sees which picture was yours.")),
    )


def _heavy_of(heavy: int, pupils: int) -> str:
    return _("%(heavy)s of %(pupils)s children chose a heavy card", heavy=heavy, pupils=pupils)
