"""A board's taps, 67 a second, for minutes on end: does anything fail, does the delay stay short?

python -m bench.steady [--rate 67] [--minutes 1]
"""

import argparse

from bench import serving
from bench.table import Row, at_most, finish
from bench.tablets import tap_steadily
from bench.taps import taps_on_disk


def measure(rate: float, minutes: float) -> list[Row]:
    """Let taps come at a rate whatever the server does; each counts from when it was due."""
    with serving.demo() as server:
        before = serving.memory_of(server.process.pid)
        taps = tap_steadily(server, rate, minutes * 60)
        after = serving.memory_of(server.process.pid)
        missing = len(taps.delays) - len(taps.trouble) - taps_on_disk(server)
    for answer in taps.trouble[:3]:
        print(answer.decode(errors="replace"))
    return [
        at_most(f"failed of {len(taps.delays):,} taps", len(taps.trouble), 0),
        at_most("answered 'stored', but not on disk once", abs(missing), 0),
        Row("p50 ms", taps.percentile(0.5)),
        at_most("p99 ms", taps.percentile(0.99), 50),
        Row("slowest, ms", taps.percentile(1)),
        Row("memory of the server, MiB, beside that at the start", after, before),
    ]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rate", type=float, default=67)
    options.add_argument("--minutes", type=float, default=1)
    asked = options.parse_args()
    title = f"{asked.rate:g} taps a second for {asked.minutes:g} min, whatever the server does"
    finish(title, measure(asked.rate, asked.minutes))
