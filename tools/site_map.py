"""Which documents the site has, at which address, in which language."""

import functools
from pathlib import Path
from typing import NamedTuple

DOCUMENTS = Path(__file__).parent.parent / "docs"
GUIDES = DOCUMENTS / "guides"
# A guide in Dutch and its twin in English, in the order they are listed.
TWINS = {
    "leerkracht": "teacher",
    "eerste-les": "first-lesson",
    "ib": "ib",
    "ouders": "parents",
    "ict": "ict",
}
HOME = Path("index.html")
WORDS = {
    "nl": {
        "name": "Nederlands",
        "about": "inchecken en uitchecken met plaatjes",
        "guides": "Handleidingen",
        "all": "Alle documenten (meest Engels)",
        "skip": "Naar de inhoud",
    },
    "en": {
        "name": "English",
        "about": "checking in and out with pictures",
        "guides": "Guides",
        "all": "All documents",
        "skip": "To the content",
    },
}


class Page(NamedTuple):
    """A document, and where it lies in the site."""

    document: Path
    address: Path
    language: str
    is_guide: bool


@functools.cache
def pages() -> tuple[Page, ...]:
    """Return every page: the first one, then the guides in the order they are listed."""
    guides = [
        Page(GUIDES / language / f"{name}.md", _below(language, name), language, True)
        for dutch, english in TWINS.items()
        for language, name in (("nl", dutch), ("en", english))
    ]
    home = Page(GUIDES / "README.md", HOME, "nl", False)
    index = Page(DOCUMENTS / "README.md", Path("documents.html"), "en", False)
    taken = {page.document for page in guides} | {home.document, index.document}
    others = [
        Page(path, path.relative_to(DOCUMENTS).with_suffix(".html"), language_of(path), False)
        for path in sorted(DOCUMENTS.rglob("*.md"))
        if path not in taken
    ]
    return (home, *guides, index, *others)


def language_of(document: Path) -> str:
    """Return the language a document is written in: `x.nl.md`, or a folder `nl`, is Dutch."""
    is_dutch = document.name.endswith(".nl.md") or document.parent.name == "nl"
    return "nl" if is_dutch else "en"


def twin_of(page: Page) -> Page | None:
    """Return the same page in the other language, or None."""
    known = {one.document: one for one in pages()}
    name, folder = page.document.name.removesuffix(".md"), page.document.parent
    if page.is_guide:
        other = TWINS[name] if page.language == "nl" else _dutch(name)
        return known[GUIDES / ("en" if page.language == "nl" else "nl") / f"{other}.md"]
    if page.document.name.endswith(".nl.md"):
        bare = name.removesuffix(".nl")
        names: tuple[str, ...] = (f"{bare}.md", f"{bare}.en.md")
    else:
        names = (f"{name.removesuffix('.en')}.nl.md",)
    return next((known[folder / one] for one in names if folder / one in known), None)


def _dutch(english: str) -> str:
    return next(dutch for dutch, other in TWINS.items() if other == english)


def _below(language: str, name: str) -> Path:
    return Path("guides") / language / f"{name}.html"
