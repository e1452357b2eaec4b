"""Staff read on their page what each tablet has downloaded, how much waits, and where."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from checkin.domain.feelings import Feeling
from checkin.domain.school import Kept
from tests.browser.conftest import QUIET, TABLET, OpenTablet, Served
from tests.browser.hands import (
    card,
    expect_taps,
    pass_time,
    screen,
    wait_for_fresh_cards,
    wait_until,
)
from tests.browser.lasting_tablet import IS_READY

EVERY_MS = 31_000
HOST = "school.test"


def report(page: Page) -> None:
    """Let half a minute pass: the tablet says how it is."""
    with page.expect_response("**/tablet/taps"):
        pass_time(page, EVERY_MS)


def test_a_tablet_says_that_all_is_downloaded_once_it_is(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    wait_until(page, lambda: page.evaluate(IS_READY))
    report(page)
    report(page)
    tablet = served.school.tablet
    assert tablet.downloaded == served.school.app.extensions["static_version"]
    assert tablet.kept is Kept.DISK


def test_a_cache_that_lacks_one_file_is_not_called_whole(
    served: Served, open_tablet: OpenTablet
) -> None:
    page = open_tablet()
    wait_until(page, lambda: page.evaluate(IS_READY))
    lost = page.evaluate("""async () => {
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys())
          if (request.url.endsWith("/queue.js")) return (await caches.open(name)).delete(request);
    }""")
    assert lost is True
    page.reload()
    report(page)
    report(page)
    assert served.school.tablet.downloaded == ""


# Over plain http, at a name that is not this machine's own


@pytest.fixture
def plain(served: Served, chromium: Browser) -> Iterator[Page]:
    """The cards at http://school.test, where a browser offers no safe place for anything."""
    program = os.environ.get("CHECKIN_CHROMIUM") or shutil.which("chromium")
    rules = f"--host-resolver-rules=MAP {HOST} 127.0.0.1"
    browser = chromium.browser_type.launch(executable_path=program, args=[*QUIET, rules])
    page = browser.new_context(viewport=TABLET, has_touch=True, locale="en-GB").new_page()
    address = served.url.replace("127.0.0.1", HOST)
    cookie = {"name": "checkin_tablet", "value": served.school.token, "url": address}
    page.context.add_cookies([cookie])
    page.clock.install()
    page.goto(f"{address}/tablet")
    yield page
    browser.close()


def test_over_plain_http_taps_wait_in_memory_and_are_sent(served: Served, plain: Page) -> None:
    assert plain.evaluate("isSecureContext") is False
    plain.context.set_offline(True)
    for feeling in (Feeling.SAD, Feeling.HAPPY):
        card(plain, feeling).tap()
        wait_for_fresh_cards(plain)
    expect(plain.locator("[data-waiting] [data-count]")).to_have_text("2")
    plain.context.set_offline(False)
    expect(plain.locator("[data-waiting]")).to_be_hidden()
    expect_taps(plain, served, 2)
    tablet = served.school.tablet
    assert (tablet.downloaded, tablet.kept) == ("", Kept.MEMORY)


def test_over_plain_http_a_small_grown_up_leads_nowhere(served: Served, plain: Page) -> None:
    mark = plain.locator("[data-in-memory]")
    expect(mark).to_be_visible()
    expect(mark.locator("svg")).to_be_visible()
    box = mark.bounding_box()
    assert box["height"] < 64
    assert box["y"] > TABLET["height"] - 64  # where a wrist rests, and nothing is tapped
    mark.tap()
    pass_time(plain, 1_000)
    expect(screen(plain, "cards")).to_be_visible()
    assert plain.url.endswith("/tablet")
    assert mark.locator("a, button").count() == 0
    assert mark.evaluate("mark => mark.innerText.trim()") == "!"


def test_whoever_closes_a_page_with_taps_in_memory_is_asked_first(plain: Page) -> None:
    plain.context.set_offline(True)
    card(plain, Feeling.SAD).tap()
    wait_for_fresh_cards(plain)
    expect(plain.locator("[data-waiting] [data-count]")).to_have_text("1")
    asked: list[str] = []
    plain.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    plain.close(run_before_unload=True)
    wait_until(plain, lambda: bool(asked))
    assert asked == ["beforeunload"]
    assert not plain.is_closed()


def test_over_https_or_on_this_machine_there_is_no_such_mark(open_tablet: OpenTablet) -> None:
    page = open_tablet()
    page.wait_for_load_state("networkidle")
    assert page.locator("[data-in-memory]").count() == 0
