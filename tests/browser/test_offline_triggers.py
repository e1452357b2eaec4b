"""What waits is sent at every sign that the network may be back, by one tab, and never too late."""

import json
from collections.abc import Callable, Iterator
from threading import Lock
from typing import Any

import pytest
from flask import Response
from playwright.sync_api import Page, Request, expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    card,
    expect_nothing_kept,
    expect_taps,
    kept_in_browser,
    pass_time,
    wait_for_fresh_cards,
    wait_until,
)
from tests.browser.lasting_tablet import IS_READY
from tests.often import first

A_MINUTE = "60"
PAUSE_MS = 61_000
EVERY_MS = 30_000
TRIGGERS = {
    "online": "dispatchEvent(new Event('online'))",
    "visibilitychange": "document.dispatchEvent(new Event('visibilitychange'))",
    "pageshow": "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))",
}


class Door:
    """The server's address for taps: shut, it says 'later'; it notes who came through."""

    def __init__(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        self.is_shut = False
        self.keys: list[str] = []
        self.inside = self.most_inside = 0
        self._lock = Lock()
        views = served.school.app.view_functions
        self._open = views["tablet.tap"]
        monkeypatch.setitem(views, "tablet.tap", self._answer)

    def _answer(self, **values: Any) -> Any:
        from flask import request

        if self.is_shut:
            answer = Response(json.dumps({"error": "later"}), 503, mimetype="application/json")
            answer.headers["Retry-After"] = A_MINUTE
            return answer
        with self._lock:
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)
            self.keys += [tap["key"] for tap in request.get_json()["taps"]]
        try:
            return self._open(**values)
        finally:
            with self._lock:
                self.inside -= 1


@pytest.fixture
def door(served: Served, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    yield Door(served, monkeypatch)


def tap_and_wait(page: Page, *feelings: Feeling) -> None:
    for feeling in feelings:
        card(page, feeling).tap()
        wait_for_fresh_cards(page)


def tap_at_a_shut_door(page: Page, door: Door) -> None:
    """Leave a tap that waits, and a tablet that was told to ask again in a minute."""
    door.is_shut = True
    with page.expect_response(lambda answer: answer.status == 503):
        tap_and_wait(page, Feeling.SAD)
    expect(page.locator("[data-waiting] [data-count]")).to_have_text("1")
    door.is_shut = False


@pytest.mark.parametrize("trigger", TRIGGERS)
def test_a_sign_of_network_sends_at_once(
    served: Served, open_tablet: OpenTablet, door: Door, trigger: str
) -> None:
    page = open_tablet()
    tap_at_a_shut_door(page, door)
    page.wait_for_timeout(300)
    assert served.tapped() == 0  # nothing happens by itself within that minute
    page.evaluate(TRIGGERS[trigger])
    expect_taps(page, served, 1)
    expect_nothing_kept(page)


@pytest.mark.parametrize(
    "again",
    [lambda page: page.reload(), lambda page: pass_time(page, PAUSE_MS)],
    ids=["a new start", "the end of a pause"],
)
def test_what_waits_is_sent_at(
    served: Served, open_tablet: OpenTablet, door: Door, again: Callable[[Page], None]
) -> None:
    page = open_tablet()
    tap_at_a_shut_door(page, door)
    again(page)
    expect_taps(page, served, 1)
    expect_nothing_kept(page)


def test_the_next_tap_takes_along_what_waits(
    served: Served, open_tablet: OpenTablet, door: Door
) -> None:
    page = open_tablet()
    page.context.set_offline(True)
    tap_and_wait(page, Feeling.HAPPY)
    expect(page.locator("[data-waiting] [data-count]")).to_have_text("1")
    page.evaluate("addEventListener('online', (event) => event.stopImmediatePropagation(), true)")
    page.context.set_offline(False)
    pass_time(page, 3_000)  # a first pause is two seconds
    tap_and_wait(page, Feeling.SAD)
    expect_taps(page, served, 2)


def test_an_idle_tablet_reports_every_half_minute(open_tablet: OpenTablet, door: Door) -> None:
    page = open_tablet()
    page.wait_for_load_state("networkidle")
    reports: list[Any] = []
    page.on("request", lambda asked: reports.append(_report(asked)) if _is_taps(asked) else None)
    for n in range(1, 4):
        with page.expect_response("**/tablet/taps"):
            pass_time(page, EVERY_MS)
        assert len(reports) == n
    assert [report["taps"] for report in reports] == [[]] * 3
    assert {report["waiting"] for report in reports} == {0}


def test_of_two_tabs_one_sends_and_each_tap_leaves_once(
    served: Served, open_tablet: OpenTablet, door: Door
) -> None:
    page = open_tablet()
    wait_until(page, lambda: page.evaluate(IS_READY))
    page.context.set_offline(True)
    tap_and_wait(page, Feeling.HAPPY, Feeling.SAD, Feeling.CALM)
    other = page.context.new_page()
    other.goto(f"{served.url}/tablet")
    expect(other.locator("[data-waiting] [data-count]")).to_have_text("3")
    waiting = {entry["key"] for entry in kept_in_browser(page)}
    page.context.set_offline(False)  # both hear of it
    expect_taps(page, served, 3)
    for tab in (page, other):
        expect(tab.locator("[data-waiting]")).to_be_hidden()
    assert sorted(door.keys) == sorted(waiting)
    assert door.most_inside == 1


def test_a_complaint_sets_a_tap_aside_and_staff_read_why(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet(locale="en-GB")
    complaint = {"status": 400, "json": {"error": "tap 1: no"}}
    page.route("**/tablet/taps", lambda route: _unless_empty(route, **complaint))
    tap_and_wait(page, Feeling.SAD)
    wait_until(page, lambda: len(kept_in_browser(page, "aside")) == 1)
    assert [entry["reason"] for entry in kept_in_browser(page, "aside")] == ["refused with 400"]
    page.goto(f"{served.url}/tablet/enrolment")
    page.locator("[data-set-aside] summary").click()
    lines = page.locator("[data-set-aside] li:visible")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text("not understood by the server")
    expect(lines.locator("[data-count]")).to_have_text("1")
    expect(page.locator("[data-held-back]")).to_be_hidden()


def test_a_server_that_was_set_right_gets_it_after_the_next_start(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    page.route("**/tablet/taps", lambda route: _unless_empty(route, 403, {"error": "no"}))
    tap_and_wait(page, Feeling.SAD)
    wait_until(page, lambda: len(kept_in_browser(page, "aside")) == 1)
    page.unroute("**/tablet/taps")
    page.reload()
    expect_taps(page, served, 1)
    assert kept_in_browser(page, "aside") == []


@pytest.mark.parametrize("status", first([404, 200, 401, 403]))
def test_a_portal_that_answers_in_the_schools_place_has_no_say_over_taps(
    served: Served, open_tablet: OpenTablet, status: int
) -> None:
    page = open_tablet()
    portal = {"status": status, "content_type": "text/html", "body": "<h1>Sign in here</h1>"}
    page.route("**/tablet/t*", lambda route: route.fulfill(**portal))
    tap_and_wait(page, Feeling.SAD)
    page.evaluate(TRIGGERS["online"])
    expect(page.locator("[data-waiting] [data-count]")).to_have_text("1")
    expect(page.locator('[data-screen="cards"]')).to_be_visible()
    page.unroute("**/tablet/t*")
    page.evaluate(TRIGGERS["online"])
    expect_taps(page, served, 1)


def _is_taps(request: Request) -> bool:
    return request.url.endswith("/tablet/taps")


def _report(request: Request) -> dict[str, Any]:
    return json.loads(request.post_data)


def _unless_empty(route: Any, status: int, json: Any) -> None:
    """Let reports through; answer taps."""
    if '"key"' in route.request.post_data:
        route.fulfill(status=status, json=json)
    else:
        route.continue_()
