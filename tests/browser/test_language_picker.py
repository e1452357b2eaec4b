"""Many languages, or a small screen: one button lays them all out, and one tap picks."""

import pytest
from playwright.sync_api import expect

from checkin.domain.feelings import Feeling
from checkin.domain.words import LANGUAGES
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    GUARD_MS,
    PHONE,
    SCREENS,
    card,
    choose_language,
    pass_time,
    screen,
)

ALL_LANGUAGES = ",".join(language.code for language in LANGUAGES)
FINGER = 44
CUT_OFF = """(all) => all.filter((one) => one.scrollWidth > one.clientWidth)
  .map((one) => one.lang)"""


@pytest.fixture
def many(served: Served) -> Served:
    served.change_classroom(languages=ALL_LANGUAGES)
    return served


def test_a_few_languages_need_no_button_on_a_tablet(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    expect(page.locator(".language:visible")).to_have_count(3)
    expect(page.locator(".picker")).to_be_hidden()


def test_on_a_phone_one_button_stands_for_them(open_tablet: OpenTablet) -> None:
    page = open_tablet(viewport=PHONE)
    expect(page.locator(".language:visible")).to_have_count(0)
    expect(page.locator(".picker")).to_be_visible()


def test_all_sixteen_can_be_hit_without_scrolling_on_every_screen(
    many: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    page.locator(".picker").tap()
    for size in SCREENS:
        page.set_viewport_size(size)
        low = 64 if size["height"] >= 600 else 0
        boxes = [one.bounding_box() for one in page.locator(".language:visible").all()]
        assert len(boxes) == len(LANGUAGES)
        for its in boxes:
            assert its["x"] >= 0 and its["y"] >= 0
            assert its["x"] + its["width"] <= size["width"]
            assert its["y"] + its["height"] <= size["height"] - low
            assert min(its["width"], its["height"]) >= FINGER
        cut = (
            "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.lang)"
        )
        assert page.locator(".language").evaluate_all(cut) == []


def test_one_tap_picks_and_goes_back_to_the_cards(many: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    choose_language(page, "ti")
    expect(page.locator(".language:visible")).to_have_count(0)
    expect(card(page, Feeling.SAD).locator(".word:visible")).to_have_text(["ጓሂ", "verdrietig"])
    expect(page.locator(".picker")).to_contain_text("ትግርኛ")


def test_no_card_can_be_chosen_under_it_nor_by_the_tap_that_closed_it(
    many: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    page.locator(".picker").tap()
    pass_time(page, GUARD_MS)
    assert page.locator("main").evaluate("main => main.inert")
    its = page.locator('[data-language="tr"]').bounding_box()
    page.touchscreen.tap(its["x"] + 20, its["y"] + 20)
    page.touchscreen.tap(its["x"] + 20, its["y"] + 20)
    page.wait_for_timeout(50)
    expect(screen(page, "cards")).to_be_visible()
    expect(screen(page, "turned")).to_be_hidden()


def test_closes_when_nobody_is_there(many: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    choose_language(page, "ar")
    page.locator(".picker").tap()
    page.clock.fast_forward("00:21")
    expect(page.locator(".language:visible")).to_have_count(0)
    expect(page.locator(".picker")).to_contain_text("Nederlands")
    assert not page.locator("main").evaluate("main => main.inert")


def test_the_keyboard_opens_picks_and_leaves(many: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.locator(".picker").focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-language="nl"]')).to_be_focused()
    pass_time(page, GUARD_MS)
    page.keyboard.press("Escape")
    expect(page.locator(".picker")).to_be_focused()
    pass_time(page, GUARD_MS)
    page.keyboard.press("Enter")
    pass_time(page, GUARD_MS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".picker")).to_contain_text("العربية")
    expect(page.locator(".picker")).to_be_focused()
