"""Take the pictures of the README and of the guides, of a demo that it serves itself.

python -m tools.take_pictures [http://127.0.0.1:8000] takes them of one that is being served.
"""

import contextlib
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.guide_pictures import SIZE, sign_in, take, take_guides

DOCUMENTS = Path(__file__).parent.parent / "docs"

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextlib.contextmanager
def serve_demo() -> Iterator[str]:
    """Serve a fresh demo school on a free port, and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "checkin", "demo", "--port", port, "--dir", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:  # noqa: S603
            try:
                if demo.stdout is None or not any(line == "ready\n" for line in demo.stdout):
                    raise SystemExit("the demo did not start")
                yield f"http://127.0.0.1:{port}"
            finally:
                demo.terminate()


def main(url: str, documents: Path = DOCUMENTS) -> None:
    """Take every picture: of the README in Dutch, of the guides in both languages."""
    folder = documents / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        take_cards(browser, url, folder)
        teacher = sign_in(browser, url, "Omar Haddad")
        take_a_seal(teacher, url)
        take(teacher, f"{url}/classrooms/3/trend?weeks=10", folder / "trend.png")
        care = sign_in(browser, url, "Inge Visser")
        care.goto(f"{url}/flags")
        first = care.locator("main a[href^='/flags/']").first.get_attribute("href")
        take(care, f"{url}{first}", folder / "flag.png")
        take(care, f"{url}/review", folder / "review.png")
        take_setting_up(browser, url, folder / "tablets")
        take_guides(browser, url, documents / "guides" / "pictures")
        browser.close()


def take_cards(browser: Browser, url: str, folder: Path) -> None:
    """Take the pupil's screen of the class of eight cards, with Arabic as home language."""
    context = browser.new_context(viewport=SIZE, locale="nl", has_touch=True)
    page = context.new_page()
    page.goto(f"{url}/sign-in")
    with context.expect_page() as opened:
        page.locator("form[action='/demo/tablets/3'] button").click()
    tablet = opened.value
    tablet.set_viewport_size(SIZE)
    picker = tablet.locator("button.picker")  # there when the class has many languages
    tablet.locator("button.card").first.wait_for()
    if picker.is_visible():
        picker.tap()
        tablet.wait_for_timeout(1000)
    tablet.get_by_role("button", name="العربية").tap()
    tablet.wait_for_timeout(1000)
    tablet.screenshot(path=folder / "cards.png")
    for _ in range(8):  # so that there is something to seal
        tablet.locator("button.card").first.tap()
        tablet.wait_for_timeout(5500)
    context.close()


def take_setting_up(browser: Browser, url: str, folder: Path) -> None:
    """Take what the guide to tablets shows: a tablet as staff see it, a code, and where it goes."""
    folder.mkdir(exist_ok=True)
    admin = sign_in(browser, url, "Adam de Wit")
    admin.goto(f"{url}/tablets")
    admin.locator("section.card", has_text="ISK 1b").screenshot(path=folder / "staff.png")
    admin.locator("main form button").first.click()
    admin.locator("main .code").first.wait_for()
    admin.screenshot(path=folder / "code.png")
    tablet = browser.new_context(viewport=SIZE, locale="nl", has_touch=True).new_page()
    take(tablet, f"{url}/tablet/enrolment", folder / "enrolment.png")


def take_a_seal(page: Page, url: str) -> None:
    """Seal the check-in, as a teacher would."""
    page.goto(f"{url}/classrooms/3/trend")
    button = page.locator("form[action$='check-in/seal'] button")
    if button.count():
        button.click()
        page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    if sys.argv[1:]:
        main(sys.argv[1])
    else:
        with serve_demo() as address:
            main(address)
