"""The site of documents and guides is whole, stands alone, and switches language."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tools import make_site
from tools.site_map import DOCUMENTS, GUIDES, Page, pages, twin_of

GOAL = re.compile(r'(?:href|src)="([^"]+)"')
LOADED = re.compile(r'(?:src="|<link[^>]+href="|url\(|@import\s+)["\']?([^"\')\s]+)')
ANCHOR = re.compile(r'id="([^"]+)"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built") / "site"
    make_site.main(folder)
    return folder


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def page_of(name: str) -> Page:
    return next(page for page in pages() if page.document == GUIDES / name)


def test_every_document_is_a_page(site: Path) -> None:
    assert {page.document for page in pages()} == set(DOCUMENTS.rglob("*.md"))
    assert all((site / page.address).is_file() for page in pages())


def test_every_guide_is_listed_beside_each_page(site: Path) -> None:
    for language in ("nl", "en"):
        guides = {page for page in pages() if page.is_guide and page.language == language}
        assert {page.document for page in guides} == set((GUIDES / language).glob("*.md"))
        for page in guides:
            side = read(site / page.address).partition("</nav>")[0]
            assert all(str(other.address) in side for other in guides)


def test_every_link_and_picture_of_the_site_leads_somewhere_in_it(site: Path) -> None:
    lost = []
    for path in site.rglob("*.html"):
        for goal in GOAL.findall(read(path)):
            if goal.startswith(("https://", "http://", "mailto:")):
                continue
            file, _, anchor = unquote(goal).partition("#")
            target = (path.parent / file).resolve() if file else path
            if not (target.is_relative_to(site) and target.is_file()):
                lost.append(f"{path.relative_to(site)}: {goal}")
            elif anchor and anchor not in ANCHOR.findall(read(target)):
                lost.append(f"{path.relative_to(site)}: no heading {goal}")
    assert lost == []


def test_no_page_loads_anything_from_another_host(site: Path) -> None:
    for path in (*site.rglob("*.html"), site / "site.css"):
        text = read(path)
        assert [one for one in LOADED.findall(text) if one.startswith(("http", "//"))] == []
        assert "<script" not in text


def test_a_guide_leads_to_its_twin_and_back() -> None:
    for page in pages():
        twin = twin_of(page)
        if page.is_guide:
            assert twin is not None
        if twin is not None:
            assert twin.language != page.language
            assert twin_of(twin) == page


def test_a_page_says_its_language_and_where_the_other_one_is(site: Path) -> None:
    page = read(site / page_of("nl/leerkracht.md").address)
    assert '<html lang="nl">' in page
    assert '<a lang="en" hreflang="en" href="../../guides/en/teacher.html">English</a>' in page


def test_what_is_only_for_the_build_is_not_on_a_page(site: Path) -> None:
    assert "held:" not in read(site / "papers" / "dpia.nl.html")


def test_the_site_is_small(site: Path) -> None:
    # 3 MB: what opens over a school's wifi, and fits in a mail.
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) < 3_000_000
