"""A browser is named by its family and its kind of device; of anything else nothing is kept."""

import pytest

from checkin.domain.browsers import Browser, read_browser

APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"


@pytest.mark.parametrize(
    ("said", "browser"),
    [
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {APPLE} Version/18 Safari/604",
         Browser("Safari", "iPhone")),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/18 Safari/605",
         Browser("Safari", "Mac")),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/141.0",
         Browser("Edge", "Windows")),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME} Safari/537.36",
         Browser("Chrome", "Chromebook")),
        (f"Mozilla/5.0 (Linux; Android 14; SM-X200) {CHROME} Safari/537.36",
         Browser("Chrome", "Android")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
         Browser("Firefox", "Linux")),
        ("curl/8.5", Browser()),
        ("", Browser()),
        ("<script>" * 10_000, Browser()),
    ],
)  # fmt: skip
def test_reads_a_browser(said: str, browser: Browser) -> None:
    assert read_browser(said) == browser
