"""A page that is out of date, or no longer welcome."""

from playwright.sync_api import expect

from checkin.domain.feelings import Feeling
from checkin.services import enrolling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    card,
    kept_in_browser,
    screen,
    wait_for_fresh_cards,
)


def test_other_cards_are_loaded_when_nobody_is_there(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    expect(page.locator(".card")).to_have_count(9)
    served.change_classroom(card_set=4)
    page.clock.fast_forward("00:31")
    expect(page.locator(".card")).to_have_count(5)


def test_a_revoked_tablet_keeps_its_taps_and_asks_for_a_grown_up(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    page.context.set_offline(True)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    enrolling.revoke(served.school.tablet.id, 1, served.clock())
    page.context.set_offline(False)
    expect(screen(page, "stranger")).to_be_visible()
    assert page.locator(".card:visible").count() == 0
    assert len(kept_in_browser(page)) == 1
    page.locator(".for-staff a").tap()
    page.wait_for_url("**/tablet/enrolment")
    expect(page.locator("[data-held-back]")).to_be_visible()
    expect(page.locator("[data-held-back] strong[data-count]")).to_have_text("1")
    assert page.locator("[data-enrolment]").evaluate("form => form.inert")
    page.locator("[data-give-up]").tap()
    page.locator("[data-give-up-now]").tap()
    expect(page.locator("[data-held-back]")).to_be_hidden()
    page.locator("[data-code]").fill(served.new_code().lower())
    page.locator("[data-enrolment] button").tap()
    page.wait_for_url("**/tablet")
    expect(screen(page, "cards")).to_be_visible()
