"""The pictures of the guides, in each language they are written in: tools/take_pictures.py."""

from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize

SIZE = ViewportSize(width=1024, height=768)
LANGUAGES = ("nl", "en")
CLASSROOM = 3


def take_guides(browser: Browser, url: str, folder: Path) -> None:
    """Take every picture of the guides; a round of today is sealed already."""
    for language in LANGUAGES:
        here = folder / language
        here.mkdir(parents=True, exist_ok=True)
        teacher = sign_in(browser, url, "Omar Haddad", language)
        take(teacher, f"{url}/classrooms/{CLASSROOM}/trend?weeks=10", here / "class.png")
        take(teacher, f"{url}/talk", here / "talk.png")
        take(teacher, f"{url}/classrooms/{CLASSROOM}/first-lesson", here / "lesson.png")
        care = sign_in(browser, url, "Inge Visser", language)
        take(care, f"{url}/review", here / "review.png")
        take(care, f"{url}/papers/leaflet/{language}", here / "leaflet.png")


def sign_in(browser: Browser, url: str, name: str, language: str = "nl") -> Page:
    """Sign somebody in with the button on the demo's start page."""
    page = browser.new_context(viewport=SIZE, locale=language).new_page()
    page.goto(f"{url}/sign-in")
    page.get_by_role("button", name=name).click()
    page.wait_for_url("**/home")
    return page


def take(page: Page, address: str, path: Path) -> None:
    """Take one page as it is first seen."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2500)
    page.screenshot(path=path)
