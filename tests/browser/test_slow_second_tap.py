"""Small children tap twice, and slowly: the second tap lands where 'back' has come to lie."""

import pytest
from playwright.sync_api import Page, expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    GUARD_MS,
    LANDSCAPE,
    PORTRAIT,
    box,
    card,
    hold_time,
    screen,
    touch,
)


@pytest.mark.parametrize("viewport", [LANDSCAPE, PORTRAIT], ids=["landscape", "portrait"])
def test_a_slow_second_tap_on_the_same_place_takes_nothing_back(
    served: Served, open_tablet: OpenTablet, viewport: dict[str, int]
) -> None:
    served.change_classroom(undo_seconds=5)
    page = open_tablet(viewport=viewport)
    hold_time(page, 1000)
    below, (x, y) = where_the_way_back_lies_on_a_card(page)
    touch(page, (x, y))
    expect(screen(page, "turned")).to_be_visible()
    for gap in (450, 600, 800):
        page.clock.run_for(gap)
        touch(page, (x + 10, y - 10))
        expect(screen(page, "turned")).to_be_visible()
    page.clock.run_for(1100)
    touch(page, (x, y))
    expect(screen(page, "turned")).to_be_hidden()
    expect(card(page, below)).to_be_visible()


def where_the_way_back_lies_on_a_card(page: Page) -> tuple[Feeling, tuple[float, float]]:
    """Tap a card far from the way back, take it back, and return which card it lay on most."""
    card(page, Feeling.PASS).tap()
    expect(screen(page, "turned")).to_be_visible()
    back = page.locator(".undo").bounding_box()
    page.clock.run_for(GUARD_MS)
    page.locator(".undo").tap()
    expect(screen(page, "turned")).to_be_hidden()
    page.clock.run_for(GUARD_MS)
    parts = {one: overlap(box(page, one), back) for one in Feeling if one is not Feeling.PASS}
    most = max(parts, key=lambda one: parts[one][0])
    assert parts[most][0] > 0
    return most, parts[most][1]


def overlap(one: dict[str, float], other: dict[str, float]) -> tuple[float, tuple[float, float]]:
    """Return how large the part is that two boxes share, and its middle."""
    left, top = (max(one[side], other[side]) for side in ("x", "y"))
    right = min(one["x"] + one["width"], other["x"] + other["width"])
    bottom = min(one["y"] + one["height"], other["y"] + other["height"])
    size = max(0, right - left) * max(0, bottom - top)
    return size, ((left + right) / 2, (top + bottom) / 2)
