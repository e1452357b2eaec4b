"""What a child, a test's clock and a curious grown-up can do with the pupil's screen."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Request, expect

from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from tests.browser.conftest import UNDO_SECONDS, Served

LANDSCAPE = {"width": 1024, "height": 768}
PORTRAIT = {"width": 768, "height": 1024}
PHONE = {"width": 390, "height": 844}
SLIDE_THAT_YIELDS_NO_CLICK = 40
GUARD_MS = 450
ENDING_MS = 1200


def card(page: Page, feeling: Feeling):
    return page.locator(f'.card[data-feeling="{feeling.digit}"]')


def screen(page: Page, name: str):
    return page.locator(f'[data-screen="{name}"]')


def sent_taps(page: Page) -> list[dict[str, Any]]:
    """Collect every tap that leaves the tablet from now on."""
    taps: list[dict[str, Any]] = []

    def look(request: Request) -> None:
        if request.url.endswith("/tablet/taps"):
            taps.extend(json.loads(request.post_data)["taps"])

    page.on("request", look)
    return taps


def pass_time(page: Page, milliseconds: int) -> None:
    page.clock.fast_forward(milliseconds)


def wait_for_fresh_cards(page: Page) -> None:
    """Let the time to take it back, the ending and the guard against ghost taps go by."""
    expect(screen(page, "turned")).to_be_visible()
    pass_time(page, UNDO_SECONDS * 1000)
    expect(screen(page, "heard")).to_be_visible()
    pass_time(page, ENDING_MS)
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, GUARD_MS)


def wait_until(page: Page, happens: Callable[[], bool]) -> None:
    """Wait for what goes on behind the screen."""
    for _ in range(200):
        if happens():
            return
        page.wait_for_timeout(25)


def expect_taps(page: Page, served: Served, count: int, moment: Moment = Moment.CHECK_IN) -> None:
    wait_until(page, lambda: served.tapped(moment) >= count)
    assert served.tapped(moment) == count


def expect_nothing_kept(page: Page) -> None:
    wait_until(page, lambda: not kept_in_browser(page))
    assert kept_in_browser(page) == []


def touch(page: Page, *path: tuple[float, float]) -> None:
    """Put a finger down at the first point, slide it along, lift it at the last."""
    fingers = page.context.new_cdp_session(page)

    def dispatch(kind: str, *points: tuple[float, float]) -> None:
        where = [{"x": x, "y": y} for x, y in points]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": where})

    dispatch("touchStart", path[0])
    for point in path[1:]:
        dispatch("touchMove", point)
    dispatch("touchEnd")


def box(page: Page, feeling: Feeling) -> dict[str, float]:
    return card(page, feeling).bounding_box()


def middle(page: Page, feeling: Feeling) -> tuple[float, float]:
    its = box(page, feeling)
    return its["x"] + its["width"] / 2, its["y"] + its["height"] / 2


def kept_in_browser(page: Page, store: str = "taps") -> list[dict[str, Any]]:
    return page.evaluate(
        """(store) => new Promise((resolve) => {
          const request = indexedDB.open("checkin");
          request.onsuccess = () => {
            const all = request.result.transaction(store).objectStore(store).getAll();
            all.onsuccess = () => resolve(all.result.map((entry) =>
              ({ ...entry, iv: [...entry.iv], box: [...new Uint8Array(entry.box)] })));
          };
        })""",
        store,
    )
