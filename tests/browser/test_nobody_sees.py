"""Whatever was tapped, the screen afterwards is the same."""

from playwright.sync_api import Page, expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import UNDO_SECONDS, OpenTablet
from tests.browser.hands import (
    ENDING_MS,
    GUARD_MS,
    all_that_shows,
    box,
    card,
    kept_in_browser,
    pass_time,
    screen,
    wait_for_fresh_cards,
)


def test_the_screen_is_the_same_whatever_was_tapped(open_tablet: OpenTablet) -> None:
    page = open_tablet(reduced_motion="reduce")
    expect(page.locator("[data-waiting] [data-count]")).to_have_text("0")
    expect(page.locator(".listen")).to_be_enabled()  # sound is loaded last of all
    before = _all_that_shows(page)
    length = page.evaluate("history.length")
    seen = set()
    for feeling in (Feeling.HAPPY, Feeling.SAD, Feeling.CALM, Feeling.PASS):
        its = box(page, feeling)
        # At its foot: of the calm card that is where 'back' appears under the finger.
        page.touchscreen.tap(its["x"] + its["width"] / 2, its["y"] + its["height"] - 10)
        expect(screen(page, "turned")).to_be_visible()
        turned = _all_that_shows(page)
        pass_time(page, UNDO_SECONDS * 1000)
        expect(screen(page, "heard")).to_be_visible()
        ending = _all_that_shows(page)
        pass_time(page, ENDING_MS)
        expect(screen(page, "cards")).to_be_visible()
        seen.add((turned, ending))
        assert _all_that_shows(page)[1:] == before[1:]
        pass_time(page, GUARD_MS)
    assert len(seen) == 1
    assert page.evaluate("history.length") == length


def _all_that_shows(page: Page) -> tuple[str, ...]:
    focused = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
    return focused, all_that_shows(page), page.url, page.title()


def test_the_focus_is_not_on_the_card_that_was_tapped(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    card(page, Feeling.SAD).tap()
    wait_for_fresh_cards(page)
    assert page.locator(".card:focus, .card:focus-within, .is-pressed").count() == 0


def test_a_waiting_tap_is_locked_away(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.context.set_offline(True)
    for feeling in (Feeling.HAPPY, Feeling.SAD):
        card(page, feeling).tap()
        wait_for_fresh_cards(page)
    entries = kept_in_browser(page)
    assert [set(entry) for entry in entries] == [{"key", "tablet", "iv", "box"}] * 2
    assert len({len(entry["box"]) for entry in entries}) == 1
    assert b"feeling" not in bytes(entries[0]["box"])
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
