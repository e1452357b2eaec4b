"""The ear plays all cards in order, whatever is chosen, and never says which card that was."""

import json

import pytest
from playwright.sync_api import expect

from checkin.domain.feelings import Feeling
from checkin.web.pupil_words import words_in
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    GUARD_MS,
    card,
    pass_time,
    screen,
    wait_for_fresh_cards,
    wait_until,
)
from tests.browser.listening import (
    FIRST_TWO,
    FOUR,
    ear,
    heard,
    in_both,
    open_watched,
    wait_for_silence,
    words_heard,
)
from tests.often import first

COPING = ("talk", "imagine", "move")


def test_plays_every_card_in_order_at_home_and_in_dutch(
    recorded: Served, open_tablet: OpenTablet
) -> None:
    page = open_watched(open_tablet)
    ear(page).tap()
    expect(ear(page)).to_have_attribute("aria-pressed", "true")
    wait_for_silence(page)
    assert words_heard(page) == in_both(FOUR)
    assert {one["lit"] for one in heard(page)} == {1}
    lit = [one["at"]["feeling"] for one in heard(page)]
    assert lit == [digit for digit in "12340" for _ in range(2)]
    assert page.locator(".is-lit").count() == 0


def test_plays_the_language_that_is_chosen_now(recorded: Served, open_tablet: OpenTablet) -> None:
    page = open_watched(open_tablet)
    page.locator('[data-language="nl"]').tap()
    ear(page).tap()
    wait_for_silence(page)
    assert words_heard(page) == [("nl", word) for word in FOUR]


def test_a_second_tap_stops_it(recorded: Served, open_tablet: OpenTablet) -> None:
    page = open_watched(open_tablet)
    ear(page).tap()
    wait_until(page, lambda: len(heard(page)) >= FIRST_TWO)
    ear(page).tap()
    expect(ear(page)).to_have_attribute("aria-pressed", "false")
    assert page.locator(".is-lit").count() == 0
    before = len(heard(page))
    page.wait_for_timeout(700)
    assert len(heard(page)) == before


@pytest.mark.parametrize("how", first(["card", "idle", "pagehide", "other screen"]))
def test_stops_at_once_when_something_else_happens(
    recorded: Served, open_tablet: OpenTablet, how: str
) -> None:
    page = open_watched(open_tablet)
    ear(page).tap()
    wait_until(page, lambda: len(heard(page)) >= FIRST_TWO)
    if how == "card":
        card(page, Feeling.SCARED).tap()
    elif how == "other screen":
        page.evaluate("dispatchEvent(new Event('stranger'))")
    else:
        page.evaluate("(kind) => dispatchEvent(new Event(kind))", how)
    expect(ear(page)).to_have_attribute("aria-pressed", "false")
    assert page.locator(".is-lit").count() == 0
    before = len(heard(page))
    page.wait_for_timeout(700)
    assert len(heard(page)) == before


@pytest.mark.thorough
def test_plays_the_coping_cards_too_and_hurries_nobody(
    recorded: Served, open_tablet: OpenTablet
) -> None:
    recorded.change_classroom(coping="check-in")
    page = open_watched(open_tablet)
    card(page, Feeling.SAD).tap()
    expect(screen(page, "coping")).to_be_visible()
    pass_time(page, 5000)
    ear(page).tap()
    wait_until(page, lambda: len(heard(page)) >= FIRST_TWO)
    pass_time(page, 5500)  # the ten seconds of asking would be over
    wait_until(page, lambda: len(heard(page)) >= 3 * FIRST_TWO)
    expect(screen(page, "coping")).to_be_visible()
    assert words_heard(page)[: 3 * FIRST_TWO] == in_both(COPING)
    others = page.locator(".strip > :not(.listen)").evaluate_all("all => all.map((o) => o.inert)")
    assert set(others) == {True}


def test_choosing_a_card_plays_nothing_and_asks_the_server_the_same(
    recorded: Served, open_tablet: OpenTablet
) -> None:
    seen = {}
    for feeling in (Feeling.HAPPY, Feeling.SCARED, Feeling.PASS):
        page = open_watched(open_tablet)
        asked: list[tuple[str, str, int]] = []
        page.on(
            "request",
            lambda one, asked=asked: (
                asked.append((one.method, one.url, len(one.post_data or "")))
                if "/today" not in one.url
                else None
            ),
        )
        card(page, feeling).tap()
        wait_for_fresh_cards(page)
        wait_until(page, lambda asked=asked: bool(asked))
        assert heard(page) == []
        seen[feeling] = asked
        page.context.close()
    assert len({json.dumps(asked) for asked in seen.values()}) == 1, seen


def test_has_a_name_and_works_by_key(recorded: Served, open_tablet: OpenTablet) -> None:
    page = open_watched(open_tablet)
    pass_time(page, GUARD_MS)
    button = page.get_by_role("button", name=words_in("ti")["listen"])
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    wait_until(page, lambda: bool(heard(page)))
    assert words_heard(page)[0] == ("ti", "happy")
