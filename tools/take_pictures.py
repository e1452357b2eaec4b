"""Take the README's pictures of a demo that is being served.

python tools/take_pictures.py http://127.0.0.1:8000 docs/pictures
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SIZE = ViewportSize(width=1024, height=768)


def main(url: str, folder: Path) -> None:
    """Take every picture, in Dutch."""
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


def sign_in(browser: Browser, url: str, name: str) -> Page:
    """Sign somebody in with the button on the demo's start page."""
    page = browser.new_context(viewport=SIZE, locale="nl").new_page()
    page.goto(f"{url}/sign-in")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/home")
    return page


def take_a_seal(page: Page, url: str) -> None:
    """Seal the check-in, as a teacher would."""
    page.goto(f"{url}/classrooms/3/trend")
    button = page.locator("form[action$='check-in/seal'] button")
    if button.count():
        button.click()
        page.wait_for_load_state("networkidle")


def take(page: Page, address: str, path: Path) -> None:
    """Take one page as it is first seen."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2500)
    page.screenshot(path=path)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
