"""The ear plays all cards in order, whatever is chosen, and never says which card that was."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

import checkin
from checkin.domain.feelings import Feeling
from checkin.domain.recordings import SPOKEN_WORDS
from checkin.services import signing_in, sounds
from checkin.services.sounds import Spoken
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
from tests.school import at
from tests.sounds import tone, wav_of

AUDIO = Path(checkin.__file__).parent / "static" / "audio"
FOUR = ("happy", "sad", "angry", "scared", "not-today")
COPING = ("talk", "imagine", "move")
FIRST_TWO = 2
IDLE_MS = 21_000
PAUSE_MS = 6_000
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
WATCH_LIT = """() => {
  window.lit = [];
  const note = ({ target }) => target.matches(".is-lit") && lit.push(target.dataset.feeling);
  const watched = { subtree: true, attributeFilter: ["class"] };
  new MutationObserver((all) => all.forEach(note)).observe(document.querySelector("main"), watched);
}"""
# A device with voices: a Tigrinya one from the network, a Somali one of its own.
VOICES = """
const voices = [
  { lang: "ti-ET", localService: false, name: "cloud" },
  { lang: "so-SO", localService: true, name: "own" },
];
window.spoken = [];
window.SpeechSynthesisUtterance = function (text) { this.text = text; };
const speak = (said) => {
  if (said.text) spoken.push([said.voice?.name, said.text]);
  setTimeout(() => { said.onstart?.(); said.onend?.(); }, 5);
};
const speech = { getVoices: () => voices, speak, cancel: () => {} };
Object.defineProperty(window, "speechSynthesis", { value: speech });
"""


@pytest.fixture
def recorded(served: Served) -> Served:
    """Four cards in Tigrinya and Dutch, every word recorded as a tone of a fifth of a second."""
    served.change_classroom(languages="ti,nl", card_set=4)
    person = signing_in.list_staff(served.school.id)[0]
    for language in ("ti", "nl"):
        for word in SPOKEN_WORDS:
            spoken = Spoken(language, word, words_in(language)[word])
            sounds.keep(person, spoken, wav_of(tone(0.2)), at(8))
    return served


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


@pytest.mark.parametrize("how", ["card", "idle", "pagehide", "other screen"])
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


def test_lights_the_cards_in_silence_where_nothing_can_sound(
    recorded: Served, open_tablet: OpenTablet
) -> None:
    page = open_watched(open_tablet)
    page.context.set_offline(True)
    page.evaluate(WATCH_LIT)
    ear(page).tap()
    for number in range(1, 6):
        wait_until(page, lambda number=number: len(page.evaluate("lit")) >= number)
        pass_time(page, 2000)
        page.wait_for_timeout(50)
        pass_time(page, 2000)
    wait_for_silence(page)
    assert page.evaluate("lit") == list("12340")


def test_is_kept_for_days_without_network_and_forgotten_when_deleted(
    recorded: Served, open_tablet: OpenTablet
) -> None:
    page = open_watched(open_tablet)
    page.evaluate("navigator.serviceWorker.ready")
    kept = (
        "caches.open('checkin-sounds').then((c) => c.keys()).then((all) => all.map((r) => r.url))"
    )
    assert page.evaluate(kept) == []
    pass_time(page, IDLE_MS)
    pass_time(page, PAUSE_MS)
    wait_until(page, lambda: len(page.evaluate(kept)) == len(FOUR) * 2)
    reload(page)
    page.context.set_offline(True)
    ear(page).tap()
    wait_for_silence(page)
    assert page.evaluate("heard.length") == len(FOUR) * 2
    assert _part_of_kept_sound(page) == [206, 2, "audio/wav"]
    page.context.set_offline(False)
    person = signing_in.list_staff(recorded.school.id)[0]
    sounds.delete(person, "ti", "sad")
    reload(page)
    pass_time(page, IDLE_MS)
    pass_time(page, PAUSE_MS)
    wait_until(page, lambda: not [url for url in page.evaluate(kept) if "/ti/sad" in url])
    assert not [url for url in page.evaluate(kept) if "/ti/sad" in url]
    page.evaluate("dispatchEvent(new Event('stranger'))")
    wait_until(page, lambda: page.evaluate(kept) == [])
    assert page.evaluate(kept) == []


def _part_of_kept_sound(page: Page) -> list[object]:
    return page.evaluate(
        """async () => {
          const { sound } = document.querySelector("[data-sound]").dataset;
          const answer = await fetch(sound, { headers: { Range: "bytes=0-1" } });
          const bytes = await answer.arrayBuffer();
          return [answer.status, bytes.byteLength, answer.headers.get("content-type")];
        }"""
    )


def test_speaks_with_a_voice_of_the_device_but_never_with_one_from_the_network(
    served: Served, open_tablet: OpenTablet
) -> None:
    served.change_classroom(languages="so,ti,nl", card_set=4)
    page = open_watched(open_tablet, WATCH + VOICES)
    ear(page).tap()
    wait_until(page, lambda: len(page.evaluate("spoken")) >= FIRST_TWO)
    ear(page).tap()
    somali = words_in("so")
    assert page.evaluate("spoken")[:2] == [["own", somali["happy"]], ["own", somali["sad"]]]
    page.evaluate("spoken.length = 0")
    page.locator('[data-language="ti"]').tap()
    ear(page).tap()
    dutch = "/audio/nl/"
    wait_until(page, lambda: sum(dutch in one["what"] for one in heard(page)) > FIRST_TWO)
    assert page.evaluate("spoken") == []


def test_has_a_name_and_works_by_key(recorded: Served, open_tablet: OpenTablet) -> None:
    page = open_watched(open_tablet)
    pass_time(page, GUARD_MS)
    button = page.get_by_role("button", name=words_in("ti")["listen"])
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    wait_until(page, lambda: bool(heard(page)))
    assert words_heard(page)[0] == ("ti", "happy")


def test_every_shipped_sound_is_a_word_that_can_be_heard(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    paths = [f"/static/audio/{path.relative_to(AUDIO)}" for path in sorted(AUDIO.glob("*/*.mp3"))]
    measured = page.evaluate(
        """async (paths) => {
          const context = new OfflineAudioContext(1, 1, 22050);
          return Promise.all(paths.map(async (path) => {
            const bytes = await (await fetch(path)).arrayBuffer();
            const sound = await context.decodeAudioData(bytes);
            const samples = sound.getChannelData(0);
            const peak = samples.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
            const power = samples.reduce((sum, one) => sum + one * one, 0) / samples.length;
            return { path, seconds: sound.duration, peak, loudness: Math.sqrt(power) };
          }));
        }""",
        paths,
    )
    assert len(measured) > 100
    for one in measured:
        assert 0.3 < one["seconds"] < 3.3, one
        assert 0.5 < one["peak"] < 1, one
        assert one["loudness"] > 0.04, one
