"""What tests of several kinds share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-checker-imaging",  # paints nothing before its pictures are there
)
PATIENCE_MS = 20_000
"""How long a browser may take for what it must do in the end; only a failure waits so long."""


TRANSLATIONS = Path(__file__).parents[1] / "translations"


def pytest_configure() -> None:
    """Stop at once where the words are not compiled: English in place of Dutch fails far away."""
    for source in TRANSLATIONS.rglob("*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            raise pytest.UsageError(
                f"{compiled.name} is older than {source}: make catalogues-compiled"
            )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give what runs in a real browser a second go: the summary names each that needed it.

    Chromium's own processes may stand still for longer than any test allows on a machine that
    does other work; two times in a row is not chance. Nothing else is ever tried twice.
    """
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=1))


def find_chromium() -> str | None:
    """Return the Chromium that is installed; None is Playwright's own."""
    return os.environ.get("CHECKIN_CHROMIUM") or shutil.which("chromium")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start one Chromium for all tests."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(QUIET))
        yield browser
        browser.close()
