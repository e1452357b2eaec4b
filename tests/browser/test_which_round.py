"""Which round a tap belongs to, and what lies on the table when."""

import pytest
from playwright.sync_api import expect

from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    GUARD_MS,
    card,
    expect_taps,
    pass_time,
    screen,
    sent_taps,
    wait_for_fresh_cards,
    wait_until,
)
from tests.school import at, next_day

YEAR_MS = 365 * 86_400_000
LONGEST_PAUSE_MS, POLL_MS, TICK_MS = 60_000, 30_000, 1000


def test_the_tablets_own_clock_does_not_matter(served: Served, open_tablet: OpenTablet) -> None:
    served.clock.now = at(14, 10)
    page = open_tablet()
    expect(screen(page, "cards")).to_be_visible()
    assert page.locator("body").get_attribute("data-round") == "check-out"
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1, Moment.CHECK_OUT)


@pytest.mark.parametrize("years", [-2, 2])
def test_nor_does_one_that_is_two_years_off_and_then_set_right(
    years: int, served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    right = page.evaluate("Date.now()")
    page.clock.set_system_time(right + years * YEAR_MS)
    page.reload()
    expect(screen(page, "cards")).to_be_visible()
    page.route("**/tablet/taps", lambda route: route.fulfill(status=503, json={"error": "full"}))
    card(page, Feeling.SAD).tap()
    wait_for_fresh_cards(page)
    wait_until(page, lambda: page.locator("[data-waiting]").is_visible())
    page.clock.set_system_time(right)
    page.unroute("**/tablet/taps")
    with page.expect_response("**/tablet/today"):
        pass_time(page, POLL_MS)  # it asks the server for the time
    pass_time(page, 2 * TICK_MS)  # until then no round may have seemed to be open
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, GUARD_MS)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    pass_time(page, LONGEST_PAUSE_MS)
    expect_taps(page, served, 2)
    assert page.locator("body").get_attribute("data-round") == "check-in"


def test_between_the_rounds_the_school_sleeps(served: Served, open_tablet: OpenTablet) -> None:
    served.clock.now = at(11)
    page = open_tablet()
    expect(screen(page, "asleep")).to_be_visible()
    expect(screen(page, "cards")).to_be_hidden()
    assert page.locator(".card:visible, .round:visible").count() == 0


def test_a_round_opens_by_itself_even_without_network(
    served: Served, open_tablet: OpenTablet
) -> None:
    served.clock.now = at(8, 14)
    page = open_tablet()
    expect(screen(page, "asleep")).to_be_visible()
    page.context.set_offline(True)
    page.clock.fast_forward("01:10")
    expect(screen(page, "cards")).to_be_visible()
    page.clock.fast_forward("45:00")
    expect(screen(page, "asleep")).to_be_visible()


def test_a_sealed_round_takes_its_cards_away(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    expect(screen(page, "cards")).to_be_visible()
    served.school.seal()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(screen(page, "asleep")).to_be_visible()


def test_of_two_open_rounds_the_earlier_one_unless_picked(
    served: Served, open_tablet: OpenTablet
) -> None:
    served.open_both_rounds()
    page = open_tablet()
    expect(page.locator(".round:visible")).to_have_count(2)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    page.locator('.round[data-round="check-out"]').tap()
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    expect_taps(page, served, 1, Moment.CHECK_OUT)


def test_the_picture_of_the_one_open_round_is_no_button(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    expect(page.locator(".round:visible")).to_have_count(1)
    expect(page.locator(".round:visible")).to_be_disabled()


def test_a_tap_belongs_to_the_round_it_was_made_in(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.context.set_offline(True)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    served.clock.now = at(14, 10)
    page.context.set_offline(False)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect_taps(page, served, 1)
    expect_taps(page, served, 0, Moment.CHECK_OUT)


def test_tomorrow_is_another_round(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    served.clock.now = at(8, 30, next_day())
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(200)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    wait_until(page, lambda: bool(taps))
    assert [tap["day"] for tap in taps] == [next_day().isoformat()]
