"""Cards that wait are not lost by enrolling a tablet anew: they are sent, or given up for good."""

from playwright.sync_api import Page, expect

from checkin.domain.feelings import Feeling
from checkin.services import enrolling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    card,
    expect_nothing_kept,
    expect_taps,
    kept_in_browser,
    screen,
    wait_for_fresh_cards,
    wait_until,
)


def leave_a_tap_and_enrol_again(open_tablet: OpenTablet, **options: object) -> Page:
    """Come to the page for a code with a tap that could not be sent."""
    page = open_tablet(locale="en-GB", **options)
    page.route("**/tablet/taps", lambda route: route.abort())
    card(page, Feeling.SAD).tap()
    wait_for_fresh_cards(page)
    wait_until(page, lambda: len(kept_in_browser(page)) == 1)
    page.goto(page.url.replace("/tablet", "/tablet/enrolment"))
    expect(page.locator("[data-held-back]")).to_be_visible()
    return page


def focused(page: Page) -> str:
    return page.evaluate("Object.keys(document.activeElement.dataset).join()")


def test_no_code_is_taken_while_cards_wait(served: Served, open_tablet: OpenTablet) -> None:
    page = leave_a_tap_and_enrol_again(open_tablet)
    form = page.locator("[data-enrolment]")
    assert form.evaluate("form => form.inert")
    page.evaluate("document.querySelector('[data-code]').value = 'AAAA2222'")
    form.evaluate("form => form.requestSubmit()")
    page.wait_for_timeout(300)
    assert page.url.endswith("/tablet/enrolment")
    assert len(enrolling.list_tablets(served.school.id)) == 1


def test_nor_when_a_tap_came_after_the_page_was_opened(
    served: Served, open_tablet: OpenTablet
) -> None:
    cards = open_tablet()
    cards.route("**/tablet/taps", lambda route: route.abort())
    page = cards.context.new_page()
    page.goto(f"{served.url}/tablet/enrolment")
    page.locator("[data-code]").fill(served.new_code())
    card(cards, Feeling.SAD).tap()
    wait_for_fresh_cards(cards)
    wait_until(cards, lambda: len(kept_in_browser(cards)) == 1)
    page.locator("[data-enrolment] button").click()
    expect(page.locator("[data-held-back]")).to_be_visible()
    assert page.url.endswith("/tablet/enrolment")
    assert len(enrolling.list_tablets(served.school.id)) == 1


def test_they_are_sent_by_opening_the_cards(served: Served, open_tablet: OpenTablet) -> None:
    page = leave_a_tap_and_enrol_again(open_tablet)
    page.unroute("**/tablet/taps")
    page.get_by_role("link", name="Open the cards").click()
    expect(screen(page, "cards")).to_be_visible()
    expect_taps(page, served, 1)
    expect_nothing_kept(page)
    page.goto(f"{served.url}/tablet/enrolment")
    page.locator("[data-code]").fill(served.new_code())
    expect(page.locator("[data-held-back]")).to_be_hidden()
    page.locator("[data-enrolment] button").tap()
    page.wait_for_url("**/tablet")
    assert len(enrolling.list_tablets(served.school.id)) == 2


def test_giving_them_up_takes_two_presses_by_keyboard_too(open_tablet: OpenTablet) -> None:
    page = leave_a_tap_and_enrol_again(open_tablet)
    press = page.keyboard.press
    page.locator("[data-give-up]").focus()
    for leave in ("Enter", "Escape"):  # on 'no, keep them', and out of the question
        press("Enter")
        expect(page.locator("[data-sure]")).to_be_visible()
        assert focused(page) == "keep"
        press(leave)
        expect(page.locator("[data-sure]")).to_be_hidden()
        assert focused(page) == "giveUp"
    assert len(kept_in_browser(page)) == 1
    press("Enter")
    press("Tab")
    assert focused(page) == "giveUpNow"
    press("Enter")
    expect(page.locator("[data-held-back]")).to_be_hidden()
    assert kept_in_browser(page) == []
    assert focused(page) == "code"
    assert not page.locator("[data-enrolment]").evaluate("form => form.inert")


def test_the_browser_is_asked_to_keep_everything_when_a_tablet_is_enrolled(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    asked: list[bool] = []
    page.expose_function("asked", lambda: asked.append(True))
    page.add_init_script("navigator.storage.persist = () => asked()")
    page.goto(f"{served.url}/tablet/enrolment")
    page.locator("[data-code]").fill(served.new_code())
    page.locator("[data-enrolment] button").tap()
    page.wait_for_url("**/tablet")
    assert asked == [True]
