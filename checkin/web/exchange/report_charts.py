"""The charts of a report: places and sizes, drawn as SVG by the page itself, without a script.

They print as they are, and have the table beside them that says the same.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from checkin.domain.release import Light
from checkin.domain.released import ReleasedWeek
from checkin.services.term_report import WeekLights
from checkin.web.week_gaps import OffWeek
from checkin.web.week_shares import read_share

ORDER = (Light.FEW, Light.SOME, Light.MANY, Light.WITHHELD)
ROUND_HEIGHT = 9
"""So high is one light of a week."""
LABEL_ROOM = 16
SMALL = (220, 60)
"""How wide and high the small chart of one card is."""


class Bar(NamedTuple):
    """A part of a column."""

    kind: str
    x: float
    y: float
    width: float
    height: float


class Label(NamedTuple):
    """A number of a week under its column."""

    x: float
    text: str


class Chart(NamedTuple):
    """A chart, with its size."""

    name: str
    width: int
    height: int
    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]


def lights_chart(weeks: Sequence[WeekLights | OffWeek], name: str, width: int = 680) -> Chart:
    """Return a column a week, made of its lights: few below, many above."""
    most = max((sum(week.lights.values()) for week in weeks), default=0)
    height = max(most, 1) * ROUND_HEIGHT
    bars = []
    for n, week in enumerate(weeks):
        floor = float(height)
        x, wide = _place(n, len(weeks), width)
        if isinstance(week, OffWeek):
            bars.append(Bar("off", x, 0, wide, height))
        for light in ORDER:
            for _one in range(week.lights.get(light, 0)):
                floor -= ROUND_HEIGHT
                bars.append(Bar(light.value, x, floor, wide, ROUND_HEIGHT - 1.5))
    labels = _labels([week.week for week in weeks], width)
    return Chart(name, width, height + LABEL_ROOM, tuple(bars), labels)


def share_charts(weeks: Sequence[ReleasedWeek | OffWeek], words: Mapping[str, str]) -> list[Chart]:
    """Return a small chart for each card: full up to its share, open where it lies below one."""
    return [_share_chart(weeks, card, word) for card, word in words.items()]


def _share_chart(weeks: Sequence[ReleasedWeek | OffWeek], card: str, word: str) -> Chart:
    width, height = SMALL
    bars = []
    for n, week in enumerate(weeks):
        x, wide = _place(n, len(weeks), width)
        if isinstance(week, OffWeek):
            bars.append(Bar("off", x, 0, wide, height))
        share = (week.shares or {}).get(card)
        if not share:
            continue
        least, most = read_share(share)
        for kind, percent in (("open", most), ("full", least)):
            tall = round(height * percent / 100, 1)
            bars.append(Bar(kind, x, height - tall, wide, tall))
    labels = _labels([week.week for week in weeks], width)
    return Chart(word, width, height + LABEL_ROOM, tuple(bars), labels)


def _place(n: int, of: int, width: int) -> tuple[float, float]:
    room = min(width / max(of, 1), 64)
    return round(n * room, 1), round(room * 0.72, 1)


def _labels(weeks: Sequence[str], width: int) -> tuple[Label, ...]:
    each = max(1, -(-len(weeks) * 22 // width))
    places = ((_place(n, len(weeks), width), week) for n, week in enumerate(weeks))
    return tuple(
        Label(round(x + wide / 2, 1), str(int(week[-2:])))
        for n, ((x, wide), week) in enumerate(places)
        if n % each == 0
    )
