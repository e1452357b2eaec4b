"""The interactive chart of the week pictures, drawn by Plotly in the browser.

A figure is plain values: building it as a `plotly.graph_objects.Figure` costs a hundred times as
much and imports the whole package. Colours come from the style sheet, so that dark pages work.
"""

import gzip
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import distribution, version
from math import ceil
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from flask_babel import gettext as _

from checkin.domain.released import ReleasedWeek
from checkin.web.week_gaps import OffWeek
from checkin.web.week_shares import Range, read_share

STYLE_ELEMENT = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53"
"""The id Plotly looks for before it adds map styles inline; a page that has it gets none."""

MOST_TICKS = 7
EDGE_PIXELS = 60

_packing = Lock()


class Shape(NamedTuple):
    """How the small charts are laid out: how many beside each other, and how high each is."""

    columns: int
    row_pixels: int


SHAPES = {"wide": Shape(3, 150), "narrow": Shape(1, 105)}


@cache
def plotly_version() -> str:
    """Return the version of the installed package."""
    return version("plotly")


def plotly_js() -> bytes:
    """Return plotly.min.js of the installed package, gzipped; packed once in a process."""
    with _packing:
        return _packed()


def week_figure(
    weeks: Sequence[ReleasedWeek | OffWeek], words: Mapping[str, str], gap: str = ""
) -> dict[str, Any]:
    """Return the traces, and a layout for wide and one for narrow screens.

    `words` has the feelings to draw, in order, and what they are called. Each feeling is a small
    chart of its own: a full bar for a share, an open one where it lies somewhere below or above.
    `gap` says why a week has none.
    """
    names = [_("week %(number)s", number=int(week.week[-2:])) for week in weeks]
    too_few = gap or _("too few cards")
    return {
        "traces": [
            trace
            for n, feeling in enumerate(words, start=1)
            for trace in _traces(n, feeling, weeks, names, too_few)
        ],
        "layouts": {
            name: _layout(shape, weeks, list(words.values())) for name, shape in SHAPES.items()
        },
    }


@cache
def _packed() -> bytes:
    path = Path(str(distribution("plotly").locate_file("plotly/package_data/plotly.min.js")))
    return gzip.compress(path.read_bytes(), compresslevel=6, mtime=0)


def _traces(
    n: int,
    feeling: str,
    weeks: Sequence[ReleasedWeek | OffWeek],
    names: Sequence[str],
    too_few: str,
) -> tuple[dict[str, Any], dict[str, Any]]:
    shares = [week.shares.get(feeling, "") if week.shares else "" for week in weeks]
    ranges = [read_share(share) if share else Range(0, 0) for share in shares]
    common = {"type": "bar", "x": [w.week for w in weeks], "xaxis": f"x{n}", "yaxis": f"y{n}"}
    full = {"meta": "full", "y": [r.least for r in ranges], "hoverinfo": "skip"}
    why = [week.off if isinstance(week, OffWeek) else too_few for week in weeks]
    each = zip(names, shares, why, strict=True)
    told = [f"{name}: {share or without}" for name, share, without in each]
    open_ = {"meta": "open", "y": [r.most - r.least for r in ranges], "hovertext": told}
    return common | full, common | open_ | {"hoverinfo": "text"}


def _layout(
    shape: Shape, weeks: Sequence[ReleasedWeek | OffWeek], words: Sequence[str]
) -> dict[str, Any]:
    rows = ceil(len(words) / shape.columns)
    layout: dict[str, Any] = {
        "barmode": "stack",
        "bargap": 0.3,
        "height": rows * shape.row_pixels + EDGE_PIXELS,
        "margin": {"l": 48, "r": 8, "t": 4, "b": 32},
        "dragmode": False,
        "hovermode": "x",
        "showlegend": False,
        "annotations": [],
    }
    ticks = _ticks(weeks)
    for n, word in enumerate(words, start=1):
        row, column = divmod(n - 1, shape.columns)
        across, up = _part(column, shape.columns, 0.05), _part(rows - 1 - row, rows, 0.25)
        is_lowest = n + shape.columns > len(words)
        layout[f"xaxis{n}"] = ticks | {
            "anchor": f"y{n}",
            "domain": across,
            "showticklabels": is_lowest,
        }
        layout[f"yaxis{n}"] = _shares_axis(n, up, has_labels=column == 0)
        layout["annotations"].append(_title(word, across[0], up[1]))
    return layout


def _ticks(weeks: Sequence[ReleasedWeek | OffWeek]) -> dict[str, Any]:
    shown = weeks[:: ceil(len(weeks) / MOST_TICKS) or 1]
    return {
        "type": "category",
        "tickvals": [week.week for week in shown],
        "ticktext": [str(int(week.week[-2:])) for week in shown],
        "tickangle": 0,
        "fixedrange": True,
    }


def _shares_axis(n: int, up: list[float], has_labels: bool) -> dict[str, Any]:
    return {
        "anchor": f"x{n}",
        "domain": up,
        "range": [0, 100],
        "tickvals": [0, 50, 100],
        "ticktext": ["0%", "50%", "100%"],
        "showticklabels": has_labels,
        "fixedrange": True,
    }


def _title(word: str, x: float, y: float) -> dict[str, Any]:
    place = {"xref": "paper", "yref": "paper", "x": x, "y": y}
    return place | {"text": word, "xanchor": "left", "yanchor": "bottom", "showarrow": False}


def _part(n: int, of: int, gap: float) -> list[float]:
    """Return where the n-th of so many equal parts lies, with a gap after each, from 0 to 1."""
    size = 1 / of
    return [round(n * size, 4), round((n + 1 - gap) * size, 4)]
