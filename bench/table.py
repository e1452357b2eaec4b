"""One way to print what was measured: the figure, what it is measured against, and the verdict."""

import os
import statistics
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
COLUMNS = "{:58} {:>10} {:>10} {:>7}  {:<12} {}"


@dataclass(frozen=True)
class Row:
    """A figure beside its floor or peer, with the target it is to meet.

    `passes` is None for a figure without a target.
    """

    name: str
    value: float
    beside: float | None = None
    target: str = ""
    passes: bool | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.beside if self.beside else None


def at_most(name: str, value: float, target: float, note: str = "") -> Row:
    """Return a row that passes when its value is not over the target."""
    return Row(name, value, None, f"<= {target:g}", value <= target, note)


def ratio_at_most(name: str, value: float, beside: float, target: float, note: str = "") -> Row:
    """Return a row that passes when value : beside is not over the target."""
    return Row(name, value, beside, f"<= {target:g} x", value / beside <= target, note)


def ratio_at_least(name: str, value: float, beside: float, target: float, note: str = "") -> Row:
    """Return a row that passes when value : beside is not under the target."""
    return Row(name, value, beside, f">= {target:g} x", value / beside >= target, note)


def show(title: str, rows: Iterable[Row]) -> bool:
    """Print a table and tell whether every row that has a target meets it."""
    rows = list(rows)
    print(f"\n{title}")
    print(COLUMNS.format("", "checkin", "beside", "ratio", "target", "").rstrip())
    for row in rows:
        beside = _short(row.beside) if row.beside is not None else ""
        ratio = f"{row.ratio:.2f}" if row.ratio is not None else ""
        verdict = {True: "pass", False: "OVER", None: ""}[row.passes]
        last = f"{verdict} {row.note}".strip()
        print(
            COLUMNS.format(row.name, _short(row.value), beside, ratio, row.target, last).rstrip(),
            flush=True,
        )
    return all(row.passes is not False for row in rows)


def finish(title: str, rows: Iterable[Row]) -> None:
    """Print a table and end the program, with 1 when a target was missed."""
    print(f"load of this machine when it began: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    sys.exit(0 if show(title, rows) else 1)


def medians(runs: Sequence[Sequence[float]]) -> list[float]:
    """Return the median of each column of several runs."""
    return [statistics.median(column) for column in zip(*runs, strict=True)]


def side_by_side(rounds: int, *ways: Callable[[], T]) -> list[list[T]]:
    """Run each way in turn, several rounds, so that what disturbs one disturbs all."""
    results: list[list[T]] = [[] for _ in ways]
    for number in range(rounds):
        order = list(zip(ways, results, strict=True))
        for way, found in order if number % 2 == 0 else order[::-1]:
            found.append(way())
    return results


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
