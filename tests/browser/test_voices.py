"""A word is said by a recording or by a voice of the device, never by one from the network."""

from pathlib import Path

import checkin
from checkin.web.pupil_words import words_in
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    wait_until,
)
from tests.browser.listening import FIRST_TWO, WATCH, ear, heard, open_watched

AUDIO = Path(checkin.__file__).parent / "static" / "audio"
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
