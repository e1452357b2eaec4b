"""The picture that breathes: for who asked for rest, wordless, half a minute at most."""

import pytest
from playwright.sync_api import Page, expect

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    GUARD_MS,
    SCREENS,
    card,
    expect_nothing_kept,
    expect_taps,
    pass_time,
    screen,
    wait_for_breathing,
    wait_for_fresh_cards,
)
from tests.often import first

BREATHING_MS = 30_000


@pytest.fixture
def asking(served: Served) -> Served:
    served.change_classroom(coping="check-in")
    return served


def _ask_for(page: Page, wish: Coping | None) -> None:
    card(page, Feeling.TIRED).tap()
    expect(screen(page, "coping")).to_be_visible()
    pass_time(page, GUARD_MS)
    page.locator(f'[data-helps="{wish.digit if wish else 0}"]').tap()


def _breathe(page: Page) -> None:
    _ask_for(page, Coping.REST)
    wait_for_breathing(page)


def test_comes_after_the_ending_when_the_tap_has_left(
    asking: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    _breathe(page)
    expect_taps(page, asking, 1)
    expect_nothing_kept(page)


@pytest.mark.parametrize(
    "wish", first([*(way for way in Coping if way is not Coping.REST), None], often=2)
)
def test_comes_for_no_other_wish(
    asking: Served, open_tablet: OpenTablet, wish: Coping | None
) -> None:
    page = open_tablet()
    _ask_for(page, wish)
    wait_for_fresh_cards(page)


def test_ends_by_itself_after_half_a_minute(asking: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    _breathe(page)
    pass_time(page, BREATHING_MS - 3 * GUARD_MS)
    page.wait_for_timeout(50)
    expect(screen(page, "breathing")).to_be_visible()
    pass_time(page, 3 * GUARD_MS)
    expect(screen(page, "cards")).to_be_visible()


def test_ends_with_one_tap_anywhere_and_that_tap_chooses_nothing(
    asking: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    _breathe(page)
    page.touchscreen.tap(120, 300)  # where a card will lie
    expect(screen(page, "cards")).to_be_visible()
    page.touchscreen.tap(120, 300)
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, GUARD_MS)
    card(page, Feeling.CALM).tap()
    expect(screen(page, "coping")).to_be_visible()


def test_a_finished_breath_does_not_end_the_next_one(
    asking: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    _breathe(page)
    pass_time(page, BREATHING_MS // 2)
    screen(page, "breathing").tap()
    pass_time(page, GUARD_MS)
    _breathe(page)
    pass_time(page, BREATHING_MS // 2)
    page.wait_for_timeout(50)
    expect(screen(page, "breathing")).to_be_visible()


def test_has_no_words_and_fits_every_screen(asking: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    _breathe(page)
    assert screen(page, "breathing").locator(".word, text").count() == 0
    for size in SCREENS:
        page.set_viewport_size(size)
        its = screen(page, "breathing").bounding_box()
        low = 64 if size["height"] >= 600 else 0
        assert its["y"] + its["height"] <= size["height"] - low
        assert its["width"] >= 200 and its["height"] >= 200


def test_fades_instead_of_growing_where_less_motion_is_wanted(
    asking: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet(reduced_motion="reduce")
    _breathe(page)
    moved = """() => document.querySelector(".breath").getAnimations().flatMap(
      (one) => one.effect.getKeyframes().flatMap((frame) => Object.keys(frame)))"""
    assert "opacity" in page.evaluate(moved)
    assert "transform" not in page.evaluate(moved)


def test_breathes_three_times(asking: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    _breathe(page)
    timing = """() => document.querySelector(".breath").getAnimations()[0].effect.getTiming()"""
    its = page.evaluate(timing)
    assert its["duration"] * its["iterations"] == BREATHING_MS


def test_is_not_on_the_page_when_nobody_is_asked(open_tablet: OpenTablet) -> None:
    assert screen(open_tablet(), "breathing").count() == 0
