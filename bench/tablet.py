"""The budget of the pupil's screen, in Chromium with a four times slower processor and Slow 4G.

python -m bench.tablet [--runs 5]

The class has eight cards and five home languages, Arabic and Tigrinya among them.
"""

import argparse
import tempfile
import time
from urllib.parse import urlsplit

from playwright.sync_api import Playwright, sync_playwright

from bench import offline, serving
from bench.browser import (
    DEVTOOLS_SLOW_4G,
    SLOW_4G,
    SLOWER,
    Network,
    a_tablet,
    median_of,
)
from bench.offline import CLASSROOM, enrolled_at
from bench.serving import Serving
from bench.table import Row, at_most, finish

SOUNDS = (".mp3", ".m4a", ".ogg", ".opus", ".webm", ".wav")
TAPS = 6
GUARD_S = 0.5
GZIP_BYTES = """(kind) => performance.getEntries()
  .filter((entry) => entry.encodedBodySize && entry.name.endsWith(kind))
  .reduce((sum, entry) => sum + entry.encodedBodySize, 0)"""
TIME_TAPS = """() => {
  notes.taps = [];
  addEventListener("pointerup", (event) => {
    const seen = new MutationObserver(async () => {
      seen.disconnect();
      notes.taps.push((await painted()) - event.timeStamp);
    });
    seen.observe(document.querySelector("main"), { subtree: true, attributeFilter: ["hidden"] });
  }, true);
}"""


def measure(runs: int) -> list[Row]:
    """Measure first load and taps on a served demo, then starting without a network."""
    with sync_playwright() as playwright:
        with serving.demo(CLASSROOM) as server:
            first = median_of(runs, lambda: _load(playwright, server, SLOW_4G))
            slower = median_of(runs, lambda: _load(playwright, server, DEVTOOLS_SLOW_4G))
            foreign = max(first.pop(), slower.pop())
            taps = median_of(runs, lambda: _tap(playwright, server))
            kept = offline.kept_kb(server)
        stopped = median_of(runs, lambda: offline.start(playwright, offline.stop))
        silent = median_of(runs, lambda: offline.start(playwright, offline.freeze))
    wire, body, script, script_wire, lcp, load_shift, requests = first
    paint, slowest, event, tap_shift = taps
    return [
        at_most("first load without sound, kB gzip", body, 60),
        Row(
            "  the same over the wire, with headers",
            wire,
            note=f"{requests:.0f} requests, HTTP/1.1",
        ),
        at_most("scripts, kB gzip", script, 15),
        Row("  the same over the wire, with headers", script_wire),
        Row("what the worker then keeps for offline, kB gzip", kept),
        at_most("largest paint, s", lcp, 1, "150 ms a request"),
        Row(
            "largest paint, s, on a network as DevTools play it",
            slower[4],
            note="562.5 ms a request",
        ),
        at_most("tap to paint, ms, median", paint, 100),
        at_most("tap to paint, ms, slowest", slowest, 100),
        Row("tap to paint, ms, slowest by Event Timing (in steps of 8)", event),
        at_most("layout shift: load, taps and the way back", max(load_shift, tap_shift), 0),
        at_most("offline start to cards, s, server stopped", stopped[0], 1),
        at_most("offline start to cards, s, network there but silent", silent[0], 1),
        at_most("requests to other hosts", foreign, 0),
    ]


def _load(playwright: Playwright, server: Serving, network: Network) -> list[float]:
    """Open the cards on a tablet that has never seen them."""
    with (
        tempfile.TemporaryDirectory() as profile,
        enrolled_at(playwright, profile, server) as context,
    ):
        foreign: list[str] = []
        own = urlsplit(server.url).netloc
        context.on("request", lambda r: foreign.append(r.url) if _is_foreign(r.url, own) else None)
        tablet = a_tablet(context, network)
        # The worker fetches what it keeps in its own time: it is no part of the first load.
        tablet.page.add_init_script("delete Navigator.prototype.serviceWorker")
        tablet.page.goto(f"{server.url}/tablet", wait_until="networkidle")
        bodies = tablet.evaluate(f"({GZIP_BYTES})('')")
        scripts = tablet.evaluate(f"({GZIP_BYTES})('.js')")
        sound = sum(tablet.transferred(kind) for kind in SOUNDS)
        return [
            tablet.transferred() - sound,
            bodies / 1000 - sound,
            scripts / 1000,
            tablet.transferred(".js"),
            tablet.evaluate("notes.lcp") / 1000,
            tablet.evaluate("notes.shift"),
            len(tablet.bytes),
            len(foreign),
        ]


def _tap(playwright: Playwright, server: Serving) -> list[float]:
    """Tap a card and take it back, several times; then let one go its way."""
    with (
        tempfile.TemporaryDirectory() as profile,
        enrolled_at(playwright, profile, server) as context,
    ):
        tablet = a_tablet(context, SLOW_4G)
        page = tablet.page
        page.goto(f"{server.url}/tablet", wait_until="networkidle")
        page.evaluate(TIME_TAPS)
        for number in range(TAPS):
            time.sleep(GUARD_S)
            page.locator("button.card").nth(number).tap()
            page.locator("button.undo").wait_for(state="visible")
            time.sleep(GUARD_S)
            page.locator("button.undo").tap()
            page.locator("button.card").first.wait_for(state="visible")
        time.sleep(GUARD_S)
        with page.expect_response("**/tablet/taps"):
            page.locator("button.card").first.tap()
        page.locator('[data-screen="cards"]:not(.is-turned)').wait_for(state="visible")
        delays = sorted(tablet.evaluate("notes.taps"))
        events = tablet.evaluate(
            "notes.events.filter(([name]) => name === 'pointerup').map((e) => e[1])"
        )
        return [
            delays[len(delays) // 2],
            delays[-1],
            max(events, default=0),
            tablet.evaluate("notes.shift"),
        ]


def _is_foreign(url: str, own: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != own


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    asked = options.parse_args()
    title = (
        f"The pupil's screen: {SLOWER} times slower processor, {SLOW_4G.name}"
        f" ({SLOW_4G.down_kbit / 1024:g} Mbit/s down, {SLOW_4G.up_kbit:g} kbit/s up,"
        f" {SLOW_4G.delay_ms:g} ms), 1024x768, median of {asked.runs}"
    )
    finish(title, measure(asked.runs))
