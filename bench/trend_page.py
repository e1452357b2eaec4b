"""The trend page in Chromium: when its lights and shares are there, and when the chart is.

python -m bench.trend_page [--runs 5]

Four times slower processor, Slow 4G as in bench.tablet, nothing kept from an earlier visit.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

from bench import serving
from bench.browser import (
    DEVTOOLS_SLOW_4G,
    SLOW_4G,
    Network,
    a_browser,
    a_tablet,
    median_of,
)
from bench.serving import Serving
from bench.starting import sign_in
from bench.table import Row, at_most, finish

PAGE = "/classrooms/3/trend"
THERE = """
(() => {
  const note = (name, selector) => new Promise((resolve) => {
    const look = async () => document.querySelector(selector)
      ? resolve((notes[name] = await painted())) : requestAnimationFrame(look);
    look();
  });
  // The last row of the last table: all lights and shares come before it.
  notes.isComplete = note("complete", ".shares tbody tr:last-child td:last-child");
  notes.isDrawn = note("chart", ".main-svg .trace, .main-svg .bars");
})();
"""


def measure(runs: int) -> list[Row]:
    """Open the trend page of a class with twelve weeks behind it."""
    with sync_playwright() as playwright, serving.demo(history=True) as server:
        cookie = sign_in(server).removeprefix("checkin_session=")
        kb, complete, chart = median_of(runs, lambda: _open(playwright, server, cookie, SLOW_4G))
        slower = median_of(runs, lambda: _open(playwright, server, cookie, DEVTOOLS_SLOW_4G))
        quick = median_of(runs, lambda: _open(playwright, server, cookie, None))
    return [
        Row("until complete, kB over the wire", kb),
        Row("lights and shares complete, s, network of this machine", quick[1]),
        at_most("lights and shares complete, s, Slow 4G", complete, 0.8, "150 ms a request"),
        Row(
            "lights and shares complete, s, as DevTools play it",
            slower[1],
            note="562.5 ms a request",
        ),
        Row("the chart as well, s, Slow 4G", chart),
    ]


def _open(
    playwright: Playwright, server: Serving, cookie: str, network: Network | None
) -> list[float]:
    cookies = {"checkin_session": cookie}
    with (
        tempfile.TemporaryDirectory() as profile,
        a_browser(playwright, Path(profile), server.url, cookies) as context,
    ):
        tablet = a_tablet(context, network)
        tablet.page.add_init_script(THERE)
        tablet.page.goto(server.url + PAGE, wait_until="commit")
        tablet.evaluate("() => notes.isComplete")
        kb = tablet.transferred()
        tablet.evaluate("() => notes.isDrawn")
        return [kb, *(tablet.evaluate(f"notes.{name}") / 1000 for name in ("complete", "chart"))]


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    asked = options.parse_args()
    title = f"The trend page, four times slower processor, median of {asked.runs}"
    finish(title, measure(asked.runs))
