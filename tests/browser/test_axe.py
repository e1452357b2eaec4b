"""axe finds nothing: on no screen of the pupils', on no page of the staff's, light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from checkin.domain.feelings import Feeling
from checkin.services import enrolling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    ENDING_MS,
    GUARD_MS,
    PHONE,
    card,
    choose_language,
    pass_time,
    screen,
)
from tests.often import first

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def complaints(page: Page, where: str) -> list[str]:
    """Return what axe finds, and on what."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{where}: {one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:3]}"
        for one in found
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", first(["ar", "nl"]))
def test_finds_nothing_on_any_screen_of_the_pupils(
    served: Served, open_tablet: OpenTablet, scheme: str, language: str
) -> None:
    served.change_classroom(coping="check-in", undo_seconds=3)
    page = open_tablet(color_scheme=scheme)
    found = []
    choose_language(page, language)
    found += complaints(page, "cards")
    card(page, Feeling.SAD).tap()
    expect(screen(page, "coping")).to_be_visible()
    found += complaints(page, "coping")
    pass_time(page, GUARD_MS)
    page.locator('[data-helps="4"]').tap()
    expect(screen(page, "turned")).to_be_visible()
    found += complaints(page, "turned")
    pass_time(page, 3000)
    expect(screen(page, "heard")).to_be_visible()
    found += complaints(page, "heard")
    pass_time(page, ENDING_MS)
    expect(screen(page, "breathing")).to_be_visible()
    found += complaints(page, "breathing")
    served.school.seal()
    page.evaluate("dispatchEvent(new Event('online'))")
    pass_time(page, 31_000)
    expect(screen(page, "asleep")).to_be_visible()
    found += complaints(page, "asleep")
    enrolling.revoke(served.school.tablet.id, 1, served.clock())
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(screen(page, "stranger")).to_be_visible()
    found += complaints(page, "stranger")
    assert found == []


def test_finds_nothing_where_languages_are_laid_out_on_a_phone(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet(viewport=PHONE)
    found = complaints(page, "cards")
    page.locator(".picker").tap()
    found += complaints(page, "languages")
    assert found == []


STAFF = (
    "/home",
    "/classrooms/1/trend",
    "/flags",
    "/flags/1",
    "/review",
    "/review/2026-W48/decisions",
    "/review/2026-W48/decisions?print=1",
    "/patterns",
    "/patterns/settings",
    "/structure",
    "/classrooms",
    "/classrooms/1/rituals",
    "/tablets",
    "/words",
    "/sounds",
    "/how-it-works",
    "/papers",
    "/papers/dpia",
    "/papers/leaflet/ar",
    "/teams/new",
)


def let_it_draw(page: Page) -> None:
    """Wait for the one thing that is drawn later: the week pictures, when they come near."""
    chart = page.locator("[data-week-chart]")
    if chart.count():
        chart.scroll_into_view_if_needed()
        expect(chart).to_contain_class("is-drawn")


@pytest.mark.parametrize("scheme", first(["light", "dark"]))
def test_finds_nothing_on_the_pages_of_the_staff(alma: Page, scheme: str) -> None:
    alma.emulate_media(color_scheme=scheme)
    found = []
    for path in STAFF:
        answer = alma.goto(path)
        assert answer.status == 200, path
        let_it_draw(alma)
        found += complaints(alma, path)
    assert found == []


def test_finds_nothing_on_the_way_in(served: Served, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{served.url}/sign-in")
    found = complaints(page, "sign-in")
    page.goto(f"{served.url}/tablet/enrolment")
    found += complaints(page, "enrolment")
    page.close()
    assert found == []


def test_would_find_something(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.evaluate("document.querySelector('.card').replaceChildren()")
    assert any("button-name" in one for one in complaints(page, "cards"))
