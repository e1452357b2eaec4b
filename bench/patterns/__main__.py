"""Measure the pattern rules beside their peers and the limit; prints one table.

python -m bench.patterns                under five minutes on two cores
python -m bench.patterns --quick        a quarter of the classes, about a minute
python -m bench.patterns --set-bars     the bars that spend the budget, on their own seed
"""

import argparse
import multiprocessing
import sys
import time


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.patterns")
    parser.add_argument("--quick", action="store_true", help="a quarter of the classes")
    parser.add_argument("--seed", type=int, default=505, help="of everything reported")
    parser.add_argument("--budget", type=float, default=1.0, help="false flags per half year")
    parser.add_argument("--set-bars", action="store_true", help="find the rules' bars anew")
    chosen = parser.parse_args()
    try:  # only here: --help needs nothing but the standard library
        from bench.patterns.measuring import measure, set_bars_anew
        from bench.patterns.report import print_report
    except ModuleNotFoundError as problem:
        sys.exit(f"bench.patterns: {problem.name} is missing; `pip install --group bench` helps.")

    started = time.monotonic()
    smaller = 4 if chosen.quick else 1
    with multiprocessing.get_context("fork").Pool(2) as pool:
        if chosen.set_bars:
            for name, bar in set_bars_anew(pool, chosen.budget, smaller).items():
                print(f"{name:16} {bar:.2f}")
            return
        print_report(measure(pool, chosen.seed, chosen.budget, smaller), chosen.seed)
    print(f"\n{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
