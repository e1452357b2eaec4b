"""Check the peers against R's package `surveillance`, on the same released figures.

    python -m bench.patterns.with_r      some seconds; needs R with that package

EARS C2 and C3 are held against `earsC`, the CUSUM of the binomial log likelihood ratio against
`categoricalCUSUM`. The package's C3 adds up the two days before a day, the peer that day as well
(Hutwagner and others, 2003): the part of the two days is compared. Days that released nothing are
left out for both, and the least spread is that of the largest class, as the package takes only one.
"""

import csv
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.patterns.classes import make_classes
from bench.patterns.days import DAYS
from bench.patterns.peers import Ears, SelfStartingCusum
from bench.patterns.streams import Streams, Value

SCRIPT = Path(__file__).with_name("surveillance.R")
SEED, CLASSES, SIZE = 606, 60, 60
SCENARIOS = ("quiet", "+20 points")
CLOSE = 1e-9
"""Scores further apart than rounding are another rule."""


@dataclass
class Series:
    """One class: its days with a released share, and what the peers make of them."""

    rows: list[tuple[float, float, float, float]] = field(default_factory=list)
    c2: list[float] = field(default_factory=list)
    before: list[float] = field(default_factory=list)
    cusum: list[float] = field(default_factory=list)


def main() -> None:
    """Compare, print, and exit 1 where they differ."""
    if (program := shutil.which("Rscript")) is None:
        sys.exit("bench.patterns.with_r: R is missing (Debian: r-base-core, r-cran-surveillance)")
    differ = False
    for scenario in SCENARIOS:
        mine = _run_peers(scenario)
        version, theirs = _run_package(program, mine)
        print(f"{scenario}: {CLASSES} classes, surveillance {version}")
        for name in ("c2", "before", "cusum"):
            ours = np.concatenate([getattr(one, name) for one in mine])
            days, apart = _compare(ours, theirs[name])
            differ |= days == 0 or apart > CLOSE
            print(f"  {name:7} {days:6} days compared, furthest apart {apart:.1e}")
    sys.exit(1 if differ else 0)


def _run_peers(scenario: str) -> list[Series]:
    """Feed both peers a year of the level stream, without bars: a flag changes nothing."""
    classes = make_classes(CLASSES, SEED, scenario)
    streams, found = Streams(classes), [Series() for _ in range(CLASSES)]
    ears, cusum = Ears(CLASSES), SelfStartingCusum(CLASSES)
    for day in range(DAYS):
        value = streams.on(day)["level"]
        with np.errstate(invalid="ignore", divide="ignore"):
            usual = cusum.residual.sum / cusum.residual.weight
            summed = cusum.update(value)
            ears.update(Value(value.value, np.full(CLASSES, SIZE), value.there, value.hits))
        for one in np.nonzero(value.there)[0]:
            _note(found[one], one, value, usual, summed, ears)
    return found


def _note(
    series: Series, one: int, value: Value, usual: np.ndarray, summed: np.ndarray, ears: Ears
) -> None:
    assert value.hits is not None
    is_live = np.isfinite(summed[one])
    share = float(np.clip(usual[one], 0.02, 0.98)) if is_live else np.nan
    raised = 2 * share / (1 + share)
    series.rows.append((float(value.hits[one]), float(value.size[one]), share, raised))
    series.cusum.append(float(summed[one]) if is_live else np.nan)
    scores = [float(ears.scores.back(steps)[one]) for steps in (1, 2, 3)]
    has_score = len(series.rows) > ears.baseline + ears.guard
    series.c2.append(scores[0] if has_score else np.nan)
    series.before.append(sum(max(0.0, score - 1) for score in scores[1:]))


def _run_package(program: str, mine: list[Series]) -> tuple[str, dict[str, np.ndarray]]:
    with tempfile.TemporaryDirectory() as folder:
        given, told = Path(folder, "given.csv"), Path(folder, "told.csv")
        with given.open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(("class", "hits", "size", "usual", "raised"))
            for number, one in enumerate(mine):
                lines.writerows((number, *_plain(row)) for row in one.rows)
        arguments = [program, str(SCRIPT), str(given), str(told), str(1 / SIZE)]
        ended = subprocess.run(arguments, check=True, capture_output=True, text=True)
        with told.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    columns = ("c2", "before", "cusum")
    return ended.stdout.strip(), {name: _numbers([row[name] for row in rows]) for name in columns}


def _plain(row: tuple[float, ...]) -> list[str]:
    return ["NA" if np.isnan(number) else repr(float(number)) for number in row]


def _numbers(texts: list[str]) -> np.ndarray:
    return np.array([np.nan if text == "NA" else float(text) for text in texts])


def _compare(ours: np.ndarray, theirs: np.ndarray) -> tuple[int, float]:
    """Return how many days both have a score, and how far apart they are at most."""
    both = np.isfinite(ours) & np.isfinite(theirs)
    return int(both.sum()), float(np.abs(ours - theirs)[both].max(initial=0.0))


if __name__ == "__main__":
    main()
