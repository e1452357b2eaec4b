"""What the documents point to is there, and a guide says the same in both its languages."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "bench/**/*.md", "checkin/static/**/*.md")
    for path in ROOT.glob(pattern)
)
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
STEP = re.compile(r"^(?:\d+\.|- |\| )", re.MULTILINE)
LEVEL = re.compile(r"^#+ ", re.MULTILINE)
SPAN = re.compile(r"`([^`]+)`")
CHOSEN = re.compile(r"(PASSPHRASE=)'[^']*'")
FENCED = re.compile(r"^```.*?^```|^ {4}[^\n]*$", re.MULTILINE | re.DOTALL)
PALETTE = {"#1F2933", "#E6E1F2", "#B7A9D9", "#FFFFFF", "#F4D9A0", "#8172B8"}
DRAWINGS = sorted((ROOT / "docs" / "pictures").rglob("*.svg"))
MANUALS = ("running-it", "keeping-it")
GUIDES = [(ROOT / "docs" / "tablets.md", ROOT / "docs" / "tablets.nl.md")]
TWINS = [(ROOT / "docs" / f"{name}.md", ROOT / "docs" / f"{name}.nl.md") for name in MANUALS]
# The doctor speaks English: its words are explained on the Dutch page alone.
EXPLAINED = re.compile(r"^## Wat `checkin doctor` zegt\n(.*?)(?=^## )", re.MULTILINE | re.DOTALL)


def read(document: Path) -> str:
    return document.read_text(encoding="utf-8")


def links(document: Path) -> list[tuple[bool, str, str]]:
    """Return of each link whether it is a picture, its text and where it goes."""
    found = LINK.findall(FENCED.sub("", read(document)))
    return [(bool(mark), text, goal) for mark, text, goal in found]


def anchors(document: Path) -> set[str]:
    headings = HEADING.findall(FENCED.sub("", read(document)))
    return {re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-") for text in headings}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    for _, _, goal in links(document):
        if goal.startswith(("https://", "http://", "mailto:")):
            continue
        file, _, anchor = goal.partition("#")
        target = (document.parent / file).resolve() if file else document
        assert target.exists(), f"{goal} is not there"
        if anchor:
            assert anchor in anchors(target), f"{goal}: there is no such heading"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_picture_of_a_document_says_what_it_shows(document: Path) -> None:
    for is_picture, text, goal in links(document):
        assert not is_picture or len(text.split()) > 2, goal


@pytest.mark.parametrize(("one", "other"), GUIDES, ids=lambda path: path.name)
def test_a_guide_says_the_same_in_both_languages(one: Path, other: Path) -> None:
    def shape(document: Path) -> list[object]:
        pictures = [goal for is_picture, _, goal in links(document) if is_picture]
        return [pictures, len(HEADING.findall(read(document))), len(STEP.findall(read(document)))]

    assert shape(one) == shape(other)


def commands(text: str) -> list[str]:
    """Return the code of a page; what stands after two spaces explains a command."""
    lines = [line.strip() for line in FENCED.findall(text)]
    told = [one.split("  ")[0] if one.startswith(("checkin ", "make ")) else one for one in lines]
    return [CHOSEN.sub(r"\1''", one) for one in told]


def spans(text: str) -> set[str]:
    return {" ".join(span.split()) for span in SPAN.findall(text)}


@pytest.mark.parametrize(("english", "dutch"), TWINS, ids=lambda path: path.name)
def test_a_manual_has_the_same_parts_and_commands_in_both_languages(
    english: Path, dutch: Path
) -> None:
    here, there = EXPLAINED.sub("", read(dutch)), read(english)
    assert commands(here) == commands(there)
    assert spans(there) - spans(here) == set()
    for part in (STEP, LINK):
        assert len(part.findall(here)) == len(part.findall(there)), part.pattern
    assert LEVEL.findall(here) == LEVEL.findall(there)


@pytest.mark.parametrize("drawing", DRAWINGS, ids=name_of)
def test_a_drawing_needs_no_language_and_keeps_to_the_palette(drawing: Path) -> None:
    source = read(drawing)
    assert "<text" not in source
    assert set(re.findall(r"#[0-9A-Fa-f]{3,8}\b", source)) <= PALETTE


def test_every_drawing_is_shown_somewhere() -> None:
    shown = {
        (document.parent / goal).resolve()
        for document in DOCUMENTS
        for is_picture, _, goal in links(document)
        if is_picture
    }
    assert set(DRAWINGS) <= shown
