"""P11: somebody pulls the plug while a round is sealed, again and again.

The attack: two lights of one round can be compared. If a light were drawn, shown, and lost before
it was kept, sealing would draw another. So kill the sealing at a step taken at random, read what
can be seen, let it begin anew, kill it at another step, and go on until it gets to its end; and all
that many times over. Keep every figure that was visible at any moment, to readers and on disk.

The promise: noise is in the counter from its birth and is drawn by nobody after. However often it
is killed, of every round and week there is one figure.

`tests/faults/test_kill_9_sealing.py` kills at every single step, one after the other.
"""

import random
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from tests.faults.real_time import RealSchool
from tests.faults.test_kill_9_sealing import (
    BROKEN,
    THE_PRODUCT,
    Sealer,
    a_school_to_seal,
    a_sealer,
    committed,
    published,
)

KILLS, MANY_KILLS = 20, 500
FURTHEST = 120
"""Beyond the last step of sealing what is there: now and then it is let through."""


def figures_seen_twice(
    school: RealSchool, scratch: Path, kills: int, program: Path = THE_PRODUCT
) -> tuple[list[str], int]:
    """Kill so many times, and begin anew from the same files whenever all is sealed."""
    chance, killed, found = random.Random(20261123), 0, []
    with a_sealer(program) as sealer:
        while killed < kills and not found:
            copy = scratch / "copy"
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(school.folder, copy)
            once, found = _kill_until_sealed(sealer, copy, chance)
            killed += once
    return found, killed


def _kill_until_sealed(
    sealer: Sealer, folder: Path, chance: random.Random
) -> tuple[int, list[str]]:
    """Seal to the end, however often it dies; return how often, and what was not one figure."""
    seen: defaultdict[object, set[object]] = defaultdict(set)
    killed = 0
    while True:
        ended = sealer.seal(folder, chance.randint(1, FURTHEST))
        killed += ended != 0
        for figures in (published(folder), committed(folder)):
            for name, value in figures.items():
                seen[name].add(value)
        if ended == 0:
            return killed, [f"{name} was {what}" for name, what in seen.items() if len(what) > 1]


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> RealSchool:
    return a_school_to_seal(tmp_path_factory.mktemp("school") / "files")


def test_no_figure_is_seen_twice(school: RealSchool, tmp_path: Path) -> None:
    found, killed = figures_seen_twice(school, tmp_path, KILLS)
    assert found == []
    assert killed >= KILLS


@pytest.mark.long
def test_no_figure_is_seen_twice_in_five_hundred_kills(school: RealSchool, tmp_path: Path) -> None:
    found, killed = figures_seen_twice(school, tmp_path, MANY_KILLS)
    assert found == []
    assert killed >= MANY_KILLS


@pytest.mark.thorough
def test_it_catches_noise_that_is_drawn_when_sealing(school: RealSchool, tmp_path: Path) -> None:
    found, _ = figures_seen_twice(school, tmp_path, MANY_KILLS, BROKEN)
    assert found != []
