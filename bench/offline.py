"""Opening the cards with the server gone: from what the service worker kept on the tablet."""

import gzip
import json
import os
import re
import signal
import tempfile
import urllib.request
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Playwright

from bench import serving
from bench.browser import a_browser, a_tablet
from bench.serving import Serving

Away = Callable[[Serving], Callable[[], None]]
CLASSROOM = 3
CARDS_THERE = """async () => {
  const found = () => document.querySelector('[data-screen="cards"]'); // not parsed yet, at first
  while (found()?.hidden ?? true) await new Promise(requestAnimationFrame);
  const cards = found();
  await Promise.all([...cards.querySelectorAll("img")].map((picture) => picture.decode()));
  return await painted();
}"""


def start(playwright: Playwright, take_away: Away) -> list[float]:
    """Open the cards, start the browser anew with the server gone, and wait for the cards."""
    with tempfile.TemporaryDirectory() as profile, serving.demo(CLASSROOM) as server:
        with enrolled_at(playwright, profile, server) as context:
            page = context.new_page()
            page.goto(f"{server.url}/tablet")
            _wait_until_kept(page)
        bring_back = take_away(server)
        try:
            with enrolled_at(playwright, profile, server) as context:
                tablet = a_tablet(context, None)
                tablet.page.goto(f"{server.url}/tablet", wait_until="commit")
                return [tablet.page.evaluate(CARDS_THERE) / 1000]
        finally:
            bring_back()


def stop(server: Serving) -> Callable[[], None]:
    """Let nobody answer: the network is there and the server is not."""
    server.process.terminate()
    server.process.wait()
    return lambda: None


def freeze(server: Serving) -> Callable[[], None]:
    """Let the server take connections and say nothing, as a network without internet does."""
    os.kill(server.process.pid, signal.SIGSTOP)
    return lambda: os.kill(server.process.pid, signal.SIGCONT)


def _wait_until_kept(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready")
    there = "caches.match('/tablet', { ignoreVary: true }).then(Boolean)"
    page.wait_for_function(f"() => {there}")


def kept_kb(server: Serving) -> float:
    """Add up the files the worker keeps, as they come over the wire."""
    told = gzip.decompress(_get(f"{server.url}/sw.js")).decode()
    found = re.match(r"const told = (.*);", told)
    assert found, "sw.js does not begin with what it is told"
    files = json.loads(found[1])["files"]
    return sum(len(_get(server.url + file)) for file in files) / 1000


def _get(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return bytes(answer.read())


def enrolled_at(
    playwright: Playwright, profile: str, server: Serving
) -> AbstractContextManager[BrowserContext]:
    """Start Chromium as the tablet of that classroom."""
    cookies = {"checkin_tablet": server.token}
    return a_browser(playwright, Path(profile), server.url, cookies)
