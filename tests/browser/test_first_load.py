"""What the first load weighs, and how little need move."""

import gzip

from checkin.domain.feelings import Feeling
from tests.browser.conftest import OpenTablet, Served
from tests.browser.hands import (
    card,
)


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
