"""The picture of a rule: a made-up class as columns, its usual as a line, and where it was told."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from checkin.domain.patterns.examples import PUPILS, Day, Example

WIDTH, HEIGHT, FOOT = 720, 220, 28
"""The drawing in units; below the columns is room for words."""

_TOP, _LEFT = 24, 44
_COLUMN = 0.62
_OVER_THE_COLUMNS = 0.97
"""Where the word for the line stands if columns fill the picture from the first day on."""


@dataclass(frozen=True)
class Column:
    """A day: where its column stands and how high; `kind` says how it is drawn."""

    x: float
    y: float
    width: float
    height: float
    kind: str


@dataclass(frozen=True)
class Picture:
    """All that the drawing needs, in its own units, and the words beside it."""

    columns: tuple[Column, ...]
    usual_y: float
    usual_word: str
    word_y: float
    begins_x: float
    told_x: float
    caption: str
    description: str


def picture_of(name: str, example: Example) -> Picture:
    """Draw the made-up class of a rule."""
    step = (WIDTH - _LEFT - 8) / len(example.days)
    columns = [
        column
        for n, day in enumerate(example.days)
        for column in _columns(name, example, n, day, step)
    ]
    share, word = _usual(name, example)
    return Picture(
        tuple(columns),
        _height(share),
        word,
        _height(share) - 18 if name != "heavy-start" else _height(_OVER_THE_COLUMNS),
        round(_LEFT + max(example.begins, 0) * step, 1),
        round(_LEFT + (example.told + 0.5) * step, 1),
        _caption(name, example),
        _description(name, example),
    )


def _columns(name: str, example: Example, n: int, day: Day, step: float) -> list[Column]:
    x = _LEFT + n * step + step * (1 - _COLUMN) / 2
    width = step * _COLUMN
    kind = _kind(name, example, n, day.day)
    if name == "day-shift":
        half = width / 2
        return [
            _column(x, day.heavy_in / day.tapped, half, "is-before"),
            _column(x + half, day.heavy_out / day.tapped, half, kind),
        ]
    if name == "participation":
        return [_column(x, day.tapped / PUPILS, width, kind)]
    return [_column(x, (day.heavy_in + day.heavy_out) / day.tapped / 2, width, kind)]


def _column(x: float, share: float, width: float, kind: str) -> Column:
    y = _height(share)
    return Column(round(x, 1), y, round(width, 1), round(HEIGHT - FOOT - y, 1), kind)


def _kind(name: str, example: Example, n: int, day: date) -> str:
    if n == example.told:
        return "is-told"
    if name == "weekday" and day.weekday() != example.pattern.numbers["weekday"]:
        return "is-usual"
    is_it = n == example.begins if name == "sudden-day" else n >= example.begins
    return "is-seen" if is_it else "is-usual"


def _usual(name: str, example: Example) -> tuple[float, str]:
    numbers = example.pattern.numbers
    if name == "heavy-start":
        return float(numbers["attention"]), _("dashed: the attention level")
    if name == "recovery":
        return float(numbers["share_raised"]), _("when it was told")
    return float(numbers["share_usual"]), _("usual in this class")


def _height(share: float) -> float:
    room = HEIGHT - FOOT - _TOP
    return round(_TOP + room * (1 - min(max(share, 0.0), 1.0)), 1)


def _caption(name: str, example: Example) -> str:
    if name == "weekday":
        times = len([n for n in range(example.begins, example.told + 1) if _is_it(example, n)])
        return ngettext(
            "In this made-up class the rule told it after %(num)s time.",
            "In this made-up class the rule told it after %(num)s times.",
            times,
        )
    if name == "heavy-start":
        return ngettext(
            "In this made-up class the rule told it on school day %(num)s of the school year.",
            "In this made-up class the rule told it on school day %(num)s of the school year.",
            example.waited,
        )
    return ngettext(
        "In this made-up class the rule told it on school day %(num)s of the change.",
        "In this made-up class the rule told it on school day %(num)s of the change.",
        example.waited,
    )


def _is_it(example: Example, n: int) -> bool:
    return n >= 0 and example.days[n].day.weekday() == example.pattern.numbers["weekday"]


def _description(name: str, example: Example) -> str:
    """Say in words what the columns show, for whoever does not see them."""
    numbers = example.pattern.numbers
    return _(
        "Columns for %(days)s school days. They stay near %(usual)s at first, change, and are "
        "at about %(now)s when the rule tells it.",
        days=len(example.days),
        usual=f"{float(numbers.get('share_raised', numbers['share_usual'])):.0%}",
        now=f"{float(numbers['share_now']):.0%}",
    )
