"""The pupil's screen, with real fingers: one tap, two seconds, nobody sees."""

import gzip
import json
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from checkin.services import enrolling
from tests.browser.conftest import UNDO_SECONDS, OpenTablet, Served
from tests.browser.hands import (
    ENDING_MS,
    GUARD_MS,
    LANDSCAPE,
    PHONE,
    PORTRAIT,
    SLIDE_THAT_YIELDS_NO_CLICK,
    box,
    card,
    expect_nothing_kept,
    expect_taps,
    kept_in_browser,
    middle,
    pass_time,
    screen,
    sent_taps,
    touch,
    wait_for_fresh_cards,
    wait_until,
)
from tests.school import MONDAY, at, next_day

# One tap


def test_a_tap_turns_all_cards_and_is_stored_after_a_while(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.ANGRY).tap()
    expect(screen(page, "turned")).to_be_visible()
    assert taps == []
    assert kept_in_browser(page) == []
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    assert [(t["round"], t["day"], t["feeling"], t["helps"]) for t in taps] == [
        ("check-in", MONDAY.isoformat(), Feeling.ANGRY.digit, 0)
    ]
    assert len(taps[0]["key"]) == 32
    expect_nothing_kept(page)


def test_a_finger_that_slides_a_little_still_chooses(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    x, y = middle(page, Feeling.HAPPY)
    touch(page, (x, y), (x + SLIDE_THAT_YIELDS_NO_CLICK, y + 10))
    expect(screen(page, "turned")).to_be_visible()


def test_a_finger_that_slides_off_chooses_nothing(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    its = box(page, Feeling.HAPPY)
    x, y = middle(page, Feeling.HAPPY)
    touch(page, (x, y), (its["x"] + its["width"] + 30, y))
    page.wait_for_timeout(100)
    expect(screen(page, "turned")).to_be_hidden()
    touch(page, (x, y), (its["x"] + its["width"] + 20, y))
    expect(screen(page, "turned")).to_be_visible()


def test_the_card_goes_in_under_the_finger(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    x, y = middle(page, Feeling.SAD)
    page.mouse.move(x, y)
    page.mouse.down()
    expect(page.locator(".card.is-pressed")).to_have_count(1)
    page.mouse.move(5, 5)
    expect(page.locator(".card.is-pressed")).to_have_count(0)
    page.mouse.up()
    expect(screen(page, "turned")).to_be_hidden()


def test_only_the_first_finger_counts(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    fingers = page.context.new_cdp_session(page)
    first, second = middle(page, Feeling.CALM), middle(page, Feeling.SAD)
    both = [{"x": x, "y": y, "id": n} for n, (x, y) in enumerate((first, second))]
    for kind, points in (
        ("touchStart", both[:1]),
        ("touchStart", both),
        ("touchEnd", both[:1]),
        ("touchEnd", []),
    ):
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    assert [tap["feeling"] for tap in taps] == [Feeling.CALM.digit]


def test_undo_takes_it_back_and_nothing_ever_leaves(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.SCARED).tap()
    pass_time(page, GUARD_MS)
    page.locator(".undo").tap()
    expect(screen(page, "turned")).to_be_hidden()
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, 5000)
    page.wait_for_timeout(200)
    assert taps == []
    assert served.tapped() == 0


def test_a_second_choice_gets_the_whole_time_again(served: Served, open_tablet: OpenTablet) -> None:
    served.change_classroom(undo_seconds=3)
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.SCARED).tap()
    pass_time(page, GUARD_MS)
    page.locator(".undo").tap()
    expect(screen(page, "turned")).to_be_hidden()
    pass_time(page, GUARD_MS)
    card(page, Feeling.CALM).tap()
    expect(screen(page, "turned")).to_be_visible()
    pass_time(page, 3000 - 2 * GUARD_MS)
    page.wait_for_timeout(50)
    expect(screen(page, "turned")).to_be_visible()
    pass_time(page, 2 * GUARD_MS)
    expect(screen(page, "heard")).to_be_visible()
    expect_taps(page, served, 1)
    assert [tap["feeling"] for tap in taps] == [Feeling.CALM.digit]


def test_ghost_taps_after_a_change_of_screen_do_nothing(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.HAPPY).tap()
    page.touchscreen.tap(512, 400)  # where the undo button has just appeared
    expect(screen(page, "turned")).to_be_visible()
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    assert len(taps) == 1


def test_the_keyboard_works_and_leaves_no_focus_behind(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    card(page, Feeling.TIRED).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".undo")).to_be_focused()
    wait_for_fresh_cards(page)
    assert page.evaluate("document.activeElement.localName") == "main"
    expect_taps(page, served, 1)


def test_a_held_key_does_not_take_its_own_choice_back(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    card(page, Feeling.TIRED).focus()
    page.keyboard.down("Enter")
    pass_time(page, GUARD_MS)
    page.keyboard.down("Enter")  # a repeat
    expect(screen(page, "turned")).to_be_visible()
    page.keyboard.up("Enter")


def test_twelve_children_one_after_the_other(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    for n in range(12):
        page.locator(".card").nth(n % 9).tap()
        wait_for_fresh_cards(page)
    expect_taps(page, served, 12)


# Nobody sees


def test_the_screen_is_the_same_whatever_was_tapped(open_tablet: OpenTablet) -> None:
    page = open_tablet(reduced_motion="reduce")
    expect(page.locator("[data-waiting] [data-count]")).to_have_text("0")
    before = _all_that_shows(page)
    length = page.evaluate("history.length")
    seen = set()
    for feeling in (Feeling.HAPPY, Feeling.SAD, Feeling.CALM, Feeling.PASS):
        its = box(page, feeling)
        # At its foot: of the calm card that is where 'back' appears under the finger.
        page.touchscreen.tap(its["x"] + its["width"] / 2, its["y"] + its["height"] - 10)
        expect(screen(page, "turned")).to_be_visible()
        turned = _all_that_shows(page)
        pass_time(page, UNDO_SECONDS * 1000)
        expect(screen(page, "heard")).to_be_visible()
        ending = _all_that_shows(page)
        pass_time(page, ENDING_MS)
        expect(screen(page, "cards")).to_be_visible()
        seen.add((turned, ending))
        assert _all_that_shows(page)[1:] == before[1:]
        pass_time(page, GUARD_MS)
    assert len(seen) == 1
    assert page.evaluate("history.length") == length


def _all_that_shows(page: Page) -> tuple[str, ...]:
    focused = page.evaluate("document.activeElement.outerHTML.slice(0, 80)")
    return focused, page.locator("body").inner_html(), page.url, page.title()


def test_the_focus_is_not_on_the_card_that_was_tapped(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    card(page, Feeling.SAD).tap()
    wait_for_fresh_cards(page)
    assert page.locator(".card:focus, .card:focus-within, .is-pressed").count() == 0


def test_a_waiting_tap_is_locked_away(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.context.set_offline(True)
    for feeling in (Feeling.HAPPY, Feeling.SAD):
        card(page, feeling).tap()
        wait_for_fresh_cards(page)
    entries = kept_in_browser(page)
    assert [set(entry) for entry in entries] == [{"key", "tablet", "iv", "box"}] * 2
    assert len({len(entry["box"]) for entry in entries}) == 1
    assert b"feeling" not in bytes(entries[0]["box"])
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_request_has_one_length_for_every_card(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    lengths: set[int] = set()

    def measure(request: Request) -> None:
        if '"key"' in (request.post_data or ""):
            lengths.add(len(request.post_data))

    page.on("request", measure)
    for feeling in (Feeling.PASS, Feeling.SAD, Feeling.WORRIED):
        card(page, feeling).tap()
        wait_for_fresh_cards(page)
    expect_taps(page, served, 3)
    assert len(lengths) == 1


# Without network


def test_taps_wait_without_network_and_are_sent_when_it_is_back(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    page.context.set_offline(True)
    for feeling in (Feeling.HAPPY, Feeling.SAD, Feeling.PASS):
        card(page, feeling).tap()
        wait_for_fresh_cards(page)
    expect(page.locator("[data-waiting]")).to_be_visible()
    expect(page.locator("[data-count]")).to_have_text("3")
    expect_taps(page, served, 0)
    page.context.set_offline(False)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect_taps(page, served, 3)
    expect_nothing_kept(page)


def test_a_lost_answer_does_not_count_twice(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    lost: list[bool] = []

    def lose_the_answer(route: Any) -> None:
        if not lost and '"key"' in route.request.post_data:
            route.fetch()
            lost.append(True)
            route.abort()
        else:
            route.continue_()

    page.route("**/tablet/taps", lose_the_answer)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    expect(page.locator("[data-waiting]")).to_be_visible()
    expect(page.locator("[data-waiting]")).to_be_hidden(timeout=10_000)
    expect_taps(page, served, 1)


def test_taps_outlive_a_closed_page(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.context.set_offline(True)
    card(page, Feeling.CALM).tap()
    wait_for_fresh_cards(page)
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    with again.expect_response("**/tablet/taps"):
        again.goto(f"{served.url}/tablet")
    expect(again.locator("[data-waiting]")).to_be_hidden()
    expect_taps(page, served, 1)


def test_a_busy_server_is_asked_again_later(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    answers = iter([503, 503])

    def be_busy(route: Any) -> None:
        status = next(answers, None)
        if status is None:
            route.continue_()
        else:
            route.fulfill(status=status, headers={"Retry-After": "1"}, json={"error": "full"})

    page.route("**/tablet/taps", be_busy)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    expect(page.locator("[data-waiting]")).to_be_hidden(timeout=10_000)
    expect_taps(page, served, 1)


def test_a_refused_tap_is_set_aside_with_its_reason(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()

    def refuse(route: Any) -> None:
        taps = json.loads(route.request.post_data)["taps"]
        answers = [{"key": t["key"], "status": "refused", "reason": "no such round"} for t in taps]
        route.fulfill(json={"results": answers})

    page.route("**/tablet/taps", refuse)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    expect_nothing_kept(page)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert [entry["reason"] for entry in kept_in_browser(page, "aside")] == ["no such round"]


def test_one_bad_tap_does_not_hold_the_others_up(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.context.set_offline(True)
    for feeling in (Feeling.HAPPY, Feeling.SAD, Feeling.CALM):
        card(page, feeling).tap()
        wait_for_fresh_cards(page)
    bad = kept_in_browser(page)[0]["key"]

    def complain(route: Any) -> None:
        if bad in route.request.post_data:
            route.fulfill(status=400, json={"error": "tap 1: no"})
        else:
            route.continue_()

    page.route("**/tablet/taps", complain)
    page.context.set_offline(False)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect_taps(page, served, 2)
    assert [entry["key"] for entry in kept_in_browser(page, "aside")] == [bad]


def test_an_empty_queue_is_reported_and_one_that_waits_is_not_called_empty(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    page.wait_for_load_state("networkidle")
    reports: list[tuple[int, int]] = []

    def note(request: Request) -> None:
        if request.url.endswith("/tablet/taps"):
            body = json.loads(request.post_data)
            reports.append((len(body["taps"]), body["waiting"]))

    page.on("request", note)
    card(page, Feeling.HAPPY).tap()
    with page.expect_response("**/tablet/taps"):  # while it may still be taken back
        page.evaluate("dispatchEvent(new Event('online'))")
    wait_for_fresh_cards(page)
    expect_nothing_kept(page)
    page.evaluate("dispatchEvent(new Event('online'))")
    wait_until(page, lambda: len(reports) > 2)
    assert reports == [(0, 1), (1, 0), (0, 0)]


# Which round


def test_the_tablets_own_clock_does_not_matter(served: Served, open_tablet: OpenTablet) -> None:
    served.clock.now = at(14, 10)
    page = open_tablet()
    expect(screen(page, "cards")).to_be_visible()
    assert page.locator("body").get_attribute("data-round") == "check-out"
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1, Moment.CHECK_OUT)


def test_between_the_rounds_the_school_sleeps(served: Served, open_tablet: OpenTablet) -> None:
    served.clock.now = at(11)
    page = open_tablet()
    expect(screen(page, "asleep")).to_be_visible()
    expect(screen(page, "cards")).to_be_hidden()
    assert page.locator(".card:visible, .round:visible").count() == 0


def test_a_round_opens_by_itself_even_without_network(
    served: Served, open_tablet: OpenTablet
) -> None:
    served.clock.now = at(8, 14)
    page = open_tablet()
    expect(screen(page, "asleep")).to_be_visible()
    page.context.set_offline(True)
    page.clock.fast_forward("01:10")
    expect(screen(page, "cards")).to_be_visible()
    page.clock.fast_forward("45:00")
    expect(screen(page, "asleep")).to_be_visible()


def test_a_sealed_round_takes_its_cards_away(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    expect(screen(page, "cards")).to_be_visible()
    served.school.seal()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(screen(page, "asleep")).to_be_visible()


def test_of_two_open_rounds_the_earlier_one_unless_picked(
    served: Served, open_tablet: OpenTablet
) -> None:
    served.open_both_rounds()
    page = open_tablet()
    expect(page.locator(".round:visible")).to_have_count(2)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    page.locator('.round[data-round="check-out"]').tap()
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    expect_taps(page, served, 1, Moment.CHECK_OUT)


def test_the_picture_of_the_one_open_round_is_no_button(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    expect(page.locator(".round:visible")).to_have_count(1)
    expect(page.locator(".round:visible")).to_be_disabled()


def test_a_tap_belongs_to_the_round_it_was_made_in(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.context.set_offline(True)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    served.clock.now = at(14, 10)
    page.context.set_offline(False)
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect_taps(page, served, 1)
    expect_taps(page, served, 0, Moment.CHECK_OUT)


def test_other_cards_are_loaded_when_nobody_is_there(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    expect(page.locator(".card")).to_have_count(9)
    served.change_classroom(card_set=4)
    page.clock.fast_forward("00:31")
    expect(page.locator(".card")).to_have_count(5)


def test_a_revoked_tablet_keeps_its_taps_and_asks_for_a_grown_up(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    page.context.set_offline(True)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    enrolling.revoke(served.school.tablet.id, 1, served.clock())
    page.context.set_offline(False)
    expect(screen(page, "stranger")).to_be_visible()
    assert page.locator(".card:visible").count() == 0
    assert len(kept_in_browser(page)) == 1
    page.locator(".for-staff a").tap()
    page.wait_for_url("**/tablet/enrolment")
    expect(page.locator("[data-held-back]")).to_be_visible()
    expect(page.locator("[data-held-back] [data-count]")).to_have_text("1")
    assert page.locator("[data-enrolment]").evaluate("form => form.inert")
    page.locator("[data-give-up]").tap()
    expect(page.locator("[data-held-back]")).to_be_hidden()
    page.locator("[data-code]").fill(served.new_code().lower())
    page.locator("[data-enrolment] button").tap()
    page.wait_for_url("**/tablet")
    expect(screen(page, "cards")).to_be_visible()


# Words and places


def test_the_home_word_goes_with_the_chosen_language_and_back_when_idle(
    open_tablet: OpenTablet,
) -> None:
    page = open_tablet()
    words = card(page, Feeling.SAD).locator(".word:visible")
    expect(words).to_have_text(["verdrietig"])
    page.locator('[data-language="ar"]').tap()
    expect(words).to_have_text(["حُزْن", "verdrietig"])
    assert words.first.evaluate("w => getComputedStyle(w).direction") == "rtl"
    assert words.last.evaluate("w => getComputedStyle(w).direction") == "ltr"
    page.locator('[data-language="ti"]').tap()
    expect(words).to_have_text(["ጓሂ", "verdrietig"])
    assert (words.first.get_attribute("lang"), words.last.get_attribute("lang")) == ("ti", "nl")
    page.clock.fast_forward("00:21")
    expect(words).to_have_text(["verdrietig"])


def test_cards_stay_in_their_places_in_every_language(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    before = [box(page, feeling) for feeling in Feeling]
    page.locator('[data-language="ar"]').tap()
    assert [box(page, feeling) for feeling in Feeling] == before


@pytest.mark.parametrize("cards", [4, 6, 8])
def test_all_cards_fit_and_can_be_hit(served: Served, open_tablet: OpenTablet, cards: int) -> None:
    served.change_classroom(card_set=cards)
    page = open_tablet()
    for language in ("nl", "ar", "ti"):
        page.locator(f'[data-language="{language}"]').tap()
        for size in (LANDSCAPE, PORTRAIT, PHONE):
            page.set_viewport_size(size)
            _check_cards(page, cards, size)


def _check_cards(page: Page, cards: int, size: dict[str, int]) -> None:
    is_phone = size is PHONE
    boxes = [one.bounding_box() for one in page.locator(".card").all()]
    assert len(boxes) == cards + 1
    for its in boxes:
        assert its["x"] >= 0 and its["y"] >= 0
        assert its["x"] + its["width"] <= size["width"]
        assert its["y"] + its["height"] <= size["height"] - 64
        assert min(its["width"], its["height"]) >= (96 if is_phone else 160)
        assert its["width"] == pytest.approx(boxes[0]["width"], abs=0.5)
        assert its["height"] == pytest.approx(boxes[0]["height"], abs=0.5)
    gap = 12 if is_phone else 24
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert _distance(one, other) >= gap - 0.5
    root = page.evaluate(SCROLLED)
    assert root == [size["width"], size["height"]]
    assert page.evaluate(WORDS_THAT_STICK_OUT) == []
    if not is_phone:
        assert page.evaluate(SMALLEST_WORD) >= 28


SCROLLED = (
    "(({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight])(document.documentElement)"
)
WORDS_THAT_STICK_OUT = """[...document.querySelectorAll(".word:not([hidden])")].filter((word) => {
  const range = document.createRange();
  range.selectNodeContents(word);
  const text = range.getBoundingClientRect();
  const card = word.closest(".card").getBoundingClientRect();
  return text.left < card.left || text.right > card.right || text.bottom > card.bottom;
}).map((word) => word.textContent)"""
SMALLEST_WORD = """Math.min(...[...document.querySelectorAll(".word")].map(
  (word) => parseFloat(getComputedStyle(word).fontSize)))"""


def _distance(one: dict[str, float], other: dict[str, float]) -> float:
    across = max(one["x"], other["x"]) - min(one["x"] + one["width"], other["x"] + other["width"])
    down = max(one["y"], other["y"]) - min(one["y"] + one["height"], other["y"] + other["height"])
    return max(across, down)


def test_a_card_keeps_its_place_when_the_set_grows(served: Served, open_tablet: OpenTablet) -> None:
    places: list[list[tuple[int, int]]] = []
    for cards in (4, 6, 8):
        served.change_classroom(card_set=cards)
        page = open_tablet()
        boxes = [one.bounding_box() for one in page.locator(".card:not(.is-last)").all()]
        columns = sorted({its["x"] for its in boxes})
        rows = sorted({its["y"] for its in boxes})
        places.append([(columns.index(its["x"]), rows.index(its["y"])) for its in boxes])
    assert places[1][:4] == places[0]
    assert places[2][:6] == places[1]


def test_the_first_load_is_small(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    sizes: dict[str, int] = {}
    page.on("response", lambda r: sizes.__setitem__(r.url, len(gzip.compress(r.body()))))
    page.reload(wait_until="networkidle")
    scripts = sum(size for url, size in sizes.items() if url.endswith(".js"))
    assert scripts <= 15_000
    assert sum(sizes.values()) <= 60_000


def test_reduced_motion_turns_nothing(open_tablet: OpenTablet) -> None:
    page = open_tablet(reduced_motion="reduce")
    card(page, Feeling.HAPPY).tap()
    page.wait_for_timeout(350)
    turned = page.locator(".front").first.evaluate("f => getComputedStyle(f).transform")
    faded = page.locator(".front").first.evaluate("f => getComputedStyle(f).opacity")
    assert (turned, faded) == ("none", "0")


def test_tomorrow_is_another_round(served: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    served.clock.now = at(8, 30, next_day())
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_timeout(200)
    card(page, Feeling.HAPPY).tap()
    wait_for_fresh_cards(page)
    wait_until(page, lambda: bool(taps))
    assert [tap["day"] for tap in taps] == [next_day().isoformat()]
