"""The cards are as large as the screen allows, and every one can be hit.

A card is 160 x 160 and 24 from its neighbour wherever nine, seven or five of them fit so. Where
they cannot, what is the best is written down below, and never is a card under 96 or must
somebody scroll.
"""

from itertools import combinations

import pytest
from playwright.sync_api import Page, expect

from checkin.domain.words import LANGUAGES
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    GUARD_MS,
    LANDSCAPE,
    PHONE_LYING,
    PORTRAIT,
    SCREENS,
    pass_time,
    screen,
)
from tests.often import first

FULL = (160, 24)
SMALLER = {  # the least side of a card and the gap, by what lies on which screen
    # Seven cards of 160 with gaps of 24 are 528 wide or, two by two, 712 high; nine are 896 wide.
    (8, "390x844"): (116, 12),
    (8, "844x390"): (140, 12),
    (4, "320x568"): (144, 8),
    (6, "320x568"): (96, 8),
    (8, "320x568"): (96, 8),
    (4, "512x384"): (136, 12),
    (6, "512x384"): (114, 12),
    (8, "512x384"): (114, 12),
}
PICTURES = {  # the least side of the picture itself, words below it
    "1024x768": 160,
    "768x1024": 155,
    "1280x800": 190,
    "390x844": 95,
    "844x390": 112,
    "320x568": 84,
    "512x384": 76,
}
NO_WRIST_BELOW = 600
WRISTS = 64
ALL_LANGUAGES = ",".join(language.code for language in LANGUAGES)

TAPPABLE = """() => [...document.querySelectorAll("button, a")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]"))
  .map((one) => one.getBoundingClientRect().toJSON())"""
CARDS = """() => [...document.querySelectorAll("[data-screen]:not([hidden]) .card")].map((card) => {
  const picture = card.querySelector("img").getBoundingClientRect();
  const box = card.getBoundingClientRect().toJSON();
  return { ...box, picture: Math.min(picture.width, picture.height) };
})"""
SCROLLS = """() => [document.documentElement, document.body].some(
  (one) => one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight)"""
# Words that are cut off, stick out of their card, or break where nobody said that they may.
WRONG_WORDS = """(languages) => languages.flatMap((language) => {
  document.querySelector(`[data-language="${language}"]`).click();
  const shown = [...document.querySelectorAll("[data-screen]:not([hidden]) .word:not([hidden])")]
    .filter((word) => getComputedStyle(word).position !== "absolute");
  return shown.filter((word) => {
    const text = word.firstChild;
    const range = document.createRange();
    range.selectNodeContents(word);
    const its = range.getBoundingClientRect();
    const card = word.closest(".card").getBoundingClientRect();
    const line = (at) => {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return Math.round(range.getBoundingClientRect().bottom);
    };
    const isBroken = [...text.data.matchAll(/[^ \\u00ad\\u200c]+/g)]
      .some(({ 0: piece, index }) => line(index) !== line(index + piece.length - 1));
    return isBroken || word.scrollWidth > word.clientWidth || its.left < card.left ||
      its.right > card.right || its.bottom > card.bottom;
  }).map((word) => `${language}: ${word.textContent}`);
})"""
SMALLEST_WORD = """() => Math.min(...[...document.querySelectorAll(".word")].map(
  (word) => parseFloat(getComputedStyle(word).fontSize)))"""

Box = dict[str, float]


@pytest.mark.parametrize("cards", first([8, 4, 6]))
def test_all_cards_fit_every_screen_and_can_be_hit(
    served: Served, open_tablet: OpenTablet, cards: int
) -> None:
    served.change_classroom(card_set=cards)
    page = open_tablet()
    for size in SCREENS:
        page.set_viewport_size(size)
        _check_cards(page, cards, size)


def test_so_do_the_cards_of_what_helps_today(served: Served, open_tablet: OpenTablet) -> None:
    served.change_classroom(coping="check-in")
    page = open_tablet()
    _ask_what_helps(page)
    for size in SCREENS:
        page.set_viewport_size(size)
        _check_cards(page, 6, size)


@pytest.mark.parametrize("cards", first([8, 4, 6]))
def test_pictures_do_not_shrink_when_words_are_hidden(
    served: Served, open_tablet: OpenTablet, cards: int
) -> None:
    sizes: dict[bool, list[float]] = {}
    for shows_words in (True, False):
        served.change_classroom(card_set=cards, shows_words=shows_words)
        page = open_tablet()
        sizes[shows_words] = []
        for size in SCREENS:
            page.set_viewport_size(size)
            sizes[shows_words].append(min(its["picture"] for its in page.evaluate(CARDS)))
            assert not page.evaluate(SCROLLS)
    assert all(
        without >= with_words for with_words, without in zip(sizes[True], sizes[False], strict=True)
    )
    assert sum(sizes[False]) > sum(sizes[True])


def _ask_what_helps(page: Page) -> None:
    page.locator(".card").first.tap()
    expect(screen(page, "coping")).to_be_visible()
    pass_time(page, GUARD_MS)


def _check_cards(page: Page, cards: int, size: dict[str, int]) -> None:
    name = f"{size['width']}x{size['height']}"
    least, gap = SMALLER.get((cards, name), FULL)
    boxes = page.evaluate(CARDS)
    assert len(boxes) == cards + 1
    for its in boxes:
        assert min(its["width"], its["height"]) >= max(least, 96), (name, its)
        assert its["picture"] >= PICTURES[name], (name, its)
        assert its["width"] == pytest.approx(boxes[0]["width"], abs=0.5)
        assert its["height"] == pytest.approx(boxes[0]["height"], abs=0.5)
    assert all(_between(one, other) >= gap - 0.5 for one, other in combinations(boxes, 2)), name
    tappable = page.evaluate(TAPPABLE)
    foot = size["height"] - (WRISTS if size["height"] >= NO_WRIST_BELOW else 0)
    for its in tappable:
        assert its["left"] >= 0 and its["top"] >= 0, (name, its)
        assert its["right"] <= size["width"] and its["bottom"] <= foot, (name, its)
    assert all(_between(one, other) >= 0 for one, other in combinations(tappable, 2)), name
    assert not page.evaluate(SCROLLS), name


def _between(one: Box, other: Box) -> float:
    across = max(one["left"], other["left"]) - min(one["right"], other["right"])
    down = max(one["top"], other["top"]) - min(one["bottom"], other["bottom"])
    return max(across, down)


@pytest.mark.parametrize("cards", first([8, 4, 6]))
def test_every_word_of_every_language_is_whole_on_every_screen(
    served: Served, open_tablet: OpenTablet, cards: int
) -> None:
    served.change_classroom(card_set=cards, languages=ALL_LANGUAGES)
    page = open_tablet()
    _check_words(page)


def test_so_is_every_word_of_what_helps_today(served: Served, open_tablet: OpenTablet) -> None:
    served.change_classroom(coping="check-in", languages=ALL_LANGUAGES)
    page = open_tablet()
    _ask_what_helps(page)
    _check_words(page)


def _check_words(page: Page) -> None:
    codes = [language.code for language in LANGUAGES]
    for size in SCREENS:
        page.set_viewport_size(size)
        assert page.evaluate(WRONG_WORDS, codes) == [], size
        if size in (LANDSCAPE, PORTRAIT):
            assert page.evaluate(SMALLEST_WORD) >= 28


@pytest.mark.parametrize("size", first([LANDSCAPE, PORTRAIT, PHONE_LYING]), ids=str)
def test_a_card_keeps_its_place_when_the_set_grows(
    served: Served, open_tablet: OpenTablet, size: dict[str, int]
) -> None:
    places: list[list[tuple[int, int]]] = []
    for cards in (4, 6, 8):
        served.change_classroom(card_set=cards)
        places.append(_places(open_tablet(viewport=size), cards))
    assert places[1][:4] == places[0]
    assert places[2][:6] == places[1]


def test_the_first_six_stay_in_place_when_the_tablet_is_turned(open_tablet: OpenTablet) -> None:
    page = open_tablet(viewport=LANDSCAPE)
    lying = _places(page, 6)
    page.set_viewport_size(PORTRAIT)
    assert _places(page, 6) == lying


def _places(page: Page, cards: int) -> list[tuple[int, int]]:
    """Return in which column and row the first cards lie."""
    boxes = page.evaluate(CARDS)[:cards]
    columns = sorted({round(its["left"]) for its in boxes})
    rows = sorted({round(its["top"]) for its in boxes})
    return [(columns.index(round(b["left"])), rows.index(round(b["top"]))) for b in boxes]
