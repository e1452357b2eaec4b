"""Chromium as a cheap tablet: a slow processor, a slow network, and what it notes of a page."""

import shutil
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page, Playwright, ViewportSize

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)
TABLET = ViewportSize(width=1024, height=768)
SLOWER = 4


@dataclass(frozen=True)
class Network:
    """A network as Chromium is told to play it: the delay is added to every request."""

    name: str
    delay_ms: float
    down_kbit: float
    up_kbit: float


SLOW_4G = Network("Slow 4G", 150, 1638.4, 750)
"""Lighthouse's Slow 4G: 150 ms there and back, 1.6 Mbit/s down, 750 kbit/s up."""
DEVTOOLS_SLOW_4G = Network("Slow 4G as DevTools plays it", 562.5, 1474.56, 675)
"""The same as Chrome's DevTools play it: each request waits 3.75 times, the rest is nine tenths.

That makes up for handshakes on connections that browsers open once and keep, here on every request.
"""

NOTES = """
(() => {
  const notes = (globalThis.notes = { lcp: 0, shift: 0, events: [] });
  const watch = (type, see) => new PerformanceObserver((list) => list.getEntries().forEach(see))
    .observe({ type, buffered: true, durationThreshold: 16 });
  watch("largest-contentful-paint", (entry) => (notes.lcp = entry.startTime));
  watch("layout-shift", (entry) => (notes.shift += entry.value)); // also those just after a touch
  watch("event", (entry) => notes.events.push([entry.name, entry.duration]));
  // After this frame was handed over for painting.
  globalThis.painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(0);
  }));
})();
"""


@dataclass
class Tablet:
    """An open page with what was asked for it."""

    page: Page
    wire: CDPSession
    asked: dict[str, str] = field(default_factory=dict)
    bytes: dict[str, float] = field(default_factory=dict)

    def play(self, network: Network | None) -> None:
        """Play a network from now on, None for the machine's own."""
        given = network or Network("", 0, 0, 0)
        self.wire.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": given.delay_ms,
                "downloadThroughput": given.down_kbit * 1024 / 8 or -1,
                "uploadThroughput": given.up_kbit * 1024 / 8 or -1,
            },
        )

    def transferred(self, kind: str = "") -> float:
        """Return the kB that came over the wire, headers included, for addresses that end so."""
        return sum(size for url, size in self.bytes.items() if url.endswith(kind)) / 1000

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(expression)


@contextmanager
def a_browser(
    playwright: Playwright, profile: Path, url: str, cookies: dict[str, str]
) -> Iterator[BrowserContext]:
    """Start Chromium on a profile, which keeps what it kept when it is started again."""
    context = playwright.chromium.launch_persistent_context(
        str(profile),
        executable_path=_program(),
        args=list(QUIET),
        viewport=TABLET,
        has_touch=True,
        locale="nl-NL",
    )
    context.add_cookies([{"name": n, "value": v, "url": url} for n, v in cookies.items()])
    try:
        yield context
    finally:
        context.close()


def a_tablet(context: BrowserContext, network: Network | None) -> Tablet:
    """Open an empty page on a processor four times slower."""
    page = context.new_page()
    page.add_init_script(NOTES)
    wire = context.new_cdp_session(page)
    tablet = Tablet(page, wire)
    wire.on(
        "Network.requestWillBeSent",
        lambda e: tablet.asked.update({e["requestId"]: e["request"]["url"]}),
    )
    wire.on("Network.loadingFinished", lambda e: _note_size(tablet, e))
    wire.send("Network.enable")
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    tablet.play(network)
    return tablet


def median_of(runs: int, measure: Callable[[], list[float]]) -> list[float]:
    """Measure several times and return the median of each figure."""
    return [
        statistics.median(column) for column in zip(*(measure() for _ in range(runs)), strict=True)
    ]


def _program() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    raise SystemExit("this needs Chromium, which is not installed")


def _note_size(tablet: Tablet, event: dict[str, Any]) -> None:
    url = tablet.asked.get(event["requestId"], "?")
    tablet.bytes[url] = tablet.bytes.get(url, 0) + event["encodedDataLength"]
