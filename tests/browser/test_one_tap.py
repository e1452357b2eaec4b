"""One tap: all cards turn, and after a while it is stored."""

from playwright.sync_api import expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    card,
    expect_nothing_kept,
    expect_taps,
    kept_in_browser,
    screen,
    sent_taps,
    wait_for_fresh_cards,
)
from tests.school import MONDAY


def test_a_tap_turns_all_cards_and_is_stored_after_a_while(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.ANGRY).tap()
    expect(screen(page, "turned")).to_be_visible()
    assert taps == []
    assert kept_in_browser(page) == []
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    assert [(t["round"], t["day"], t["feeling"], t["helps"]) for t in taps] == [
        ("check-in", MONDAY.isoformat(), Feeling.ANGRY.digit, 0)
    ]
    assert len(taps[0]["key"]) == 32
    expect_nothing_kept(page)


def test_twelve_children_one_after_the_other(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    for n in range(12):
        page.locator(".card").nth(n % 9).tap()
        wait_for_fresh_cards(page)
    expect_taps(page, served, 12)
