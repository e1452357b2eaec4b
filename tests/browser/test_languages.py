"""The words of every language fit under their pictures, and can be read and heard."""

import pytest
from playwright.sync_api import Page, Route, expect

from checkin.domain.feelings import Feeling
from checkin.domain.words import LANGUAGES, Language
from checkin.storage import words
from checkin.web.pupil_words import words_in
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    LANDSCAPE,
    PHONE,
    PORTRAIT,
    box,
    card,
    choose_language,
    screen,
    wait_for_fresh_cards,
    wait_until,
)

# Words that had to be broken where nobody said that they may be.
BROKEN = """[...document.querySelectorAll(".word.is-home:not([hidden])")].flatMap((word) => {
  const text = word.firstChild;
  const line = (at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return Math.round(range.getBoundingClientRect().bottom);
  };
  return [...text.data.matchAll(/[^ \\u00ad\\u200c]+/g)]
    .filter(({ 0: piece, index }) => line(index) !== line(index + piece.length - 1))
    .map(([piece]) => piece);
})"""
SHIFTED = """() => new Promise((resolve) => {
  let sum = 0;
  const add = (list) => list.getEntries().forEach((shift) => (sum += shift.value));
  const watch = new PerformanceObserver(add);
  watch.observe({ type: "layout-shift", buffered: true });
  const drawn = () => requestAnimationFrame(() => setTimeout(() => resolve(sum), 100));
  document.fonts.ready.then(drawn);
})"""
OWN_FONT = {
    **dict.fromkeys(("ar", "fa", "ckb", "ps"), "Noto Naskh Arabic"),
    "ti": "Noto Sans Ethiopic",
}


def all_languages(served: Served) -> None:
    served.change_classroom(languages=",".join(language.code for language in LANGUAGES))


def drawn_with(page: Page, selector: str) -> dict[str, int]:
    """Return how many letters of an element are drawn with which of our own fonts, '' for none."""
    devtools = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        devtools.send(f"{domain}.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    found = devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    counts: dict[str, int] = {}
    for font in found:
        name = font["familyName"] if font["isCustomFont"] else ""
        counts[name] = counts.get(name, 0) + int(font["glyphCount"])
    return counts


def without_worker(page: Page) -> None:
    """Let the next load ask the server for everything."""
    page.context.route("**/sw.js", lambda route: route.abort())
    page.evaluate(
        """() => navigator.serviceWorker.getRegistrations()
             .then((all) => Promise.all(all.map((one) => one.unregister())))"""
    )


def test_no_word_is_broken_and_no_card_too_small_even_with_every_language(
    served: Served, open_tablet: OpenTablet
) -> None:
    all_languages(served)
    page = open_tablet()
    for size, least in ((LANDSCAPE, 160), (PORTRAIT, 160), (PHONE, 96)):
        page.set_viewport_size(size)
        for language in LANGUAGES:
            choose_language(page, language.code)
            assert page.evaluate(BROKEN) == [], language
        its = page.locator(".card").first.bounding_box()
        assert min(its["width"], its["height"]) >= least


def test_the_letters_a_tablet_may_lack_come_from_our_own_fonts(
    served: Served, open_tablet: OpenTablet
) -> None:
    all_languages(served)
    page = open_tablet()
    for code, font in OWN_FONT.items():
        choose_language(page, code)
        page.evaluate("document.fonts.ready")
        for feeling in Feeling:
            shown = f'[data-feeling="{feeling.digit}"] .word[lang="{code}"]'
            counts = drawn_with(page, shown)
            spaces = page.locator(shown).text_content().count(" ")
            assert counts.get("", 0) <= spaces, (code, feeling, counts)
            assert counts[font] >= 2


def test_a_class_fetches_only_the_fonts_it_needs(served: Served, open_tablet: OpenTablet) -> None:
    served.change_classroom(languages="nl,uk,ti")
    page = open_tablet()
    fetched: list[str] = []
    page.on("request", lambda r: fetched.append(r.url) if r.resource_type == "font" else None)
    page.reload(wait_until="networkidle")
    choose_language(page, "ti")
    page.wait_for_timeout(200)
    assert [url.rpartition("/")[2] for url in fetched] == ["ethiopic.woff2"]


@pytest.mark.parametrize("code", ["ar", "ti"])
def test_a_font_that_comes_late_moves_no_card(
    served: Served, open_tablet: OpenTablet, code: str
) -> None:
    served.change_classroom(languages=f"{code},nl")
    page = open_tablet()

    held: list[Route] = []
    without_worker(page)
    page.route("**/*.woff2", lambda route: held.append(route))
    page.clock.resume()
    page.reload(wait_until="domcontentloaded")
    wait_until(page, lambda: bool(held))
    page.wait_for_timeout(300)
    assert page.evaluate("document.fonts.status") == "loading"
    before = [box(page, feeling) for feeling in Feeling]
    for route in held:
        route.continue_()
    # Only the name of the language in its button may grow, which no child notices.
    assert page.evaluate(SHIFTED) < 0.001
    assert [box(page, feeling) for feeling in Feeling] == before


def test_nothing_moves_when_the_cards_load(served: Served, open_tablet: OpenTablet) -> None:
    all_languages(served)
    assert open_tablet().evaluate(SHIFTED) == 0


def test_a_screen_reader_hears_the_chosen_language(served: Served, open_tablet: OpenTablet) -> None:
    served.open_both_rounds()
    page = open_tablet()
    hello = page.locator('.round[data-round="check-in"]')
    for code in ("nl", "ar", "ti"):
        choose_language(page, code)
        expect(hello).to_have_accessible_name(words_in(code)["hello"])
        expect(page.locator("[data-languages]")).to_have_accessible_name(
            words_in(code)["languages"]
        )
    card(page, Feeling.SAD).tap()
    undo = screen(page, "turned").locator("button")
    expect(undo).to_have_accessible_name(words_in("ti")["back"])
    wait_for_fresh_cards(page)
    assert words_in("ti")["thank you"] in screen(page, "heard").text_content()


def test_a_language_of_the_school_shows_its_words_and_else_dutch(
    served: Served, open_tablet: OpenTablet
) -> None:
    words.set_language(served.school.id, Language("ur", "اردو", "rtl"))
    words.set_words(served.school.id, "ur", {"happy": "خوش", "hello": "ہیلو"})
    served.change_classroom(languages="ur,nl")
    page = open_tablet()
    visible = card(page, Feeling.HAPPY).locator(".word:visible")
    expect(visible).to_have_text(["خوش", "blij"])
    expect(card(page, Feeling.SAD).locator(".word:visible")).to_have_text(["verdrietig"])
    boxes = [card(page, feeling).bounding_box() for feeling in (Feeling.HAPPY, Feeling.CALM)]
    assert boxes[0]["height"] == boxes[1]["height"]
    expect(page.locator(".listen")).to_have_accessible_name(words_in("nl")["listen"])
    assert page.locator("main").get_attribute("data-direction") == "rtl"
