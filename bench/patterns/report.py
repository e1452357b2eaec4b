"""The table, in Markdown."""

from math import exp, log

from bench.patterns.measuring import BARS_SEED, LASTING, OURS, Figures, Measured
from bench.patterns.scenarios import SCENARIOS, WORLDS

_PARTICIPATION = "participation -25"
_START = "heavy from the start"


def print_report(measured: Measured, seed: int) -> None:
    """Print what was measured."""
    print(f"Bars set on seed {BARS_SEED}, everything below from seed {seed}. Released figures.\n")
    _print_rules(measured)
    _print_scenarios(measured)
    _print_worlds(measured)
    ours = measured.rules[OURS]
    parts = ", ".join(f"{name} {false:.2f}" for name, false in ours.false_by_pattern.items())
    print(f"\nFalse flags of {OURS} by pattern (recovery counts for nothing): {parts}.")


def mean_ratio(rule: Figures, measured: Measured, blind: bool = False) -> float:
    """Return the geometric mean of delay over the oracle's."""
    logs = []
    for name, limit in measured.oracle.items():
        limit = measured.blind_oracle if blind and name == _PARTICIPATION else limit
        logs.append(log(rule.delays[name].mean / limit.mean))
    return exp(sum(logs) / len(logs))


def _print_rules(measured: Measured) -> None:
    _head("rule", "false flags", "delay / oracle", "the same, blind", LASTING, _START, "in 60 days")
    for name, rule in measured.rules.items():
        _row(
            name,
            f"{rule.false:.2f} ±{rule.false_half_width:.2f}",
            f"{mean_ratio(rule, measured):.2f}",
            f"{mean_ratio(rule, measured, blind=True):.2f}",
            _within_ten(rule, LASTING),
            _within_ten(rule, _START),
            f"{rule.nags:.1f}",
        )
    limit = measured.oracle[LASTING]
    share, low, high = limit.within(10)
    _row("oracle", "", "1", "1", f"{share:.0%} [{low:.0%}-{high:.0%}]", "", "")


def _print_scenarios(measured: Measured) -> None:
    print("\nMean school days to the flag (at most 40 counted), and times the oracle's:\n")
    names = list(measured.rules)
    _head("scenario", *names, "oracle")
    for name in SCENARIOS:
        if name not in measured.rules[OURS].delays:
            continue
        limit = measured.oracle.get(name)
        cells = [_days(measured.rules[rule], name, limit.mean if limit else 0) for rule in names]
        _row(name, *cells, f"{limit.mean:.1f} ±{limit.mean_half_width:.1f}" if limit else "")


def _print_worlds(measured: Measured) -> None:
    print("\nFalse flags by third of the base share over the mean, and in unforeseen worlds:\n")
    _head("rule", "low", "middle", "high", *WORLDS)
    for name, rule in measured.rules.items():
        thirds = [f"{third:.2f}" for third in rule.thirds]
        _row(name, *thirds, *(f"{rule.worlds[world]:.2f}" for world in WORLDS))


def _within_ten(rule: Figures, scenario: str) -> str:
    share, low, high = rule.delays[scenario].within(10)
    return f"{share:.0%} [{low:.0%}-{high:.0%}]"


def _days(rule: Figures, scenario: str, limit: float) -> str:
    told = rule.delays[scenario]
    ratio = f" ({told.mean / limit:.2f})" if limit else ""
    return f"{told.mean:.1f} ±{told.mean_half_width:.1f}{ratio}"


def _head(*cells: str) -> None:
    _row(*cells)
    print("|" + "---|" * len(cells))


def _row(*cells: str) -> None:
    print("| " + " | ".join(cells) + " |")
