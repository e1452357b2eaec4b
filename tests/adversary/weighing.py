"""All that can be weighed, timed, seen and heard of a choice from outside the tablet."""

from base64 import b64encode
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, expect

from tests.adversary.places import Variant, the_product
from tests.adversary.tablets import (
    Change,
    Choice,
    a_served_class,
    break_it,
    enrol,
    hold_animations,
    let_it_end,
    stop_time,
    tap_through,
)
from tests.browser.conftest import TABLET, Served
from tests.browser.hands import ENDING_MS, wait_until

MOMENTS = (0, 240)
"""Milliseconds into the animations of a screen at which it is looked at."""
STEP_MS = 50

ALL_DECODED = """() => Promise.all([
  document.fonts.ready, ...[...document.images].map((one) => one.decode())])"""
MOVE_TO = """(at) => {
  const moving = document.getAnimations();
  for (const one of moving) one.currentTime = at;
  return moving.length;
}"""
MOVE_TO_THE_END = "() => document.getAnimations().forEach((one) => one.finish())"
LISTEN = """() => {
  globalThis.heard = [];
  const note = (where, name) => {
    const real = where[name];
    where[name] = function (...all) { heard.push(name); return real?.apply(this, all); };
  };
  note(HTMLMediaElement.prototype, "play");
  note(speechSynthesis, "speak");
  note(Navigator.prototype, "vibrate");
  if (globalThis.AudioScheduledSourceNode) note(AudioScheduledSourceNode.prototype, "start");
}"""
SHOWN = """() => [...document.querySelectorAll("[data-screen]:not([hidden])")]
  .map((one) => one.dataset.screen).join(" and ")"""

MOST_UNLIKE = """async (both) => {
  const [one, other] = await Promise.all(both.map(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height).data;
  }));
  return one.reduce((most, its, at) => Math.max(most, Math.abs(its - other[at])), 0);
}"""
PATIENCE = 15
UNLIKE = 16
"""Of 255: Chromium does not draw the edge of the same line twice alike, but within 10."""

Seen = dict[str, set[object]]
Pictures = dict[str, bytes]
"""The first that was made of each screen at each moment: all others are compared to it."""


def what_gives_a_card_away(
    folder: Path,
    chromium: Browser,
    choices: Sequence[Choice],
    change: Change | None = None,
    variant: Variant = the_product,
    asks: bool = True,
) -> list[str]:
    """Make each choice on a fresh tablet and return the names of what was not the same for all."""
    seen: Seen = defaultdict(set)
    pictures: Pictures = {}
    with a_served_class(folder, variant, asks) as served, counting(served) as counted:
        # The first is made twice: what a cold browser paints late would be what all are held to.
        for n, choice in enumerate((choices[0], *choices), start=1):
            # Without the worker, whose own fetches would come in between at any time.
            context = chromium.new_context(viewport=TABLET, has_touch=True, service_workers="block")
            enrol(context, served)
            page = context.new_page()
            break_it(page, change)
            page.clock.install()
            page.goto(f"{served.url}/tablet", wait_until="networkidle")
            expect(page.locator(".listen")).to_be_enabled()  # sound is loaded last of all
            page.evaluate(ALL_DECODED)
            stop_time(page)
            hold_animations(page)
            counted.clear()
            _choose_and_measure(page, choice, seen, pictures, lambda n=n: served.tapped() >= n)
            if n == 1:
                seen.clear()
                pictures.clear()
            seen["what the server counted"].add(tuple(counted))
            context.close()
    return sorted(name for name, values in seen.items() if len(values) > 1)


def _choose_and_measure(
    page: Page, choice: Choice, seen: Seen, pictures: Pictures, is_stored: Callable[[], bool]
) -> None:
    asked: list[Request] = []
    page.on("request", lambda one: asked.append(one))
    page.evaluate(LISTEN)
    tap_through(page, choice, lambda name: _look(page, name, seen, pictures))
    seen["when the ending ends"].add(_time_until_the_next_screen(page))
    wait_until(page, is_stored)
    page.wait_for_timeout(50)
    let_it_end(page)
    seen["the requests"].add(tuple(_weigh(one) for one in asked))
    seen["the sounds"].add(tuple(page.evaluate("heard")))
    seen["where the focus is"].add(page.evaluate("document.activeElement.localName"))


def _look(page: Page, name: str, seen: Seen, pictures: Pictures) -> None:
    """Look at a screen at fixed moments of whatever moves on it."""
    seen[f"what shows at {name}"].add(page.evaluate(SHOWN))
    for moment in MOMENTS:
        seen[f"how many things move at {name}"].add(page.evaluate(MOVE_TO, moment))
        what = f"the pixels at {name}, {moment} ms"
        seen[what].add(_is_like(page, pictures.setdefault(what, its := _painted(page)), its))
    page.evaluate(MOVE_TO_THE_END)


DECODED = "() => Promise.all([...document.images].map((one) => one.decode().catch(() => {})))"
"""A picture that is still being read would make the first screen unlike all that follow."""


def _painted(page: Page) -> bytes:
    """Make a picture when the browser has painted all: when two in a row are the same."""
    page.evaluate(DECODED)
    last = page.screenshot()
    for _ in range(5):
        page.wait_for_timeout(30)
        last, before = page.screenshot(), last
        if last == before:
            break
    return last


def _is_like(page: Page, first: bytes, picture: bytes) -> bool:
    """Compare with the first; time is held, so what is late is only the browser's own painting."""
    for _ in range(PATIENCE):
        if picture == first or _most_unlike(page, first, picture) <= UNLIKE:
            return True
        page.wait_for_timeout(200)
        picture = page.screenshot()
    return False


def _most_unlike(page: Page, *pictures: bytes) -> int:
    return page.evaluate(MOST_UNLIKE, [b64encode(one).decode() for one in pictures])


def _time_until_the_next_screen(page: Page) -> int:
    before = page.evaluate(SHOWN)
    for passed in range(0, 2 * ENDING_MS, STEP_MS):
        if page.evaluate(SHOWN) != before:
            return passed
        page.clock.run_for(STEP_MS)
    return -1


def _weigh(request: Request) -> tuple[str, str, tuple[tuple[str, int], ...]]:
    sizes = tuple(sorted(request.sizes().items()))
    return request.method, request.url.partition("?")[0], sizes


@contextmanager
def counting(served: Served) -> Iterator[list[tuple[Any, ...]]]:
    """Count on the server: what was asked, how long it was, how long the reply was."""
    counted: list[tuple[Any, ...]] = []
    real = served.school.app.wsgi_app

    def count(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        heads: list[int] = []

        def start(status: str, headers: list[tuple[str, str]], *more: object) -> Any:
            heads.append(len(status) + sum(len(name) + len(value) for name, value in headers))
            return start_response(status, headers, *more)

        reply = real(environ, start)
        body = b"".join(reply)
        getattr(reply, "close", lambda: None)()
        head = sum(len(str(value)) for name, value in environ.items() if name.startswith("HTTP_"))
        asked = (environ["REQUEST_METHOD"], environ["PATH_INFO"], environ["QUERY_STRING"])
        counted.append((*asked, head, environ.get("CONTENT_LENGTH"), heads, len(body)))
        counted[-1] = tuple(map(str, counted[-1]))
        return [body]

    served.school.app.wsgi_app = count  # type: ignore[method-assign]
    yield counted
    served.school.app.wsgi_app = real  # type: ignore[method-assign]
