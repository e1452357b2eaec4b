"""The letters that come with the program, for tablets that lack them."""

from collections.abc import Sequence

from checkin.domain.words import Language

FONTS = ("arabic", "cyrillic", "ethiopic", "ethiopic-more")
"""Every font of `css/fonts.css`; a browser fetches those whose letters a page shows."""

_FETCHED_EARLY = {"arabic": range(0x600, 0x700), "ethiopic": range(0x1200, 0x1380)}


def fonts_for(languages: Sequence[Language]) -> list[str]:
    """Return the fonts to fetch before the words need them, so that no word changes its look."""
    letters = {ord(letter) for language in languages for letter in language.name}
    return [font for font, script in _FETCHED_EARLY.items() if not letters.isdisjoint(script)]
