"""What counts as a tap under small, wet, hurried fingers."""

import pytest
from playwright.sync_api import Page, expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    GUARD_MS,
    LANDSCAPE,
    PORTRAIT,
    SLIDE_THAT_YIELDS_NO_CLICK,
    Fingers,
    box,
    card,
    expect_taps,
    hold_time,
    middle,
    pass_time,
    screen,
    sent_taps,
    touch,
    wait_for_fresh_cards,
)


def test_a_finger_that_slides_a_little_still_chooses(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    x, y = middle(page, Feeling.HAPPY)
    touch(page, (x, y), (x + SLIDE_THAT_YIELDS_NO_CLICK, y + 10))
    expect(screen(page, "turned")).to_be_visible()


def test_a_finger_that_slides_off_chooses_nothing(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    its = box(page, Feeling.HAPPY)
    x, y = middle(page, Feeling.HAPPY)
    touch(page, (x, y), (its["x"] + its["width"] + 30, y))
    page.wait_for_timeout(100)
    expect(screen(page, "turned")).to_be_hidden()
    touch(page, (x, y), (its["x"] + its["width"] + 20, y))
    expect(screen(page, "turned")).to_be_visible()


def test_the_card_goes_in_under_the_finger(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    x, y = middle(page, Feeling.SAD)
    page.mouse.move(x, y)
    page.mouse.down()
    expect(page.locator(".card.is-pressed")).to_have_count(1)
    page.mouse.move(5, 5)
    expect(page.locator(".card.is-pressed")).to_have_count(0)
    page.mouse.up()
    expect(screen(page, "turned")).to_be_hidden()


def test_ghost_taps_after_a_change_of_screen_do_nothing(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.HAPPY).tap()
    page.touchscreen.tap(512, 400)  # where the undo button has just appeared
    expect(screen(page, "turned")).to_be_visible()
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    assert len(taps) == 1


def test_a_slide_of_25_px_is_still_a_tap(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    x, y = middle(page, Feeling.CALM)
    touch(page, (x, y), (x + 8, y), (x + 16, y + 4), (x + 25, y + 4))
    expect(screen(page, "turned")).to_be_visible()


def test_a_slide_of_60_px_off_the_card_is_none(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    its = box(page, Feeling.CALM)
    x, y = its["x"] + its["width"] - 1, its["y"] + its["height"] / 2
    touch(page, (x, y), (x + 20, y), (x + 40, y), (x + 60, y))
    _nothing_was_chosen(page)


def test_two_fingers_make_one_choice_at_most(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    fingers = Fingers(page)
    fingers.down(middle(page, Feeling.CALM))
    fingers.down(middle(page, Feeling.SAD))
    fingers.up(first=0)
    fingers.up(first=0)
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    assert [tap["feeling"] for tap in taps] == [Feeling.CALM.digit]


def test_the_second_finger_cannot_choose_when_it_leaves_first(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    fingers = Fingers(page)
    fingers.down(middle(page, Feeling.CALM))
    fingers.down(middle(page, Feeling.SAD))
    fingers.up(first=1)
    page.wait_for_timeout(50)
    expect(screen(page, "turned")).to_be_hidden()
    fingers.up(first=0)
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    assert [tap["feeling"] for tap in taps] == [Feeling.CALM.digit]


def test_a_hand_that_rests_beside_the_cards_chooses_nothing(open_tablet: OpenTablet) -> None:
    """The first finger down is the hand: the finger on the card is not the primary one."""
    page = open_tablet()
    fingers = Fingers(page)
    fingers.down((512, LANDSCAPE["height"] - 20))
    fingers.down(middle(page, Feeling.CALM))
    fingers.up(first=1)
    fingers.up(first=0)
    _nothing_was_chosen(page)


def test_a_card_held_for_three_seconds_is_one_tap(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    fingers = Fingers(page)
    fingers.down(middle(page, Feeling.SAD))
    pass_time(page, 1000)
    page.wait_for_timeout(900)  # what the browser itself takes for a long press
    pass_time(page, 2000)
    expect(page.locator(".card.is-pressed")).to_have_count(1)
    fingers.up()
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)


def test_ten_taps_in_a_second_are_one(served: Served, open_tablet: OpenTablet) -> None:
    served.change_classroom(undo_seconds=3)
    page = open_tablet()
    taps = sent_taps(page)
    x, y = middle(page, Feeling.ANGRY)
    hold_time(page, 1000)
    for _ in range(10):
        touch(page, (x, y))
        page.clock.run_for(90)
    expect(screen(page, "turned")).to_be_visible()
    page.clock.run_for(3000)
    expect(screen(page, "heard")).to_be_visible()
    page.clock.resume()
    expect_taps(page, served, 1)
    assert [tap["feeling"] for tap in taps] == [Feeling.ANGRY.digit]


def test_ten_taps_where_the_way_back_appears_take_nothing_back(
    served: Served, open_tablet: OpenTablet
) -> None:
    served.change_classroom(undo_seconds=3)
    page = open_tablet()
    hold_time(page, 1000)
    card(page, Feeling.ANGRY).tap()
    expect(screen(page, "turned")).to_be_visible()
    its = page.locator(".undo").bounding_box()
    for _ in range(9):
        page.clock.run_for(90)
        touch(page, (its["x"] + its["width"] / 2, its["y"] + its["height"] / 2))
    expect(screen(page, "turned")).to_be_visible()
    page.clock.run_for(GUARD_MS)
    page.locator(".undo").tap()
    expect(screen(page, "turned")).to_be_hidden()


def test_a_tap_100_ms_after_the_screen_changed_is_a_ghost(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    hold_time(page, 1000)
    card(page, Feeling.HAPPY).tap()
    expect(screen(page, "turned")).to_be_visible()
    page.clock.run_for(100)
    page.locator(".undo").tap()
    expect(screen(page, "turned")).to_be_visible()
    page.clock.run_for(GUARD_MS)
    page.locator(".undo").tap()
    expect(screen(page, "turned")).to_be_hidden()


@pytest.mark.parametrize("is_turned_back", [False, True], ids=["turned", "turned and back"])
def test_a_tablet_that_is_turned_during_a_press_chooses_what_was_pressed_or_nothing(
    open_tablet: OpenTablet, is_turned_back: bool
) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    fingers = Fingers(page)
    fingers.down(middle(page, Feeling.WORRIED))
    page.set_viewport_size(PORTRAIT)
    page.wait_for_timeout(50)
    if is_turned_back:
        page.set_viewport_size(LANDSCAPE)
        page.wait_for_timeout(50)
    fingers.up()
    page.wait_for_timeout(50)
    assert page.locator(".is-pressed").count() == 0
    if screen(page, "turned").is_visible():
        wait_for_fresh_cards(page)
        assert {tap["feeling"] for tap in taps} <= {Feeling.WORRIED.digit}
    card(page, Feeling.HAPPY).tap()
    expect(screen(page, "turned")).to_be_visible()


def test_a_tablet_that_is_turned_during_the_undo_time_goes_on(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    card(page, Feeling.SCARED).tap()
    expect(screen(page, "turned")).to_be_visible()
    page.set_viewport_size(PORTRAIT)
    expect(page.locator(".undo")).to_be_in_viewport(ratio=1)
    assert page.locator(".is-turned .card").count() == 9
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)


def test_the_way_back_still_works_when_the_tablet_was_turned(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.SCARED).tap()
    expect(screen(page, "turned")).to_be_visible()
    page.set_viewport_size(PORTRAIT)
    pass_time(page, GUARD_MS)
    page.locator(".undo").tap()
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, 5000)
    assert taps == []


def test_there_is_no_menu_no_selection_and_nothing_to_drag(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    refused = """(kind) => [...document.querySelectorAll(".card, .card *, .strip *, main")].every(
      (one) => !one.dispatchEvent(new MouseEvent(kind, { bubbles: true, cancelable: true })))"""
    for kind in ("contextmenu", "selectstart", "dragstart"):
        assert page.evaluate(refused, kind), kind
    page.keyboard.press("Control+a")
    card(page, Feeling.SAD).locator(".word").last.dblclick(force=True)
    assert page.evaluate("getSelection().toString().trim()") == ""
    style = "(name) => getComputedStyle(document.querySelector('.card'))[name]"
    assert page.evaluate(style, "touchAction") == "none"
    assert page.evaluate(style, "userSelect") == "none"


def test_two_fingers_do_not_zoom(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    fingers = Fingers(page)
    fingers.down((400, 400))
    fingers.down((600, 400))
    fingers.move((300, 400), (700, 400))
    fingers.move((200, 400), (800, 400))
    fingers.up(first=1)
    fingers.up(first=0)
    assert page.evaluate("visualViewport.scale") == 1
    _nothing_was_chosen(page)


def _nothing_was_chosen(page: Page) -> None:
    page.wait_for_timeout(100)
    expect(screen(page, "turned")).to_be_hidden()
    expect(screen(page, "cards")).to_be_visible()
    assert page.locator(".is-pressed").count() == 0
