"""'What helps me today': six pictures after every card alike, one tap or none."""

import gzip

import pytest
from playwright.sync_api import Page, expect

from checkin.domain.cards import Coping
from checkin.domain.feelings import Feeling
from checkin.domain.rounds import Moment
from tests.browser.conftest import UNDO_SECONDS, OpenTablet, Served
from tests.browser.hands import (
    ENDING_MS,
    GUARD_MS,
    LANDSCAPE,
    PHONE,
    PORTRAIT,
    all_that_shows,
    card,
    expect_nothing_kept,
    expect_taps,
    kept_in_browser,
    pass_time,
    screen,
    sent_taps,
    wait_for_fresh_cards,
    wait_until,
)
from tests.often import first

ASKING_MS = 10_000
CARDS = (Feeling.HAPPY, Feeling.SAD, Feeling.CALM, Feeling.PASS)


@pytest.fixture
def asking(served: Served) -> Served:
    served.change_classroom(coping="check-in")
    return served


def help_card(page: Page, coping: Coping | None):
    return page.locator(f'[data-helps="{coping.digit if coping else 0}"]')


def tap_and_be_asked(page: Page, feeling: Feeling) -> None:
    card(page, feeling).tap()
    expect(screen(page, "coping")).to_be_visible()
    expect(screen(page, "cards")).to_be_hidden()
    pass_time(page, GUARD_MS)


@pytest.mark.parametrize("feeling", first(CARDS))
@pytest.mark.parametrize("helps", [Coping.TALK, Coping.STRENGTH, None])
def test_one_tap_goes_along_with_the_card(
    asking: Served, open_tablet: OpenTablet, feeling: Feeling, helps: Coping | None
) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    tap_and_be_asked(page, feeling)
    help_card(page, helps).tap()
    wait_for_fresh_cards(page)
    expect_taps(page, asking, 1)
    assert [(tap["feeling"], tap["helps"]) for tap in taps] == [
        (feeling.digit, helps.digit if helps else 0)
    ]
    expect_nothing_kept(page)


def test_passes_by_itself(asking: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    tap_and_be_asked(page, Feeling.SAD)
    pass_time(page, ASKING_MS - 2 * GUARD_MS)
    page.wait_for_timeout(50)
    expect(screen(page, "coping")).to_be_visible()
    pass_time(page, 2 * GUARD_MS)
    wait_for_fresh_cards(page)
    expect_taps(page, asking, 1)
    assert [tap["helps"] for tap in taps] == [0]


def test_all_of_it_can_be_taken_back(asking: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    tap_and_be_asked(page, Feeling.SCARED)
    help_card(page, Coping.MOVE).tap()
    expect(screen(page, "turned")).to_be_visible()
    pass_time(page, GUARD_MS)
    page.locator(".undo").tap()
    expect(screen(page, "cards")).to_be_visible()
    expect(screen(page, "coping")).to_be_hidden()
    pass_time(page, ASKING_MS + 5000)
    page.wait_for_timeout(200)
    assert taps == []
    assert kept_in_browser(page) == []
    assert asking.tapped() == 0


def test_a_tablet_that_fell_asleep_on_it_keeps_nothing(
    asking: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    tap_and_be_asked(page, Feeling.SCARED)
    page.clock.fast_forward("05:00")
    expect(screen(page, "cards")).to_be_visible()
    pass_time(page, 5000)
    page.wait_for_timeout(200)
    assert asking.tapped() == 0


def test_ghost_taps_choose_nothing_that_helps(asking: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    card(page, Feeling.HAPPY).tap()
    page.touchscreen.tap(200, 300)
    expect(screen(page, "coping")).to_be_visible()
    page.touchscreen.tap(200, 300)  # the guard's time has not passed
    expect(screen(page, "coping")).to_be_visible()


def test_looks_the_same_after_every_card_and_whatever_helps(
    asking: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet(reduced_motion="reduce")
    expect(page.locator("[data-waiting] [data-count]")).to_have_text("0")
    expect(page.locator(".listen")).to_be_enabled()
    seen = set()
    for feeling, helps in zip(CARDS, (Coping.MOVE, None, Coping.THINK, Coping.TALK), strict=True):
        tap_and_be_asked(page, feeling)
        asked = all_that_shows(page), page.evaluate("document.activeElement.localName")
        help_card(page, helps).tap()
        expect(screen(page, "turned")).to_be_visible()
        expect(page.locator(".is-pressed")).to_have_count(0)
        turned = all_that_shows(page)
        pass_time(page, UNDO_SECONDS * 1000)
        expect(screen(page, "heard")).to_be_visible()
        pass_time(page, ENDING_MS)
        expect(screen(page, "cards")).to_be_visible()
        pass_time(page, GUARD_MS)
        seen.add((*asked, turned, all_that_shows(page)))
    assert len(seen) == 1
    expect_taps(page, asking, 4)


def test_a_choice_that_is_not_finished_counts_as_waiting(
    asking: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    page.wait_for_load_state("networkidle")
    tap_and_be_asked(page, Feeling.SAD)
    with page.expect_request("**/tablet/taps") as sent:
        page.evaluate("dispatchEvent(new Event('online'))")
    assert sent.value.post_data_json.items() >= {"taps": [], "waiting": 1}.items()


def test_is_asked_in_its_own_round_only(served: Served, open_tablet: OpenTablet) -> None:
    served.change_classroom(coping="check-out")
    served.open_both_rounds()
    page = open_tablet()
    card(page, Feeling.SAD).tap()
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1)
    page.locator('.round[data-round="check-out"]').tap()
    tap_and_be_asked(page, Feeling.SAD)
    help_card(page, Coping.IMAGINE).tap()
    wait_for_fresh_cards(page)
    expect_taps(page, served, 1, Moment.CHECK_OUT)


def test_is_not_even_on_the_page_when_it_is_off(open_tablet: OpenTablet) -> None:
    assert open_tablet().locator("[data-helps]").count() == 0


def test_all_pictures_fit_and_can_be_hit(asking: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    tap_and_be_asked(page, Feeling.SAD)
    for size in (LANDSCAPE, PORTRAIT, PHONE):
        page.set_viewport_size(size)
        boxes = [one.bounding_box() for one in page.locator("[data-helps]").all()]
        assert len(boxes) == len(Coping) + 1
        for its in boxes:
            assert its["x"] >= 0 and its["x"] + its["width"] <= size["width"]
            assert its["y"] >= 0 and its["y"] + its["height"] <= size["height"] - 64
            assert min(its["width"], its["height"]) >= (96 if size is PHONE else 160)
            assert its["width"] == pytest.approx(boxes[0]["width"], abs=0.5)


def test_the_keyboard_can_answer(asking: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    taps = sent_taps(page)
    card(page, Feeling.TIRED).focus()
    page.keyboard.press("Enter")
    expect(screen(page, "coping")).to_be_visible()
    assert page.evaluate("document.activeElement.localName") == "main"
    pass_time(page, GUARD_MS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    wait_for_fresh_cards(page)
    wait_until(page, lambda: bool(taps))
    assert [tap["helps"] for tap in taps] == [Coping.TALK.digit]


def test_the_first_load_stays_small(asking: Served, open_tablet: OpenTablet) -> None:
    page = open_tablet()
    sizes: dict[str, int] = {}
    page.on("response", lambda r: sizes.__setitem__(r.url, len(gzip.compress(r.body()))))
    page.reload(wait_until="networkidle")
    assert sum(sizes.values()) <= 60_000
