"""The ear of a tablet, and what can be heard of it."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenTablet

FOUR = ("happy", "sad", "angry", "scared", "not-today")
FIRST_TWO = 2
# Notes what is played and spoken, and which card is lit just then; all of it still happens.
WATCH = """
window.heard = [];
const lit = () => [...document.querySelectorAll(".is-lit")].length;
const first = () => document.querySelector(".is-lit")?.dataset;
const note = (what) => heard.push({ what, lit: lit(), at: first() });
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () {
  note(new URL(this.src).pathname);
  return play.call(this);
};
"""


def open_watched(open_tablet: OpenTablet, script: str = WATCH, **options: object) -> Page:
    page = open_tablet(**options)
    page.add_init_script(script)
    reload(page)
    return page


def reload(page: Page) -> None:
    """Load the cards and wait for what hearing needs, which comes last."""
    page.reload()
    expect(ear(page)).to_be_enabled()
    page.wait_for_timeout(200)


def ear(page: Page):
    return page.locator(".listen")


def heard(page: Page) -> list[dict[str, Any]]:
    return page.evaluate("heard")


def words_heard(page: Page) -> list[tuple[str, str]]:
    """Return what was played, as language and word."""
    return [tuple(one["what"].split("/")[2:4]) for one in heard(page)]


def wait_for_silence(page: Page) -> None:
    expect(ear(page)).to_have_attribute("aria-pressed", "false", timeout=15_000)


def in_both(words: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(language, word) for word in words for language in ("ti", "nl")]
