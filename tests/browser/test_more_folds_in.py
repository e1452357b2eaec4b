"""What is behind 'More' in the bar folds in again, with a key or by going on elsewhere."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Served
from tests.browser.test_review_with_the_keyboard import inge

__all__ = ["inge"]


def test_escape_or_a_click_elsewhere_folds_it_in(served: Served, inge: Page) -> None:
    inge.goto("/home")
    more = inge.locator("details.more")
    summary = more.locator("summary")
    summary.click()
    more.locator("a").first.focus()
    inge.keyboard.press("Escape")
    expect(more).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.click()
    expect(more).to_have_attribute("open", "")
    inge.locator(".colophon p").first.click()
    expect(more).not_to_have_attribute("open", "")
