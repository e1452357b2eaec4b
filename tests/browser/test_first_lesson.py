"""In a real browser: the first lesson is led by keys, its rehearsal keeps and sends nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import TABLET, Served
from tests.browser.hands import (
    GUARD_MS,
    card,
    pass_time,
    screen,
    sign_in,
    wait_for_fresh_cards,
)
from tests.school import taps

KEPT = """async () => [
  localStorage.length,
  sessionStorage.length,
  (await indexedDB.databases()).length,
  (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length,
  history.state,
]"""


@pytest.fixture
def teacher(served: Served, chromium: Browser) -> Iterator[Page]:
    """The board of the teacher of the first classroom, who is signed in."""
    context = chromium.new_context(viewport=TABLET, has_touch=True, locale="en-GB")
    page = context.new_page()
    errors: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    sign_in(page, served.url)
    yield page
    context.close()
    assert errors == []


def lesson(served: Served, more: str = "") -> str:
    return f"{served.url}/classrooms/{served.school.classrooms[0]}/first-lesson{more}"


def step(page: Page, name: str):
    return page.locator(f'[data-step="{name}"]')


def test_a_lesson_is_led_by_keys_buttons_and_dots(teacher: Page, served: Served) -> None:
    teacher.goto(lesson(served))
    expect(step(teacher, "sees")).to_be_visible()
    teacher.keyboard.press("ArrowRight")
    expect(step(teacher, "card-1")).to_be_visible()
    expect(step(teacher, "sees")).to_be_hidden()
    teacher.click('[data-go="1"]')
    expect(step(teacher, "card-2")).to_be_visible()
    teacher.keyboard.press("ArrowLeft")
    expect(step(teacher, "card-1")).to_be_visible()
    teacher.click(".dot >> nth=0")
    expect(step(teacher, "sees")).to_be_visible()
    teacher.keyboard.press("ArrowLeft")  # there is nothing before the first
    expect(step(teacher, "sees")).to_be_visible()
    teacher.keyboard.press("End")
    expect(step(teacher, "ready")).to_be_visible()
    expect(teacher.locator('[data-go="1"]')).to_be_disabled()
    teacher.reload()  # the step stands in the address
    expect(step(teacher, "ready")).to_be_visible()
    teacher.keyboard.press("Escape")
    expect(teacher).to_have_url(f"{served.url}/classrooms/{served.school.classrooms[0]}/trend")


def test_a_card_says_its_words_one_after_the_other(teacher: Page, served: Served) -> None:
    teacher.goto(lesson(served, "#card-1"))
    with teacher.expect_request("**/audio/nl/happy.mp3"):
        step(teacher, "card-1").locator("[data-say-all]").click()
    with teacher.expect_request("**/audio/nl/sad.mp3"):
        teacher.keyboard.press("ArrowRight")
        step(teacher, "card-2").locator("button[data-say][lang=nl]").click()


def test_a_rehearsal_turns_takes_back_and_ends_but_keeps_and_sends_nothing(
    teacher: Page, served: Served
) -> None:
    served.change_classroom(coping="check-in")
    teacher.clock.install()
    teacher.goto(lesson(served, "/practice"), wait_until="networkidle")
    before = teacher.evaluate(KEPT)
    asked: list[str] = []
    teacher.on("request", lambda request: asked.append(request.url))
    for take_back in (True, False):
        pass_time(teacher, GUARD_MS)
        card(teacher, Feeling.SAD).tap()
        expect(screen(teacher, "coping")).to_be_visible()
        pass_time(teacher, GUARD_MS)
        teacher.locator('[data-helps="1"]').tap()
        if take_back:
            expect(screen(teacher, "turned")).to_be_visible()
            pass_time(teacher, GUARD_MS)
            teacher.locator(".undo").tap()
            expect(screen(teacher, "cards")).to_be_visible()
        else:
            wait_for_fresh_cards(teacher)
    assert asked == []
    assert teacher.evaluate(KEPT) == before == [0, 0, 0, 0, 0, None]
    assert served.tapped() == 0
    teacher.keyboard.press("Escape")
    expect(step(teacher, "ready")).to_be_visible()


@pytest.mark.parametrize("size", [(1024, 768), (768, 1024), (390, 844)], ids=str)
def test_every_step_fits_the_screen(teacher: Page, served: Served, size: tuple[int, int]) -> None:
    served.change_classroom(coping="check-in", languages="nl,ar,uk,ti,so")
    teacher.set_viewport_size({"width": size[0], "height": size[1]})
    teacher.goto(lesson(served))
    names = teacher.locator("[data-step]").evaluate_all("all => all.map(s => s.dataset.step)")
    for name in names:
        expect(step(teacher, name)).to_be_visible()
        assert teacher.evaluate("document.documentElement.scrollWidth") <= size[0], name
        over = step(teacher, name).evaluate("s => s.scrollHeight - s.clientHeight")
        assert over <= 1 or (name == "helps" and size[0] < 400), name  # six cards, five languages
        teacher.keyboard.press("ArrowRight")


def test_the_lesson_prints_on_one_page(teacher: Page, served: Served) -> None:
    served.change_classroom(coping="check-in")
    teacher.goto(lesson(served, "/sheet"))
    assert teacher.pdf(format="A4").count(b"/Type /Page\n") == 1


def test_the_order_of_languages_is_what_the_arrows_made_of_it(
    teacher: Page, served: Served
) -> None:
    id = served.school.classrooms[0]
    teacher.goto(f"{served.url}/classrooms/{id}/rituals")  # nl, ar, ti
    up = teacher.locator("li:has([value=ti]) [data-move='-1']")
    up.click()
    expect(up).to_be_focused()
    teacher.keyboard.press("Enter")
    teacher.click("text=Save what they see")
    expect(teacher.locator(".notice.is-done")).to_be_visible()
    offered = teacher.locator("[data-order] [name=languages]:is(:checked, [type=hidden])")
    assert offered.evaluate_all("all => all.map(one => one.value)") == ["ti", "nl", "ar"]


def test_one_day_gives_its_times_to_the_others(teacher: Page, served: Served) -> None:
    id = served.school.classrooms[0]
    teacher.goto(f"{served.url}/classrooms/{id}/rituals")
    teacher.fill("[name=check-out-1-closes]", "15:15")
    teacher.click("text=Every day like Monday")
    teacher.click("text=Save days and times")
    expect(teacher.locator(".notice.is-done")).to_be_visible()
    assert teacher.input_value("[name=check-out-3-closes]") == "15:15"
    assert teacher.input_value("[name=check-out-3-opens]") == "14:00"


def test_we_heard_you_hides_its_words_and_goes_back_on_escape(
    teacher: Page, served: Served
) -> None:
    id = served.school.classrooms[0]
    trend = f"{served.url}/classrooms/{id}/trend"
    teacher.goto(trend)
    served.school.tap(*taps(4, 8))
    served.school.seal()
    teacher.reload()
    teacher.click("text=Show it for the check-in")
    words = teacher.locator("[data-words]")
    expect(words).to_be_in_viewport()
    teacher.click("text=Hide the words")
    expect(words).to_have_class("is-away")
    teacher.keyboard.press("Escape")
    expect(teacher).to_have_url(trend)
