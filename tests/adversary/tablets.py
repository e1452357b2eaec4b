"""A tablet under attack: real, served, in a class that is asked what helps."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route, expect

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from tests.adversary.places import Variant, the_product
from tests.browser.conftest import Served, serving
from tests.browser.hands import ENDING_MS, GUARD_MS, card, hold_time, screen
from tests.school import small_school

UNDO_MS = 1000

Choice = tuple[Feeling, Coping | None]
"""A card, and what helps today."""

Change = tuple[str, str, str]
"""A broken tablet: in this module, this text is that one."""


def named(choice: Choice) -> str:
    """Say a choice in words."""
    feeling, helps = choice
    return f"{feeling.value} and {helps.value if helps else 'nothing'}"


@contextmanager
def a_served_class(
    folder: Path, variant: Variant = the_product, asks: bool = True
) -> Iterator[Served]:
    """Serve a school whose first class is asked what helps after check-in, or never."""
    with small_school(folder) as school, variant(school.app), serving(school.app) as url:
        served = Served(school, url)
        served.change_classroom(undo_seconds=UNDO_MS // 1000, coping="check-in" if asks else "off")
        yield served


def enrol(context: BrowserContext, served: Served) -> None:
    """Make this browser the classroom's tablet."""
    cookie = {"name": "checkin_tablet", "value": served.school.token, "url": served.url}
    context.add_cookies([cookie])


def break_it(page: Page, change: Change | None) -> None:
    """Let the page get a broken module instead of the product's own."""
    if change is None:
        return
    module, ours, broken = change

    def answer(route: Route) -> None:
        reply = route.fetch()
        text = reply.text()
        assert text.count(ours) == 1, f"{module}.js no longer says: {ours}"
        route.fulfill(response=reply, body=text.replace(ours, broken))

    page.route(f"**/js/tablet/{module}.js", answer)


def tap_through(page: Page, choice: Choice, look: Callable[[str], None] = lambda _: None) -> None:
    """Tap a card and what helps, look at every screen, and wait until the ending shows."""
    feeling, helps = choice
    _tap(page, card(page, feeling).bounding_box())
    if screen(page, "coping").count():
        expect(screen(page, "coping")).to_be_visible()
        look("coping")
        page.clock.run_for(GUARD_MS)
        wish = page.locator(f'[data-helps="{helps.digit if helps else 0}"]')
        _tap(page, wish.bounding_box())
    expect(screen(page, "turned")).to_be_visible()
    look("turned")
    page.clock.run_for(UNDO_MS)
    expect(screen(page, "heard")).to_be_visible()
    look("heard")


def _tap(page: Page, box: dict[str, float]) -> None:
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def let_it_end(page: Page) -> None:
    """Let the ending go by, and the breathing of who asked for it."""
    page.clock.run_for(ENDING_MS)
    if screen(page, "breathing").is_visible():
        page.clock.run_for(GUARD_MS)
        screen(page, "breathing").tap()
    expect(screen(page, "cards")).to_be_visible()
    page.clock.run_for(GUARD_MS)


def hold_animations(page: Page) -> None:
    """Let nothing move by itself: what does is moved from here, to the millisecond."""
    session = page.context.new_cdp_session(page)
    session.send("Animation.enable")
    session.send("Animation.setPlaybackRate", {"playbackRate": 0})


def stop_time(page: Page) -> None:
    """Hold the page's clock: from here on it goes only when it is told to."""
    hold_time(page, 1000)
