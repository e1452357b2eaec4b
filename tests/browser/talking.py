"""A pupil who wants to talk, and what leaves the tablet because of it."""

import json
from typing import Any

from playwright.sync_api import Page, Request, expect

from checkin.services import talking
from tests.browser.conftest import UNDO_SECONDS, Served
from tests.browser.hands import (
    ENDING_MS,
    GUARD_MS,
    hear_out,
    hold_time,
    pass_time,
    pass_time_until,
    screen,
)
from tests.school import SmallSchool
from tests.talks import people_of

LATEST_MS = 61_000


def need(page: Page, name: str = "talk-request"):
    return page.locator(f'[data-need="{name}"]')


def symbol(page: Page, name: str):
    return page.locator(f'[data-choose="talk-symbol"][data-value="{name}"]')


def wait_for_needs(page: Page, name: str = "talk-request") -> None:
    """Wait until the screens of a talk request are there: they come last of all."""
    pass_time_until(page, lambda: page.locator(f'[data-need="{name}"]:enabled').count() > 0)


def choose_symbol(page: Page, name: str) -> None:
    """Tap the need, the first adult and a symbol: three taps, no word."""
    need(page).tap()
    expect(screen(page, "talk-adults")).to_be_visible()
    pass_time(page, GUARD_MS)
    page.locator('[data-choose="talk-adult"]').first.tap()
    expect(screen(page, "talk-symbols")).to_be_visible()
    pass_time(page, GUARD_MS)
    symbol(page, name).tap()
    expect(screen(page, "turned")).to_be_visible()


def let_it_go(page: Page, then: str = "cards") -> None:
    """Let the time to take it back and the ending go by."""
    hold_time(page, UNDO_SECONDS * 1000)
    expect(screen(page, "talk-sent")).to_be_visible()
    pass_time(page, ENDING_MS)
    expect(screen(page, then)).to_be_visible()
    pass_time(page, GUARD_MS)
    page.clock.resume()


def look(page: Page, name: str, answer: str) -> None:
    """Look whether a wish was seen, and expect one picture for it."""
    need(page).tap()
    pass_time(page, GUARD_MS)
    page.locator('[data-choose="talk-look"]').tap()
    pass_time(page, GUARD_MS)
    symbol(page, name).tap()
    expect(screen(page, "talk-answer")).to_be_visible()
    shown = page.locator("[data-answer]:visible").evaluate_all(
        "all => all.map((e) => e.dataset.answer)"
    )
    assert shown == [answer]
    pass_time(page, GUARD_MS)
    screen(page, "talk-answer").tap()
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, GUARD_MS)


def sent_wishes(page: Page) -> list[dict[str, Any]]:
    """Collect every wish that leaves the tablet from now on."""
    wishes: list[dict[str, Any]] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/tablet/talks"):
            wishes.append(json.loads(request.post_data))

    page.on("request", note)
    return wishes


def stored(school: SmallSchool, name: str = "tess") -> list[str]:
    """Return the symbols of the wishes that reached somebody."""
    seen = talking.talks_for(people_of(school)[name], school.clock.now)
    return [one.request.symbol for one in seen]


def expect_stored(page: Page, served: Served, symbols: list[str]) -> None:
    """Let the longest delay go by, and wait for the wishes behind the screen."""
    for _ in range(len(symbols) + 1):
        pass_time(page, LATEST_MS)
        for _ in range(80):
            if sorted(stored(served.school)) == sorted(symbols):
                hear_out(page)
                return
            page.wait_for_timeout(25)
    assert sorted(stored(served.school)) == sorted(symbols)
