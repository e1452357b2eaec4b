"""Every measurement but the patterns' quality, short, in one table; each alone measures longer.

python -m bench [--only taps,tablet]
"""

import argparse
import os
import sys
from collections.abc import Callable

from bench import noticing, reading, sealing, starting, steady, tablet, taps, trend_page
from bench.table import Row, show

SHORT: dict[str, tuple[str, Callable[[], list[Row]]]] = {
    "starting": ("Starting", lambda: starting.measure(rounds=5)),
    "taps": ("30 tablets at once", lambda: taps.measure(tablets=30, seconds=4, rounds=3)),
    "steady": ("67 taps a second, half a minute", lambda: steady.measure(67, minutes=0.5)),
    "sealing": ("What is due at once", lambda: sealing.measure(rounds=3000)),
    "reading": ("Reading, 60 classes of 5 years", lambda: reading.measure(60, 5, requests=15)),
    "noticing": ("The pattern rules, 5 years", lambda: noticing.measure(50, 30, years=5)),
    "tablet": ("The pupil's screen, slow tablet, Slow 4G", lambda: tablet.measure(runs=3)),
    "trend_page": ("The trend page, slow device, Slow 4G", lambda: trend_page.measure(runs=3)),
}


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("--only", default=",".join(SHORT), help=", ".join(SHORT))
    names = options.parse_args().only.split(",")
    if unknown := set(names) - set(SHORT):
        options.error(f"there is no {', '.join(sorted(unknown))}; there is {', '.join(SHORT)}")
    print(f"load of this machine when it began: {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores")
    met = []
    for name in names:
        title, measure = SHORT[name]
        met.append(show(title, measure()))
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    main()
