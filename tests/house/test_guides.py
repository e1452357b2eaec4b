"""The guides say the same in two languages, in words of the screen, with commands that exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from checkin.cli import checkin

ROOT = Path(__file__).parents[2]
GUIDES = ROOT / "docs" / "guides"
TWINS = {
    "leerkracht.md": "teacher.md",
    "ib.md": "ib.md",
    "ict.md": "ict.md",
    "eerste-les.md": "first-lesson.md",
    "ouders.md": "parents.md",
}
PAIRS = [(GUIDES / "nl" / dutch, GUIDES / "en" / english) for dutch, english in TWINS.items()]
DOCUMENTS = sorted(
    path for pattern in ("*.md", "docs/**/*.md", "bench/**/*.md") for path in ROOT.glob(pattern)
)
BLOCK = re.compile(r"(?:^ {4}.*\n)+", re.MULTILINE)
FENCED = re.compile(r"^```[a-z]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`]+)`")
ON_SCREEN = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
HEADING = re.compile(r"^#+ ", re.MULTILINE)
STEP = re.compile(r"^(?:\d+\.|- |\| )", re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
BEGINS = r"(?:^\s*|&& |-m |-- )"
COMMAND = re.compile(BEGINS + r"(?:\S*/)?checkin ([a-z][^|>;&\n]*)", re.MULTILINE)
MAKE = re.compile(BEGINS + r"make ([a-z][a-z-]*)", re.MULTILINE)
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
OPTION = re.compile(r"(?<!\S)(--[a-z][a-z-]*)")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def code(document: Path) -> Iterator[str]:
    """Yield each block and each span that is written as code."""
    yield from FENCED.findall(read(document))
    text = FENCED.sub("", read(document))
    yield from (block.replace("\n    ", "\n").removeprefix("    ") for block in BLOCK.findall(text))
    yield from (" ".join(span.split()) for span in SPAN.findall(BLOCK.sub("", text)))


def words_on_screen(guide: Path) -> list[str]:
    return [" ".join(found.split()) for found in ON_SCREEN.findall(read(guide))]


def dutch_of_english() -> dict[str, set[str]]:
    """Return of each English text of the staff pages what it is in Dutch."""
    path = ROOT / "translations" / "nl" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="nl")
    known: dict[str, set[str]] = {}
    for message in catalogue:
        if isinstance(message.id, str) and isinstance(message.string, str):
            known.setdefault(message.id, set()).add(message.string)
    return known


def find_command(words: list[str]) -> click.Command | None:
    """Follow the words down to the command they name."""
    at: click.Command = checkin
    for word in words:
        if not isinstance(at, click.Group):
            break
        below = at.commands.get(word)
        if below is None:
            return None
        at = below
    return at


def complaint(line: str) -> str:
    """Return what is wrong with a command as it is written, or nothing."""
    words = line.split()
    command = find_command(words)
    if command is None:
        return f"there is no 'checkin {words[0]}'"
    known = {one for option in command.params for one in option.opts} | {"--help"}
    unknown = set(OPTION.findall(line)) - known
    return f"'checkin {words[0]}' has no {', '.join(sorted(unknown))}" if unknown else ""


def test_each_guide_has_its_twin() -> None:
    assert {path.name for path in (GUIDES / "nl").glob("*.md")} == set(TWINS)
    assert {path.name for path in (GUIDES / "en").glob("*.md")} == set(TWINS.values())


@pytest.mark.parametrize(("dutch", "english"), PAIRS, ids=name_of)
def test_twins_have_the_same_parts(dutch: Path, english: Path) -> None:
    def shape(guide: Path) -> list[int]:
        fenced, text = FENCED.findall(read(guide)), FENCED.sub("", read(guide))
        return [len(fenced), *(len(found.findall(text)) for found in (HEADING, STEP, LINK, BLOCK))]

    assert shape(dutch) == shape(english)


@pytest.mark.parametrize(("dutch", "english"), PAIRS, ids=name_of)
def test_a_word_in_bold_is_a_word_of_the_screen_in_both_languages(
    dutch: Path, english: Path
) -> None:
    known = dutch_of_english()
    for here, there in zip(words_on_screen(dutch), words_on_screen(english), strict=True):
        assert here in known.get(there, set()), f"no page says {there!r} in Dutch as {here!r}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_command_a_document_names_exists(document: Path) -> None:
    lines = [line for piece in code(document) for line in COMMAND.findall(piece)]
    # What stands after two spaces, in a list of commands, explains it.
    complaints = [complaint(line.split("  ")[0]) for line in lines]
    assert [one for one in complaints if one] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_make_target_a_document_names_exists(document: Path) -> None:
    targets = set(TARGET.findall(read(ROOT / "Makefile")))
    assert {one for piece in code(document) for one in MAKE.findall(piece)} <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_what_ends_at_a_line_of_its_own_can_be_copied_from_the_raw_file(document: Path) -> None:
    text = FENCED.sub("", read(document))
    assert "<<" not in "".join(BLOCK.findall(text)), "indented, the shell would never see its end"
    for piece in FENCED.findall(read(document)):
        for end in re.findall(r"<<'?([A-Z]+)", piece):
            assert end in piece.splitlines()


def test_the_check_of_commands_notices_what_is_not_there() -> None:
    assert complaint("serve --host 0.0.0.0 --port 443") == ""
    assert complaint("audit verify") == ""
    assert complaint("fly") == "there is no 'checkin fly'"
    assert complaint("serve --wings") == "'checkin serve' has no --wings"
