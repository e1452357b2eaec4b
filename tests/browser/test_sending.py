"""Taps wait, are sent, sent again and acknowledged; none is lost, none counts twice."""

import json
from typing import Any

from playwright.sync_api import Request, expect

from checkin.domain.feelings import Feeling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    card,
    expect_nothing_kept,
    expect_taps,
    kept_in_browser,
    wait_for_fresh_cards,
    wait_until,
)


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
