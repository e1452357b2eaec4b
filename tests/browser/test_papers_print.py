"""The papers come out of a printer as they should: a leaflet is two sides of one sheet."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page

from checkin.domain.access import Role
from checkin.services import signing_in
from checkin.storage.database import db
from checkin.storage.rows import SchoolRow
from checkin.web.leaflet import CODES
from tests.browser.conftest import Served
from tests.school import PASSWORD

PHONE = {"width": 390, "height": 844}
A4 = (210, 297)
PAGES = {"dpia": 4, "register": 2, "council": 1}
"""How many sides of A4 a paper may take."""
LONG = "Openbare basisschool De Regenboog aan de Nieuwe Molenweg, locatie Noord"


def test_every_paper_fits_its_sheet_and_a_phone(served: Served, chromium: Browser) -> None:
    db.session.get_one(SchoolRow, served.school.id).name = LONG
    heads = ["Johanna van den Bergh-Mohammadzadeh", "Pieter-Willem de Vries"]
    for n, name in enumerate(heads):
        email = f"head{n}@school.example"
        signing_in.add_staff(served.school.id, email, name, PASSWORD, [Role.HEAD])
    context = chromium.new_context(viewport=PHONE, locale="nl-NL")
    session = signing_in.sign_in("head0@school.example", PASSWORD, served.clock())
    context.add_cookies([{"name": "checkin_session", "value": session, "url": served.url}])
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    for code in CODES:
        page.goto(f"{served.url}/papers/leaflet/{code}")
        _fits(page, code, most=2)
    for paper, most in PAGES.items():
        for language in ("nl", "en"):
            page.goto(f"{served.url}/papers/{paper}?language={language}")
            _fits(page, f"{paper} {language}", most)
    fonts = {Path(url).stem for url in asked if url.endswith(".woff2")}
    assert {"arabic", "ethiopic"} <= fonts
    assert not [url for url in asked if not url.startswith(f"{served.url}/")]
    context.close()


def _fits(page: Page, what: str, most: int) -> None:
    assert page.get_by_role("heading", level=1).count() == 1, what
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"], what
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) <= most, what
    boxes = re.findall(rb"MediaBox \[0 0 ([\d.]+) ([\d.]+)", paper)
    assert {tuple(round(float(side) / 72 * 25.4) for side in box) for box in boxes} == {A4}, what
