"""One run: the project, its peers and the oracle, on the same released figures."""

from dataclasses import dataclass, field
from multiprocessing.pool import Pool

import numpy as np

from bench.patterns import project
from bench.patterns.classes import Classes, make_classes
from bench.patterns.judging import TELLS, peer_bars, peer_flags
from bench.patterns.oracle import Oracle, oracle_bar
from bench.patterns.peers import PEERS
from bench.patterns.scenarios import QUIET, SCENARIOS, WORLDS
from bench.patterns.scoring import (
    Delays,
    by_thirds,
    delays,
    false_per_half_year,
    in_sixty_days,
)

BARS_SEED = 101
"""Bars are set on this seed alone; nothing is reported from it."""
NOT_HEAVY = 0.40
"""Being told to be heavy from the start is wrong only below this share."""
OURS = "this project"
SHARES = {
    "sustained-rise": 0.39,
    "slow-drift": 0.12,
    "sudden-day": 0.07,
    "day-shift": 0.11,
    "weekday": 0.21,
    "participation": 0.06,
    "heavy-start": 0.015,
}
"""How the project divides the budget over its rules; a little is left over on purpose."""
LASTING = "+20 points"
_CLASSES, _CLASSES_OF_A_SCENARIO, _CLASSES_OF_A_WORLD = 1600, 800, 400


@dataclass
class Figures:
    """What is known of one rule."""

    false: float = 0.0
    false_half_width: float = 0.0
    false_by_pattern: dict[str, float] = field(default_factory=dict)
    thirds: list[float] = field(default_factory=list)
    worlds: dict[str, float] = field(default_factory=dict)
    delays: dict[str, Delays] = field(default_factory=dict)
    nags: float = 0.0


@dataclass
class Measured:
    """Everything a report is made of; rules by name, the limit by scenario."""

    rules: dict[str, Figures]
    oracle: dict[str, Delays]
    blind_oracle: Delays


def measure(pool: Pool, seed: int, budget: float, smaller: int) -> Measured:
    """Run everything; `smaller` divides the number of classes."""
    jobs = [(_CLASSES // smaller, BARS_SEED, QUIET, ""), (_CLASSES // smaller, seed, QUIET, "")]
    scenarios = [name for name in SCENARIOS if name != QUIET]
    jobs += [(_CLASSES_OF_A_SCENARIO // smaller, seed, name, "") for name in scenarios]
    jobs += [(_CLASSES_OF_A_WORLD // smaller, seed, QUIET, world) for world in WORLDS]
    to_set, quiet, *rest = pool.starmap(make_classes, jobs, chunksize=1)
    happened = dict(zip(scenarios, rest[: len(scenarios)], strict=True))
    worlds = dict(zip(WORLDS, rest[len(scenarios) :], strict=True))
    wanted = [name for name in scenarios if SCENARIOS[name].share]
    limits = pool.starmap_async(
        _limit, [(name, to_set, happened[name], budget, True) for name in wanted], chunksize=1
    )
    blind = pool.apply_async(
        _limit, ("participation -25", to_set, happened["participation -25"], budget, False)
    )
    peers = pool.starmap_async(
        _peer, [(name, to_set, quiet, happened, worlds, budget) for name in PEERS], chunksize=1
    )
    ours = _ours(pool, quiet, happened, worlds)
    rules = dict(zip(PEERS, peers.get(), strict=True)) | {OURS: ours}
    return Measured(rules, dict(zip(wanted, limits.get(), strict=True)), blind.get())


def set_bars_anew(pool: Pool, budget: float, smaller: int, steps: int = 7) -> dict[str, float]:
    """Search the bars of all rules at once around those in force, each within its share."""
    quiet = make_classes(_CLASSES // smaller, BARS_SEED)
    low = {name: bar - 0.5 for name, bar in project.bars().items()}
    high = {name: bar + 0.5 for name, bar in project.bars().items()}
    for _ in range(steps):
        middle = {name: (low[name] + high[name]) / 2 for name in low}
        false = _false_by_pattern(project.flags_of(pool, quiet, middle), quiet)
        for name in low:
            (high if false[name] <= budget * SHARES[name] else low)[name] = middle[name]
    return high


def _false_by_pattern(flags: np.ndarray, quiet: Classes) -> dict[str, float]:
    false = {}
    for name, told in zip(project.NAMES, flags, strict=True):
        only = quiet.base < NOT_HEAVY if name == "heavy-start" else None
        false[name] = false_per_half_year(told, only)
    return false


def _ours(
    pool: Pool, quiet: Classes, happened: dict[str, Classes], worlds: dict[str, Classes]
) -> Figures:
    bars = project.bars()
    flags = project.flags_of(pool, quiet, bars)
    figures = _figures(flags[: project.COUNTED].sum(0), quiet)
    figures.false_by_pattern = _false_by_pattern(flags, quiet)
    for world, classes in worlds.items():
        told = project.flags_of(pool, classes, bars)[: project.COUNTED]
        figures.worlds[world] = false_per_half_year(told.sum(0))
    for name, classes in happened.items():
        told = project.flags_of(pool, classes, bars)
        right = [project.NAMES.index(pattern) for pattern in SCENARIOS[name].told_by]
        figures.delays[name] = delays(told[right].any(0), classes.onset)
        if name == LASTING:
            figures.nags = in_sixty_days(told[: project.COUNTED].sum(0), classes.onset)
    return figures


def _peer(
    name: str,
    to_set: Classes,
    quiet: Classes,
    happened: dict[str, Classes],
    worlds: dict[str, Classes],
    budget: float,
) -> Figures:
    make = PEERS[name]
    bars = peer_bars(make, to_set, budget)
    told = peer_flags(make, quiet, bars)
    figures = _figures(_together(told), quiet)
    for world, classes in worlds.items():
        figures.worlds[world] = false_per_half_year(_together(peer_flags(make, classes, bars)))
    for scenario, classes in happened.items():
        told = peer_flags(make, classes, bars)
        right = {TELLS[pattern] for pattern in SCENARIOS[scenario].told_by}
        flags = np.any([told[stream] for stream in right], axis=0)
        figures.delays[scenario] = delays(flags, classes.onset)
        if scenario == LASTING:
            figures.nags = in_sixty_days(_together(told), classes.onset)
    return figures


def _limit(
    name: str, to_set: Classes, classes: Classes, budget: float, withheld_tells: bool
) -> Delays:
    scenario = SCENARIOS[name]
    bar = oracle_bar(Oracle(scenario, to_set, withheld_tells), budget * scenario.share)
    return delays(Oracle(scenario, classes, withheld_tells).flags(bar), classes.onset)


def _figures(counts: np.ndarray, quiet: Classes) -> Figures:
    each = counts.sum(1) / 2
    return Figures(
        false=float(each.mean()),
        false_half_width=float(1.96 * each.std() / len(each) ** 0.5),
        thirds=by_thirds(counts, quiet),
    )


def _together(flags: dict[str, np.ndarray]) -> np.ndarray:
    return np.sum(list(flags.values()), axis=0)
