"""The cards open without network, show nothing of what was, and send all once it is back."""

from typing import Any

import pytest
from flask import Flask, Response
from playwright.sync_api import Page, expect

from checkin.domain.feelings import Feeling
from checkin.services import enrolling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    ENDING_MS,
    GUARD_MS,
    card,
    expect_nothing_kept,
    expect_taps,
    hold_time,
    pass_time,
    screen,
    wait_for_fresh_cards,
    wait_until,
)
from tests.browser.lasting_tablet import IS_READY, PASS_TIME

IDLE_MS = 20_100
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      found.push([name, new URL(request.url).pathname, await answer.text()]);
    }
  }
  return found.sort();
}"""


def open_ready(open_tablet: OpenTablet) -> Page:
    """Open the cards and wait until all that they need is kept."""
    page = open_tablet()
    wait_until(page, lambda: page.evaluate(IS_READY))
    assert page.evaluate(IS_READY)
    return page


def kept(page: Page) -> list[tuple[str, str, str]]:
    return page.evaluate(KEPT)


def kept_paths(page: Page) -> list[str]:
    return [path for _, path, _ in kept(page)]


def test_a_tap_without_network_after_a_restart_is_stored_once(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_ready(open_tablet)
    page.context.set_offline(True)
    page.reload()
    assert page.evaluate("fetch('/healthz').then(() => 'there', () => 'away')") == "away"
    expect(screen(page, "cards")).to_be_visible()
    assert page.locator(".card img").evaluate_all("all => all.every((i) => i.naturalWidth > 0)")
    card(page, Feeling.SAD).tap()
    wait_for_fresh_cards(page)
    expect(page.locator("[data-count]")).to_have_text("1")
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(f"{served.url}/tablet")
    expect(again.locator("[data-count]")).to_have_text("1")
    context.set_offline(False)
    expect(again.locator("[data-waiting]")).to_be_hidden()
    expect_taps(again, served, 1)
    expect_nothing_kept(again)


def test_what_is_kept_is_the_cards_and_nothing_of_a_tap(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_ready(open_tablet)
    before = kept(page)
    assert all(path.startswith("/static/") or path in ("/", "/tablet") for _, path, _ in before)
    assert served.school.token not in str(before)
    for feeling in (Feeling.SAD, Feeling.PASS):
        card(page, feeling).tap()
        wait_for_fresh_cards(page)
    expect_taps(page, served, 2)
    page.context.set_offline(True)
    card(page, Feeling.ANGRY).tap()
    wait_for_fresh_cards(page)
    expect(page.locator("[data-count]")).to_have_text("1")
    assert kept(page) == before


def test_rounds_open_and_close_by_the_time_that_has_passed(open_tablet: OpenTablet) -> None:
    page = open_ready(open_tablet)
    page.context.set_offline(True)
    page.evaluate(PASS_TIME, 20)
    page.reload()
    expect(screen(page, "cards")).to_be_visible()
    page.evaluate(PASS_TIME, 20)
    page.reload()
    expect(screen(page, "asleep")).to_be_visible()


def test_the_server_is_asked_first(served: Served, open_tablet: OpenTablet) -> None:
    page = open_ready(open_tablet)
    served.change_classroom(card_set=4)
    page.reload()
    expect(page.locator(".card")).to_have_count(5)
    page.context.set_offline(True)
    page.reload()
    expect(page.locator(".card")).to_have_count(5)


def test_a_server_in_trouble_does_not_keep_the_cards_away(
    served: Served, open_tablet: OpenTablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_ready(open_tablet)
    views = served.school.app.view_functions
    monkeypatch.setitem(views, "tablet.show", lambda: Response("full", 503))
    page.reload()
    expect(screen(page, "cards")).to_be_visible()


def test_a_revoked_tablet_keeps_nothing_of_its_class(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_ready(open_tablet)
    enrolling.revoke(served.school.tablet.id, 1, served.clock())
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(screen(page, "stranger")).to_be_visible()
    wait_until(page, lambda: not {"/", "/tablet"} & set(kept_paths(page)))
    assert not {"/", "/tablet"} & set(kept_paths(page))


def test_a_tablet_that_was_revoked_while_it_was_off_forgets_too(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_ready(open_tablet)
    enrolling.revoke(served.school.tablet.id, 1, served.clock())
    page.goto(f"{served.url}/tablet")
    assert page.url.endswith("/tablet/grown-up")
    expect(page.get_by_role("img")).to_be_visible()
    assert page.locator("form").count() == 0
    wait_until(page, lambda: "/tablet" not in kept_paths(page))
    assert "/tablet" not in kept_paths(page)


# A worker that is watched, as tests do, never rests once it was asked anything after its first half
# minute: time stands still from the start, and no sound is fetched.
def test_a_newer_program_takes_over_when_nobody_is_there(
    served: Served, open_tablet: OpenTablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    served.change_classroom(undo_seconds=1)
    page = open_tablet(init=WITHOUT_SOUNDS)
    hold_time(page, 1000)
    wait_until(page, lambda: page.evaluate(IS_READY))
    (old,) = {name for name, path, _ in kept(page) if path == "/tablet"}
    make_newer(served.school.app, monkeypatch)
    page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
    wait_until(page, lambda: page.evaluate(IS_WAITING))
    card(page, Feeling.SAD).tap()
    for name, milliseconds in (("turned", 1000), ("heard", ENDING_MS), ("cards", GUARD_MS)):
        expect(screen(page, name)).to_be_visible()
        pass_time(page, milliseconds)
    expect_taps(page, served, 1)
    assert page.evaluate(IS_WAITING)
    assert old in page.evaluate("caches.keys()")
    pass_time(page, IDLE_MS)
    wait_until(page, lambda: old not in page.evaluate("caches.keys()"))
    assert old not in page.evaluate("caches.keys()")
    assert "checkin-newer" in page.evaluate("caches.keys()")


WITHOUT_SOUNDS = """addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-sound]").forEach((its) => delete its.dataset.sound);
});"""
IS_WAITING = "navigator.serviceWorker.getRegistration().then((r) => Boolean(r.waiting))"


def make_newer(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program have another version, of the same files."""
    worker = app.view_functions["tablet.worker"]

    def newer(**values: Any) -> Response:
        answer = worker(**values)
        own = f'"version": "{app.extensions["static_version"]}"'
        answer.set_data(answer.get_data(as_text=True).replace(own, '"version": "newer"'))
        return answer

    monkeypatch.setitem(app.view_functions, "tablet.worker", newer)


def test_the_browser_is_asked_once_to_keep_it_all(open_tablet: OpenTablet) -> None:
    page = open_ready(open_tablet)
    asked: list[bool] = []
    page.expose_function("asked", lambda: asked.append(True))
    page.add_init_script("if (navigator.storage) navigator.storage.persist = () => asked()")
    page.reload(wait_until="networkidle")
    assert asked == []
    page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.unregister())")
    page.reload()
    wait_until(page, lambda: bool(asked))
    assert asked == [True]
