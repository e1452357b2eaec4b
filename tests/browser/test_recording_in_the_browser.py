"""Staff record a word, cut it, hear it again and keep it; without a microphone a file will do."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from checkin.domain.sounds import RATE, read_wav
from checkin.services import sounds
from tests.browser.conftest import QUIET, Served
from tests.browser.hands import PHONE, sign_in
from tests.conftest import find_chromium
from tests.sounds import tone, wav_of

FAKE_MICROPHONE = (
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--host-resolver-rules=MAP school.test 127.0.0.1",  # a host that is not this machine
)
WATCH = """
window.played = [];
const play = HTMLMediaElement.prototype.play;
HTMLMediaElement.prototype.play = function () { played.push(this.src); return play.call(this); };
window.tracks = [];
const open = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
if (open) navigator.mediaDevices.getUserMedia = async (what) => {
  const stream = await open(what);
  tracks.push(...stream.getTracks());
  return stream;
};
"""
Open = Callable[..., Page]


@pytest.fixture(scope="module")
def with_microphone(chromium: Browser) -> Iterator[Browser]:
    """A browser with a microphone that beeps, and which it may use."""
    arguments, program = [*QUIET, *FAKE_MICROPHONE], find_chromium()
    with closing(chromium.browser_type.launch(executable_path=program, args=arguments)) as browser:
        yield browser


@pytest.fixture
def open_words(served: Served) -> Iterator[Open]:
    """Return a function that signs Tess in and opens the Tigrinya words; errors fail."""
    contexts, errors = [], []

    def open_it(browser: Browser, url: str = served.url, **options: object) -> Page:
        context = browser.new_context(**{"locale": "en-GB", **options})
        contexts.append(context)
        context.on("weberror", lambda error: errors.append(str(error.error)))
        context.on("console", lambda one: errors.append(one.text) if _is_wrong(one.text) else None)
        page = context.new_page()
        page.add_init_script(WATCH)
        sign_in(page, url)
        page.goto(f"{url}/sounds/ti")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert errors == []


def _is_wrong(said: str) -> bool:
    return "Content Security Policy" in said or "Uncaught" in said or "permissions policy" in said


def part(page: Page, name: str):
    return page.locator(f'[data-part="{name}"]')


def do(page: Page, what: str):
    return page.locator(f"[data-studio] [data-{what}]")


def record(page: Page, word: str = "sad", stop: bool = True) -> None:
    page.locator(f"#{word} [data-record]").click()
    do(page, "start").click()
    expect(part(page, "recording")).to_be_visible()
    if stop:
        page.wait_for_timeout(800)
        do(page, "stop").click()
    expect(part(page, "cutting")).to_be_visible(timeout=10_000)


def take_file(page: Page, content: bytes, field: str = "#studio-file") -> None:
    file = {"name": "word.wav", "mimeType": "audio/wav", "buffer": content}
    page.set_input_files(field, file)


def keep(page: Page) -> None:
    do(page, "keep").click()
    expect(part(page, "kept")).to_be_visible()


def kept_audio(served: Served, word: str = "sad") -> list[int]:
    kept = sounds.recordings_of(served.school.id, ["ti"])
    (one,) = [recording for recording in kept if recording.word == word]
    audio = sounds.find_audio(served.school.id, "ti", word, one.version)
    assert audio is not None
    return list(read_wav(audio))


def test_records_a_word_that_the_tablets_then_say(
    served: Served, with_microphone: Browser, open_words: Open
) -> None:
    page = open_words(with_microphone)
    record(page)
    assert page.evaluate("tracks.map((one) => one.readyState)") == ["ended"]
    do(page, "replay").click()
    page.wait_for_function("played.length > 0")
    assert page.evaluate("played[0]").startswith("blob:")
    keep(page)
    assert RATE // 5 <= len(kept_audio(served)) <= 4 * RATE
    do(page, "next").click()
    expect(part(page, "ready")).to_be_visible()
    expect(do(page, "says")).to_have_text(page.locator("#angry [data-text]").inner_text())
    do(page, "close").click()
    expect(page.locator("#sad")).to_contain_text("recorded on 23 November 2026")
    page.locator("#sad [data-hear]").click()
    page.wait_for_function("played.length > 0")
    assert re.search(r"/sounds/ti/sad/[0-9a-f-]+\.wav$", page.evaluate("played[0]"))


@pytest.mark.thorough
def test_stops_by_itself_and_cuts_with_the_keys(
    served: Served, with_microphone: Browser, open_words: Open
) -> None:
    page = open_words(with_microphone, viewport=PHONE)
    record(page, stop=False)
    begin, end = page.get_by_label("Begin of the word"), page.get_by_label("End of the word")
    begin.focus()
    page.keyboard.press("Home")
    end.focus()
    page.keyboard.press("Home")
    for _ in range(3):
        page.keyboard.press("PageUp")
    assert int(begin.input_value()) < int(end.input_value()) <= 500
    keep(page)
    assert RATE // 5 <= len(kept_audio(served)) <= 2.5 * RATE


@pytest.mark.thorough
def test_takes_the_silence_round_a_word_away(
    served: Served, with_microphone: Browser, open_words: Open
) -> None:
    page = open_words(with_microphone)
    page.locator("#sad [data-record]").click()
    silence = [0] * RATE
    wav = wav_of([*silence, *tone(0.5), *silence])
    take_file(page, wav)
    expect(part(page, "cutting")).to_be_visible()
    keep(page)
    assert RATE // 2 <= len(kept_audio(served)) <= RATE


def test_says_why_a_file_is_no_word_and_goes_on(
    served: Served, with_microphone: Browser, open_words: Open
) -> None:
    page = open_words(with_microphone)
    record(page)
    for content, why in ((b"<html>", "unreadable"), (wav_of([0] * RATE), "silent")):
        take_file(page, content)
        expect(page.locator(f'[data-studio] [data-why="{why}"]')).to_be_visible()
        expect(part(page, "cutting")).to_be_visible()  # what was recorded is still there
    keep(page)
    assert kept_audio(served)


def test_without_a_microphone_a_file_of_any_kind_will_do(
    served: Served, chromium: Browser, open_words: Open
) -> None:
    page = open_words(chromium)
    page.locator("#sad [data-record]").click()
    do(page, "start").click()
    expect(page.locator("[data-studio] [data-problem]")).to_be_visible()
    expect(part(page, "ready")).to_be_visible()
    stereo = [sample for sample in tone(1.5) for _ in range(2)]
    wav = wav_of(stereo, rate=44_100, channels=2)
    take_file(page, wav)
    expect(part(page, "cutting")).to_be_visible()
    keep(page)
    assert kept_audio(served)


def test_loses_nothing_when_the_network_is_away(
    served: Served, with_microphone: Browser, open_words: Open
) -> None:
    page = open_words(with_microphone)
    record(page)
    page.context.set_offline(True)
    do(page, "keep").click()
    expect(page.locator('[data-studio] [data-why="unsent"]')).to_be_visible()
    page.context.set_offline(False)
    page.context.clear_cookies()
    do(page, "keep").click()
    expect(page.locator('[data-studio] [data-why="signed-out"]')).to_be_visible()
    expect(part(page, "cutting")).to_be_visible()


def test_over_plain_http_says_so_and_takes_files(
    served: Served, with_microphone: Browser, open_words: Open
) -> None:
    page = open_words(with_microphone, url=served.url.replace("127.0.0.1", "school.test"))
    expect(page.locator('[data-cannot] [data-why="insecure"]')).to_be_visible()
    page.locator("#sad [data-record]").click()
    expect(do(page, "start")).to_be_hidden()
    take_file(page, wav_of(tone()))
    keep(page)
    assert kept_audio(served)


@pytest.mark.thorough
def test_closing_the_studio_closes_the_microphone(
    served: Served, with_microphone: Browser, open_words: Open
) -> None:
    page = open_words(with_microphone)
    page.locator("#sad [data-record]").click()
    do(page, "start").click()
    expect(part(page, "recording")).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_function("tracks.length && tracks.every((one) => one.readyState === 'ended')")
    assert sounds.recordings_of(served.school.id, ["ti"]) == []


def test_without_any_script_there_is_a_plain_form(
    served: Served, chromium: Browser, open_words: Open
) -> None:
    page = open_words(chromium, java_script_enabled=False)
    assert page.locator("[data-record]:visible").count() == 0
    page.locator("#file-word").select_option("sad")
    take_file(page, wav_of(tone()), "#file-sound")
    page.locator("[data-file-section] button").click()
    expect(page.locator("#sad")).to_contain_text("recorded on")
