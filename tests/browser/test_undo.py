"""For a while a choice can be taken back; then nothing of it ever left the tablet."""

from playwright.sync_api import expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    GUARD_MS,
    card,
    expect_taps,
    pass_time,
    screen,
    sent_taps,
)


def test_undo_takes_it_back_and_nothing_ever_leaves(
    served: Served, open_tablet: OpenTablet
) -> None:
    served.change_classroom(undo_seconds=3)
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.SCARED).tap()
    pass_time(page, GUARD_MS)
    page.locator(".undo").tap()
    expect(screen(page, "turned")).to_be_hidden()
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, 5000)
    page.wait_for_timeout(200)
    assert taps == []
    assert served.tapped() == 0


def test_a_second_choice_gets_the_whole_time_again(served: Served, open_tablet: OpenTablet) -> None:
    served.change_classroom(undo_seconds=3)
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.SCARED).tap()
    pass_time(page, GUARD_MS)
    page.locator(".undo").tap()
    expect(screen(page, "turned")).to_be_hidden()
    pass_time(page, GUARD_MS)
    card(page, Feeling.CALM).tap()
    expect(screen(page, "turned")).to_be_visible()
    pass_time(page, 3000 - 2 * GUARD_MS)
    page.wait_for_timeout(50)
    expect(screen(page, "turned")).to_be_visible()
    pass_time(page, 2 * GUARD_MS)
    expect(screen(page, "heard")).to_be_visible()
    expect_taps(page, served, 1)
    assert [tap["feeling"] for tap in taps] == [Feeling.CALM.digit]
