"""A tablet with a disk: it can be shut and started again, and time passes for it meanwhile."""

import secrets
from itertools import cycle
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page, expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import QUIET, TABLET
from tests.browser.hands import card, screen, wait_for_fresh_cards, wait_until

IS_READY = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const cards = await caches.match("/tablet", { ignoreVary: true });
  return Boolean(registration?.active && cards);
}"""
PASS_TIME = """async (minutes) => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const path of ["/", "/tablet"]) {
      const page = await cache.match(path, { ignoreVary: true });
      if (!page) continue;
      const headers = new Headers(page.headers);
      headers.set("x-kept-at", Number(headers.get("x-kept-at")) - minutes * 60_000);
      await cache.put(path, new Response(await page.text(), { headers }));
    }
  }
}"""
FEELINGS = cycle(Feeling)


class LastingTablet:
    """The classroom's tablet, whose browser keeps its files in a folder."""

    def __init__(
        self, browser: BrowserType, program: str | None, folder: Path, url: str, token: str
    ) -> None:
        self.browser, self.program, self.folder, self.url = browser, program, folder, url
        self.context: BrowserContext | None = None
        self.page: Page | None = None
        self.start(enrolled_by=token)

    def start(self, enrolled_by: str = "") -> None:
        """Start the browser and open the cards."""
        self.context = self.browser.launch_persistent_context(
            self.folder,
            executable_path=self.program,
            args=list(QUIET),
            viewport=TABLET,
            has_touch=True,
            locale="nl-NL",
        )
        if enrolled_by:
            cookie = {"name": "checkin_tablet", "value": enrolled_by, "url": self.url}
            self.context.add_cookies([cookie])
        self.page = self.context.new_page()
        self.page.clock.install()
        self.page.goto(f"{self.url}/tablet")

    def wait_until_it_needs_no_network(self) -> None:
        wait_until(self.page, lambda: self.page.evaluate(IS_READY))
        assert self.page.evaluate(IS_READY)

    def shut(self) -> None:
        self.context.close()

    def restart(self, minutes_later: int = 0) -> None:
        """Shut it, let time pass, and start it again."""
        self.page.evaluate(PASS_TIME, minutes_later)
        self.shut()
        self.start()
        expect(screen(self.page, "cards")).to_be_visible()

    def tap(self, times: int, moment: str) -> None:
        """Let so many children tap, one after the other."""
        assert self.page.locator("body").get_attribute("data-round") == moment
        for _ in range(times):
            card(self.page, next(FEELINGS)).tap()
            wait_for_fresh_cards(self.page)

    def expect_waiting(self, count: int) -> None:
        if count:
            expect(self.page.locator("[data-waiting] [data-count]")).to_have_text(f"{count}")
        else:
            expect(self.page.locator("[data-waiting]")).to_be_hidden(timeout=30_000)

    def find_network(self) -> None:
        """Let the network be there again, as the tablet notices it."""
        self.context.set_offline(False)
        self.page.evaluate("dispatchEvent(new Event('online'))")


def a_profile(folder: Path) -> Path:
    """Return a folder for a browser's files."""
    return folder / f"profile-{secrets.token_hex(4)}"
