"""Without a finger: keyboard, switch, screen reader."""

import pytest
from playwright.sync_api import Page, expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    GUARD_MS,
    card,
    choose_language,
    expect_taps,
    pass_time,
    screen,
    sent_taps,
    wait_for_breathing,
    wait_for_fresh_cards,
)


def test_the_keyboard_works_and_leaves_no_focus_behind(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    card(page, Feeling.TIRED).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".undo")).to_be_focused()
    wait_for_fresh_cards(page)
    assert page.evaluate("document.activeElement.localName") == "main"
    expect_taps(page, served, 1)


def test_the_tab_key_reaches_every_card_in_their_order(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.locator("main").focus()
    reached = []
    for _ in Feeling:
        page.keyboard.press("Tab")
        reached.append(page.evaluate("Number(document.activeElement.dataset.feeling)"))
    shown = [int(one.get_attribute("data-feeling")) for one in page.locator(".card").all()]
    assert reached == shown


def test_the_space_bar_chooses_and_takes_back(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.SAD).focus()
    page.keyboard.press("Space")
    expect(page.locator(".undo")).to_be_focused()
    pass_time(page, GUARD_MS)
    page.keyboard.press("Space")
    expect(screen(page, "cards")).to_be_visible()
    expect(screen(page, "turned")).to_be_hidden()
    assert taps == []


def test_a_held_key_does_not_take_its_own_choice_back(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    card(page, Feeling.TIRED).focus()
    page.keyboard.down("Enter")
    pass_time(page, GUARD_MS)
    page.keyboard.down("Enter")  # a repeat
    expect(screen(page, "turned")).to_be_visible()
    page.keyboard.up("Enter")


def test_a_switch_which_only_clicks_chooses_once(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.SCARED).evaluate("card => { card.click(); card.click(); }")
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    assert [tap["feeling"] for tap in taps] == [Feeling.SCARED.digit]


def test_the_focus_can_be_seen(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.locator("main").focus()
    page.keyboard.press("Tab")
    width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
    assert width >= 3


@pytest.mark.parametrize("shows_words", [True, False], ids=["words", "no words"])
def test_a_card_is_called_by_its_words_in_both_languages(
    served: Served, open_tablet: OpenTablet, shows_words: bool
) -> None:
    served.change_classroom(shows_words=shows_words, coping="check-in")
    page = open_tablet()
    assert _names(page) == ["verdrietig"]
    choose_language(page, "ar")
    assert _names(page) == ["حُزْن verdrietig"]
    assert _languages(page) == ["ar", "nl"]
    choose_language(page, "ti")
    assert _names(page) == ["ጓሂ verdrietig"]
    assert _languages(page) == ["ti", "nl"]


def test_no_name_tells_more_than_the_words(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    assert page.locator(".card[aria-label], .card[title], .card [alt]:not([alt=''])").count() == 0


@pytest.mark.parametrize("screens", ["turned", "coping", "breathing"])
def test_a_screen_reader_does_not_hear_what_lies_below(
    served: Served, open_tablet: OpenTablet, screens: str
) -> None:
    if screens != "turned":
        served.change_classroom(coping="check-in")
    page = open_tablet()
    assert {"verdrietig", "Nederlands"} <= _heard(page)
    card(page, Feeling.SAD).tap()
    if screens == "breathing":
        pass_time(page, GUARD_MS)
        page.locator('[data-helps="4"]').tap()
        wait_for_breathing(page)
    expect(screen(page, screens)).to_be_visible()
    heard = _heard(page)
    assert "verdrietig" not in heard
    assert not heard & {"Nederlands", "العربية", "ትግርኛ"}


def _heard(page: Page) -> set[str]:
    """Return every name in the tree that Chromium hands to a screen reader."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return {
        node["name"]["value"] for node in tree["nodes"] if "name" in node and not node["ignored"]
    }


def _names(page: Page) -> list[str]:
    snapshot = card(page, Feeling.SAD).aria_snapshot()
    return [snapshot.removeprefix('- button "').removesuffix('"')]


def _languages(page: Page) -> list[str]:
    words = card(page, Feeling.SAD).locator(".word:not([hidden])")
    return [one.get_attribute("lang") for one in words.all()]
