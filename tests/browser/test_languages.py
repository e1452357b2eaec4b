"""The words of every language fit under their pictures."""

from checkin.domain.words import LANGUAGES
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import LANDSCAPE, PHONE, PORTRAIT

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


def test_no_word_is_broken_and_no_card_too_small_even_with_every_language(
    served: Served, open_tablet: OpenTablet
) -> None:
    served.change_classroom(languages=",".join(language.code for language in LANGUAGES))
    page = open_tablet()
    for size, least in ((LANDSCAPE, 160), (PORTRAIT, 160), (PHONE, 96)):
        page.set_viewport_size(size)
        for language in LANGUAGES:
            page.locator(f'[data-language="{language.code}"]').tap()
            assert page.evaluate(BROKEN) == [], language
        box = page.locator(".card").first.bounding_box()
        assert min(box["width"], box["height"]) >= least
