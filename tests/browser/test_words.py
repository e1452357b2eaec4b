"""The words under the pictures."""

from playwright.sync_api import expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import OpenTablet
from tests.browser.hands import (
    box,
    card,
)


def test_the_home_word_goes_with_the_chosen_language_and_back_when_idle(
    open_tablet: OpenTablet,
) -> None:
    page = open_tablet()
    words = card(page, Feeling.SAD).locator(".word:visible")
    expect(words).to_have_text(["verdrietig"])
    page.locator('[data-language="ar"]').tap()
    expect(words).to_have_text(["حُزْن", "verdrietig"])
    assert words.first.evaluate("w => getComputedStyle(w).direction") == "rtl"
    assert words.last.evaluate("w => getComputedStyle(w).direction") == "ltr"
    page.locator('[data-language="ti"]').tap()
    expect(words).to_have_text(["ጓሂ", "verdrietig"])
    assert (words.first.get_attribute("lang"), words.last.get_attribute("lang")) == ("ti", "nl")
    page.clock.fast_forward("00:21")
    expect(words).to_have_text(["verdrietig"])


def test_cards_stay_in_their_places_in_every_language(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    before = [box(page, feeling) for feeling in Feeling]
    page.locator('[data-language="ar"]').tap()
    assert [box(page, feeling) for feeling in Feeling] == before
