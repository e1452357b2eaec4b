"""A pupil asks for a talk without a word, and sees by a picture that it was seen."""

import pytest
from playwright.sync_api import expect

from checkin.domain.talks import Step
from checkin.services import talking, talking_settings
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    GUARD_MS,
    LANDSCAPE,
    PHONE,
    PHONE_LYING,
    PORTRAIT,
    SMALL_PHONE,
    choose_language,
    pass_time,
    screen,
    sent_taps,
    wait_until,
)
from tests.browser.lasting_tablet import IS_READY
from tests.browser.talking import (
    choose_symbol,
    expect_stored,
    let_it_go,
    look,
    need,
    sent_wishes,
    stored,
    symbol,
    wait_for_needs,
)
from tests.talks import let_pupils_ask, name_adult, people_of

KEPT_WISHES = """() => new Promise((resolve) => {
  const request = indexedDB.open("checkin-talk");
  request.onsuccess = () => {
    const all = request.result.transaction("wishes").objectStore("wishes").getAll();
    all.onsuccess = () => resolve(all.result.map((entry) =>
      ({ ...entry, iv: [...entry.iv], box: [...new Uint8Array(entry.box)] })));
  };
})"""


def test_it_is_off_until_it_is_filled_in(served: Served, open_tablet: OpenTablet) -> None:
    name_adult(served.school, "tess", "omar")
    page = open_tablet()
    pass_time(page, 3000)
    expect(page.locator(".listen")).to_be_enabled()
    assert page.locator(".need, [data-screen^=talk-]").count() == 0
    let_pupils_ask(served.school)
    page.reload()
    wait_for_needs(page)
    assert need(page, "pain").count() == 0


def test_a_pupil_asks_without_a_word_and_sees_that_it_was_seen(
    served: Served, open_tablet: OpenTablet
) -> None:
    let_pupils_ask(served.school, pain=True)
    page = open_tablet()
    wait_for_needs(page)
    wishes = sent_wishes(page)
    look(page, "fox", "nothing")
    choose_symbol(page, "fox")
    pass_time(page, GUARD_MS)
    page.locator(".undo").tap()
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, GUARD_MS)
    choose_symbol(page, "fox")
    let_it_go(page)
    look(page, "fox", "waits")  # before it has left the tablet
    assert wishes == []
    expect_stored(page, served, ["fox"])
    look(page, "fox", "waits")
    tess = people_of(served.school)["tess"]
    (one,) = talking.talks_for(tess, served.clock())
    talking.take(one.request, Step.SEEN, tess, served.clock())
    look(page, "fox", "seen")
    talking.take(one.request, Step.COME, tess, served.clock())
    look(page, "fox", "come")
    look(page, "bird", "nothing")
    assert [set(wish) for wish in wishes] == [{"key", "day", "kind", "adult", "symbol"}]


def test_pain_goes_to_who_is_named_for_it_and_may_be_without_a_symbol(
    served: Served, open_tablet: OpenTablet
) -> None:
    let_pupils_ask(served.school, pain=True)
    page = open_tablet()
    wait_for_needs(page, "pain")
    wishes = sent_wishes(page)
    need(page, "pain").tap()
    expect(screen(page, "talk-symbols")).to_be_visible()
    pass_time(page, GUARD_MS)
    symbol(page, "").tap()
    let_it_go(page)
    expect_stored(page, served, [""])
    assert [(wish["kind"], wish["symbol"]) for wish in wishes] == [("pain", "")]


def test_whoever_changes_their_mind_goes_back_and_nothing_is_sent(
    served: Served, open_tablet: OpenTablet
) -> None:
    let_pupils_ask(served.school)
    page = open_tablet()
    wait_for_needs(page)
    wishes, taps = sent_wishes(page), sent_taps(page)
    need(page).tap()
    pass_time(page, GUARD_MS)
    page.locator('[data-screen="talk-adults"] .is-back').tap()
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, GUARD_MS)
    need(page).tap()
    pass_time(page, GUARD_MS)
    page.locator('[data-choose="talk-adult"]').first.tap()
    expect(screen(page, "talk-symbols")).to_be_visible()
    page.clock.run_for(21_000)  # nobody is there any more
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, 130_000)
    page.wait_for_timeout(200)
    assert wishes == taps == []


def test_without_network_it_waits_locked_and_goes_when_it_is_back(
    served: Served, open_tablet: OpenTablet
) -> None:
    let_pupils_ask(served.school)
    page = open_tablet()
    wait_until(page, lambda: page.evaluate(IS_READY))
    wait_for_needs(page)
    page.context.set_offline(True)
    page.reload()
    wait_for_needs(page)
    for name in ("fox", "butterfly"):
        choose_symbol(page, name)
        let_it_go(page)
    look(page, "fox", "waits")
    look(page, "bird", "later")
    wait_until(page, lambda: len(page.evaluate(KEPT_WISHES)) == 2)
    kept = page.evaluate(KEPT_WISHES)
    assert [set(entry) for entry in kept] == [{"key", "tablet", "iv", "box"}] * 2
    assert len({len(entry["box"]) for entry in kept}) == 1
    assert not any(b"fox" in bytes(entry["box"]) for entry in kept)
    expect(page.locator("[data-waiting]")).to_be_hidden()  # taps alone are counted there
    page.context.set_offline(False)
    expect_stored(page, served, ["fox", "butterfly"])
    wait_until(page, lambda: page.evaluate(KEPT_WISHES) == [])
    assert page.evaluate(KEPT_WISHES) == []


def test_it_can_be_asked_between_the_rounds(served: Served, open_tablet: OpenTablet) -> None:
    let_pupils_ask(served.school)
    served.clock.now = served.clock.now.replace(hour=11)
    page = open_tablet()
    expect(screen(page, "asleep")).to_be_visible()
    wait_for_needs(page)
    choose_symbol(page, "kite")
    let_it_go(page, then="asleep")
    expect_stored(page, served, ["kite"])


def test_the_keyboard_alone_is_enough_in_arabic(served: Served, open_tablet: OpenTablet) -> None:
    let_pupils_ask(served.school)
    page = open_tablet()
    wait_for_needs(page)
    choose_language(page, "ar")
    need(page).focus()
    page.keyboard.press("Enter")
    adult = page.locator('[data-choose="talk-adult"]')
    expect(adult.locator('.word[lang="ar"]')).to_be_visible()
    expect(adult.locator('.word[lang="ti"]')).to_be_hidden()
    expect(adult).to_contain_text("juf tess")
    group = page.get_by_role("group", name="أُرِيدُ أَنْ أَتَكَلَّم")
    expect(group).to_be_visible()
    arrow = page.locator('[data-screen="talk-adults"] .is-back img')
    assert arrow.evaluate("e => getComputedStyle(e).transform").startswith("matrix(-1")
    pass_time(page, GUARD_MS)
    assert page.evaluate("document.activeElement.localName") == "main"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="ثَعْلَب")).to_be_visible()
    pass_time(page, GUARD_MS)
    symbol(page, "fox").focus()
    page.keyboard.press("Space")
    expect(page.locator(".undo")).to_be_focused()
    let_it_go(page)
    assert page.evaluate("document.activeElement.localName") == "main"
    expect_stored(page, served, ["fox"])


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, PHONE, PHONE_LYING, SMALL_PHONE])
def test_every_picture_fits_and_can_be_tapped(
    served: Served, open_tablet: OpenTablet, size: dict[str, int]
) -> None:
    let_pupils_ask(served.school, pain=True)
    for name, deputy in (("omar", "tess"), ("inge", "tess"), ("adam", "tess")):
        name_adult(served.school, name, deputy)
    page = open_tablet(viewport=size)
    wait_for_needs(page)
    _all_fit(page, size, ".strip button:visible")
    _what_waits_is_seen_whole(page, size)
    need(page).tap()
    expect(screen(page, "talk-adults")).to_be_visible()
    _all_fit(page, size, '[data-screen="talk-adults"] button')
    pass_time(page, GUARD_MS)
    page.locator('[data-choose="talk-adult"]').first.tap()
    _all_fit(page, size, '[data-screen="talk-symbols"] button')


def _what_waits_is_seen_whole(page, size: dict[str, int]) -> None:
    page.locator("[data-waiting]").evaluate(
        "sign => { sign.hidden = false; sign.querySelector('[data-count]').textContent = 12; }"
    )
    for box in (one.bounding_box() for one in page.locator("[data-waiting], .promise").all()):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= size["height"]


def _all_fit(page, size: dict[str, int], selector: str) -> None:
    boxes = [one.bounding_box() for one in page.locator(selector).all()]
    wrist = 64 if size["height"] >= 600 else 0
    for box in boxes:
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size["width"]
        assert box["y"] + box["height"] <= size["height"] - wrist + 1
        assert min(box["width"], box["height"]) >= 40
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            apart = (
                one["x"] + one["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= one["x"] + 1
                or one["y"] + one["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= one["y"] + 1
            )
            assert apart, (one, other)


def test_switched_off_the_tablet_keeps_no_face(served: Served, open_tablet: OpenTablet) -> None:
    let_pupils_ask(served.school)
    page = open_tablet()
    wait_for_needs(page)
    assert page.evaluate("caches.has('checkin-talk')")
    inge = people_of(served.school)["inge"]
    talking_settings.keep_setting(inge, "", None, [], served.clock())

    def is_gone_after_a_start() -> bool:
        page.reload()  # a slow server is not waited for: the page kept before comes once more
        pass_time(page, 3000)
        page.wait_for_timeout(300)
        return not page.evaluate("caches.has('checkin-talk')")

    wait_until(page, is_gone_after_a_start)
    assert not page.evaluate("caches.has('checkin-talk')")
    assert stored(served.school) == []
