"""What a child, a test's clock and a curious grown-up can do with the pupil's screen."""

import json
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Request, expect

from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from tests.browser.conftest import UNDO_SECONDS, Served
from tests.school import PASSWORD

LANDSCAPE = {"width": 1024, "height": 768}
PORTRAIT = {"width": 768, "height": 1024}
PHONE = {"width": 390, "height": 844}
PHONE_LYING = {"width": 844, "height": 390}
SMALL_PHONE = {"width": 320, "height": 568}
ZOOMED = {"width": 512, "height": 384}
"""A tablet of 1024 x 768 at 200 %."""
LAPTOP = {"width": 1280, "height": 800}
SCREENS = (LANDSCAPE, PORTRAIT, PHONE, PHONE_LYING, SMALL_PHONE, ZOOMED, LAPTOP)
SLIDE_THAT_YIELDS_NO_CLICK = 40
GUARD_MS = 450
PATIENCE_S = 30
ENDING_MS = 1200


def card(page: Page, feeling: Feeling):
    return page.locator(f'.card[data-feeling="{feeling.digit}"]')


def screen(page: Page, name: str):
    return page.locator(f'[data-screen="{name}"]')


def choose_language(page: Page, code: str) -> None:
    """Pick a home language, from the strip or from all that one button lays out."""
    button = page.locator(f'[data-language="{code}"]')
    if not button.is_visible():
        page.locator(".picker").tap()
        pass_time(page, GUARD_MS)
    button.tap()
    pass_time(page, GUARD_MS)


def sign_in(page: Page, url: str, name: str = "tess") -> None:
    """Sign a member of staff in, and wait until that is done."""
    page.goto(f"{url}/sign-in")
    page.locator("#email").fill(f"{name}@school.example")
    page.locator("#password").fill(PASSWORD)
    page.locator("form[action='/sign-in'] button").click()
    page.wait_for_url("**/home")


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


def hold_time(page: Page, milliseconds: int) -> None:
    """Let time go by and then stand still: what comes next lasts until a test lets go of it."""
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + milliseconds / 1000)


def wait_for_fresh_cards(page: Page) -> None:
    """Let the time to take it back, the ending and the guard against ghost taps go by."""
    _wait_for(page, "cards")


def wait_for_breathing(page: Page) -> None:
    """Let everything go by that comes before the picture that breathes."""
    _wait_for(page, "breathing")


def _wait_for(page: Page, name: str) -> None:
    expect(screen(page, "turned")).to_be_visible()
    hold_time(page, UNDO_SECONDS * 1000)
    expect(screen(page, "heard")).to_be_visible()
    pass_time(page, ENDING_MS)
    expect(screen(page, name)).to_be_visible()
    pass_time(page, GUARD_MS)
    page.clock.resume()


def all_that_shows(page: Page) -> str:
    """Return the page as it is, whatever order attributes were set in."""
    return page.evaluate(
        """() => {
          const all = document.body.cloneNode(true);
          all.querySelector("[data-waiting]").remove(); // that is up to the network
          for (const its of all.querySelectorAll("*")) {
            const sorted = [...its.attributes].sort((a, b) => (a.name < b.name ? -1 : 1));
            for (const { name } of sorted) its.removeAttribute(name);
            for (const { name, value } of sorted) its.setAttribute(name, value);
          }
          return all.innerHTML;
        }"""
    )


def wait_until(page: Page, happens: Callable[[], bool]) -> None:
    """Wait for what goes on behind the screen, as long as a busy machine may take."""
    patience = time.monotonic() + PATIENCE_S
    while not happens() and time.monotonic() < patience:
        page.wait_for_timeout(25)


def pass_time_until(page: Page, happens: Callable[[], bool], step_ms: int = 1500) -> None:
    """Let time go by in steps: a page that starts late sets its timers late, too."""

    def has_happened() -> bool:
        pass_time(page, step_ms)
        return happens()

    wait_until(page, has_happened)


def hear_out(page: Page) -> None:
    """Let the test know of every request that the server knows of."""
    if not page.is_closed():
        page.evaluate("0")


def expect_taps(page: Page, served: Served, count: int, moment: Moment = Moment.CHECK_IN) -> None:
    wait_until(page, lambda: served.tapped(moment) >= count)
    hear_out(page)
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


class Fingers:
    """Several fingers on one screen, each put down and lifted on its own."""

    def __init__(self, page: Page) -> None:
        self._session = page.context.new_cdp_session(page)
        self._down: list[dict[str, float]] = []
        self._next = 0

    def down(self, point: tuple[float, float]) -> None:
        self._down.append({"x": point[0], "y": point[1], "id": self._next})
        self._next += 1
        self._dispatch("touchStart", *self._down)

    def move(self, *points: tuple[float, float]) -> None:
        """Move every finger that is down to its new point."""
        for finger, (x, y) in zip(self._down, points, strict=True):
            finger.update(x=x, y=y)
        self._dispatch("touchMove", *self._down)

    def up(self, first: int = 0) -> None:
        """Lift one finger, counted among those that are down."""
        lifted = self._down.pop(first)
        self._dispatch("touchEnd", lifted)

    def _dispatch(self, kind: str, *points: dict[str, float]) -> None:
        said = {"type": kind, "touchPoints": list(points)}
        self._session.send("Input.dispatchTouchEvent", said)


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
