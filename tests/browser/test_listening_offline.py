"""Without network the ear plays what the tablet kept, or lights the cards in silence."""

from playwright.sync_api import Page

from checkin.services import signing_in, sounds
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    pass_time,
    wait_until,
)
from tests.browser.listening import FOUR, ear, open_watched, reload, wait_for_silence

IDLE_MS = 21_000
PAUSE_MS = 6_000
WATCH_LIT = """() => {
  window.lit = [];
  const note = ({ target }) => target.matches(".is-lit") && lit.push(target.dataset.feeling);
  const watched = { subtree: true, attributeFilter: ["class"] };
  new MutationObserver((all) => all.forEach(note)).observe(document.querySelector("main"), watched);
}"""


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
